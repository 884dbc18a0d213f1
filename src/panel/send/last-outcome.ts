import type { SentRow } from "../../contract/sending.ts";
import { compareHeaders, type OwnConnection, type SentHeaders } from "../../model/own-connection.ts";
import { say, type Told } from "../../model/said.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { PanelSession } from "../state/panel-session.ts";

/** What became of what the drawer did last. */
export type Outcome =
  | { readonly type: "sending" }
  | { readonly type: "refused"; readonly why: Told }
  | { readonly type: "closed" }
  | { readonly type: "ended abnormally" }
  /** The handshake of a connection of the user's own is over; `failed`: why it did not open, null where it did. */
  | { readonly type: "connected"; readonly failed: Told | null; readonly headers: SentHeaders }
  /** The page got it. */
  | { readonly type: "received" }
  /** `row`: null until the log has it. */
  | { readonly type: "sent"; readonly row: SentRow | null };

/** Where the outcome stands, and for which connection the drawer is then. */
interface OutcomePlace {
  readonly read: () => { readonly outcome: Outcome | null; readonly connection: ConnectionId | null };
  readonly tell: (outcome: Outcome) => void;
}

/**
 * Finds in the log what became of what the drawer did: the row of a message that was sent, and what answers it; and of a
 * connection that the user opened, how its handshake ended.
 */
export class LastOutcome {
  readonly #session: PanelSession;
  readonly #place: OutcomePlace;
  /** Rows before this one, as `rowCount` counts them, are not of the message that was sent last. */
  #sentFrom = 0;
  #lastSent = -1;
  #isAsking = false;
  /** The connection of which is yet to be told how it was opened. */
  #opened: { readonly connection: ConnectionId; readonly headers: OwnConnection["headers"] } | null = null;

  constructor(session: PanelSession, place: OutcomePlace) {
    this.#session = session;
    this.#place = place;
  }

  /** A message is about to go: no row that is there already is of it. */
  begin(): void {
    this.#place.tell({ type: "sending" });
    const { changed } = this.#session.counts.getState();
    this.#sentFrom = Math.max(this.#lastSent + 1, changed === null ? 0 : changed.clearedRows + changed.decoded);
  }

  sent(): void {
    this.#place.tell({ type: "sent", row: null });
    void this.#askSent();
  }

  opened(connection: ConnectionId, headers: OwnConnection["headers"]): void {
    this.#opened = { connection, headers };
    void this.askOpened();
  }

  /** The log has changed: its row may be there now, or what answers it. */
  look(): void {
    const { outcome } = this.#place.read();
    if (outcome?.type === "sent" && (outcome.row === null || outcome.row.answer === "awaited" || outcome.row.next === "awaited")) void this.#askSent();
  }

  /** Rows have other places than before: the one that was sent is looked for anew. */
  leaveLog(): void {
    if (this.#place.read().outcome?.type === "sent") this.#place.tell({ type: "sent", row: null });
  }

  /** What Chrome sent to open the connection, once its handshake is over; unless the drawer tells of something else by then. */
  async askOpened(): Promise<void> {
    const opened = this.#opened;
    if (opened === null) return;
    const view = await this.#session.engine.call("handshake", { connection: opened.connection }).catch(() => null);
    if (view?.connection.transport !== "websocket" || opened !== this.#opened) return;
    const { state, ending, openedAt, handshake } = view.connection;
    if (state === "connecting") return;
    this.#opened = null;
    const { connection, outcome } = this.#place.read();
    if (connection !== opened.connection || outcome !== null) return;
    const failed = openedAt === undefined ? (ending ?? say("live.ended")) : null;
    // A request that never went out has none.
    const headers = compareHeaders(handshake.requestHeaders.length === 0 ? [] : opened.headers, handshake.requestHeaders);
    this.#place.tell({ type: "connected", failed, headers });
  }

  /** The drawer is closed: nothing is told any more of what was opened from it. */
  end(): void {
    this.#opened = null;
  }

  /** Which row the message is, and what answers it. */
  async #askSent(): Promise<void> {
    const { connection } = this.#place.read();
    if (connection === null || this.#isAsking) return;
    this.#isAsking = true;
    const row = await this.#session.engine.call("sentByUser", { connection, from: this.#sentFrom }).catch(() => null);
    this.#isAsking = false;
    if (row === null || this.#place.read().outcome?.type !== "sent") return;
    this.#sentFrom = row.counted;
    this.#lastSent = row.counted;
    this.#place.tell({ type: "sent", row });
  }
}
