import { createStore, type StoreApi } from "zustand/vanilla";
import type { ConnectionRow } from "../../contract/connections.ts";
import { headerValues } from "../../model/headers.ts";
import { readOwnHeaders, writeOwnHeaders, type OpeningPlace, type OwnConnection } from "../../model/own-connection.ts";
import { say, type Said } from "../../model/said.ts";
import type { PanelSession } from "../state/panel-session.ts";

/** A connection of the user's own, while it is being written. */
export interface ConnectState {
  readonly isOpen: boolean;
  readonly url: string;
  /** Names, with commas or spaces between them. */
  readonly subprotocols: string;
  /** One a line. */
  readonly headers: string;
  /** From where it can be opened; empty until that is known. */
  readonly places: readonly OpeningPlace[];
  readonly chosen: number;
}

const EMPTY: ConnectState = { isOpen: false, url: "", subprotocols: "", headers: "", places: [], chosen: 0 };

export class ConnectStore {
  readonly store: StoreApi<ConnectState> = createStore<ConnectState>(() => EMPTY);
  readonly #session: PanelSession;
  /** What is heard of an opening before this one is of no use any more. */
  #opened = 0;

  constructor(session: PanelSession) {
    this.#session = session;
  }

  /** At first as this one was opened; null: as the page would open one. */
  async open(like: ConnectionRow | null): Promise<void> {
    const opened = ++this.#opened;
    this.store.setState({ ...EMPTY, isOpen: true, url: like?.url ?? "", subprotocols: like?.subprotocol ?? "" });
    const { engine, capture } = this.#session;
    const connection = like === null ? undefined : (await engine.call("handshake", { connection: like.id }).catch(() => null))?.connection;
    const sent = connection?.transport === "websocket" ? connection.handshake.requestHeaders : [];
    const sought = { targetKey: connection?.targetKey ?? null, origin: headerValues(sent, "origin")[0] ?? null };
    const { places, chosen } = await capture.live("openingPlaces", sought).catch(() => ({ places: [], chosen: 0 }));
    if (opened !== this.#opened) return;
    const offered = headerValues(sent, "sec-websocket-protocol").join(", ");
    const now = this.store.getState();
    this.store.setState({ places, chosen, headers: now.headers || writeOwnHeaders(sent), ...(offered !== "" && now.subprotocols === like?.subprotocol && { subprotocols: offered }) });
  }

  close(): void {
    this.#opened++;
    this.store.setState({ isOpen: false });
  }

  write(part: Partial<Pick<ConnectState, "url" | "subprotocols" | "headers" | "chosen">>): void {
    this.store.setState(part);
  }
}

/** What is wrong with it, or null. */
export function connectProblem({ url, headers }: ConnectState): Said | null {
  if (url !== "" && !isUrl(url)) return say("live.no-url");
  const { bad, fixed } = readOwnHeaders(headers);
  if (bad !== null) return say("live.bad-header", { line: bad });
  return fixed === null ? null : say("live.fixed-header", { name: fixed });
}

/** Null while it cannot be opened. */
export function connectionOf(state: ConnectState): OwnConnection | null {
  const { url, subprotocols, headers, places, chosen } = state;
  if (!isUrl(url) || connectProblem(state) !== null) return null;
  const place = places[chosen];
  return {
    place: place === undefined ? null : { session: place.session, frame: place.frame },
    url,
    subprotocols: subprotocols.split(/[\s,]+/).filter((one) => one !== ""),
    headers: readOwnHeaders(headers).headers,
  };
}

const isUrl = (url: string): boolean => /^(?:wss?|https?):\/\/./i.test(url) && URL.canParse(url);
