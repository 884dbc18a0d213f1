import { createStore, type StoreApi } from "zustand/vanilla";
import type { ConnectionRow } from "../../contract/connections.ts";
import type { FrameRow } from "../../contract/rows.ts";
import type { ConnectionId } from "../../model/units.ts";

/** What the drawer is opened for, anew with each wish. */
export interface SendWish {
  /** Null: the one chosen, or the first that is open. */
  readonly connection: ConnectionId | null;
  /** The message that is to be sent again, or where several rows are selected all of these, as a transcript; null for a new one. */
  readonly again: FrameRow | null;
  /** All that the connection sent is to be sent again, as a transcript. */
  readonly isWhole?: boolean;
  /** It is to be closed: with which code is asked. */
  readonly isClosing?: boolean;
  /** A connection is to be opened: like this one, or null for like no other. */
  readonly connect?: { readonly like: ConnectionRow | null };
}

export interface SendingState {
  /** Null: the drawer is closed. */
  readonly wish: SendWish | null;
  /** How far a transcript is that is being sent, whether the drawer is open or not; null while none is. */
  readonly run: { readonly sent: number; readonly all: number } | null;
}

/** Selected messages that are sent again: so many rows the engine tells at once. */
export const MOST_AGAIN = 500;

/** It is a message of a WebSocket: one of an event stream cannot be sent. */
export const isSendable = ({ kind, transport }: FrameRow): boolean => kind === "message" && transport === "websocket";

/** Whether the drawer for sending is open, and what for. What it holds is made with it (`send/send-store.ts`). */
export class SendingStore {
  readonly store: StoreApi<SendingState> = createStore<SendingState>(() => ({ wish: null, run: null }));

  /** A transcript runs that may ask for what is in the log: it takes what it needs before that is cleared. Never rejects. */
  beforeClear: (() => Promise<void>) | null = null;

  open(connection: ConnectionId | null, again: FrameRow | null = null): void {
    this.store.setState({ wish: { connection, again } });
  }

  /** With the question what to connect to. */
  openToConnect(like: ConnectionRow | null): void {
    this.store.setState({ wish: { connection: null, again: null, connect: { like } } });
  }

  /** With all that it sent. */
  openWhole(connection: ConnectionId): void {
    this.store.setState({ wish: { connection, again: null, isWhole: true } });
  }

  /** With the question how to close it. */
  openToClose(connection: ConnectionId): void {
    this.store.setState({ wish: { connection, again: null, isClosing: true } });
  }

  close(): void {
    this.store.setState({ wish: null });
  }
}
