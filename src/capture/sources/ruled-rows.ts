import type { RowDetail } from "../../model/capture-batch.ts";
import { messageBits, OPCODE_BINARY, OPCODE_TEXT, withOrigin, type Direction } from "../../model/frame.ts";
import type { RuleDeed } from "../../model/message-rule.ts";
import type { ConnectionId, MonotonicSeconds } from "../../model/units.ts";
import type { FrameBatcher } from "../frame-batcher.ts";
import type { OwnMessages } from "./own-messages.ts";
import { payloadBytes } from "./payload-bytes.ts";
import type { RuleApplied } from "./rules-agent.ts";

export interface RuledRowsParts {
  readonly batcher: FrameBatcher;
  readonly own: OwnMessages;
  readonly moment: () => MonotonicSeconds;
  /** What passes is not recorded. */
  readonly isPaused: () => boolean;
}

interface Ruled {
  readonly connection: ConnectionId;
  readonly sessionKey: string;
  /** Rows of each direction: of received ones those from the wire alone. */
  received: number;
  sent: number;
  /** Which sent row an answer is of. */
  readonly answered: Map<number, number>;
}

/**
 * Rows of what rules did. Which connection an agent's socket is, is known as the observer of closings knows it: the agent
 * tells of it in the very turn in which it was made. Which message a row is made of, is known by counting.
 */
export class RuledRows {
  readonly #parts: RuledRowsParts;
  readonly #last = new Map<string, { readonly connection: ConnectionId; readonly url: string }>();
  readonly #byPlace = new Map<string, Ruled>();
  readonly #byConnection = new Map<ConnectionId, Ruled>();
  /** Sockets that are made are noted. */
  isWatching = false;
  /** A connection has opened, or is heard of for the first time, of which no agent told. */
  onOpened: (sessionKey: string, connection: ConnectionId) => void = () => {};

  constructor(parts: RuledRowsParts) {
    this.#parts = parts;
  }

  /** Connections whose frames are to be counted. */
  get size(): number {
    return this.#byConnection.size;
  }

  created(sessionKey: string, connection: ConnectionId, url: string): void {
    if (this.isWatching) this.#last.set(sessionKey, { connection, url });
  }

  /** Its handshake is done, or it was open before: an agent that saw it made has told of it by now. */
  opened(sessionKey: string, connection: ConnectionId): void {
    if (this.isWatching && !this.has(connection)) this.onOpened(sessionKey, connection);
  }

  /** A frame that Chrome told of. */
  count(connection: ConnectionId, direction: Direction): void {
    const ruled = this.#byConnection.get(connection);
    if (ruled !== undefined) ruled[direction]++;
  }

  /** An agent's socket was made. */
  named(sessionKey: string, place: string, url: string): void {
    const last = this.#last.get(sessionKey);
    this.#last.delete(sessionKey);
    if (last !== undefined && last.url === url) this.met(sessionKey, place, last.connection, 0);
  }

  /** An agent has taken in the socket of a connection that is known; `received`: what it has heard of it so far. */
  met(sessionKey: string, place: string, connection: ConnectionId, received: number): void {
    const ruled: Ruled = { connection, sessionKey, received, sent: 0, answered: new Map() };
    this.#byPlace.set(place, ruled);
    this.#byConnection.set(connection, ruled);
  }

  /** Whether rules apply to it. */
  has(connection: ConnectionId): boolean {
    return this.#byConnection.has(connection);
  }

  /** An agent has gone, and with it what it was told of. */
  left(agent: string): void {
    for (const [place, { connection }] of this.#byPlace) if (place.startsWith(`${agent} `)) this.forget(connection);
  }

  connectionAt(place: string): ConnectionId | undefined {
    return this.#byPlace.get(place)?.connection;
  }

  /** `rule`: the names of those that did it. */
  add(place: string, rule: string, { isSent, did, isText, data, of, wire }: RuleApplied): void {
    const ruled = this.#byPlace.get(place);
    if (ruled === undefined || this.#parts.isPaused()) return;
    const { connection } = ruled;
    const direction: Direction = isSent ? "sent" : "received";
    if (did === "answered") ruled.answered.set(of, ruled.sent + 1);
    // A Blob that goes out is told of without its bytes.
    const expected = wire?.data ?? undefined;
    if (wire === undefined || did === "replaced") {
      const asked = did === "made" ? ruled.answered.get(of) : undefined;
      ruled.answered.delete(did === "made" ? of : Number.NaN);
      const back = did === "made" ? (asked === undefined ? null : ruled.sent - asked) : isSent || of < 0 ? null : ruled.received - of;
      this.#row(connection, direction, isText, data, { rule, did, back, ofDirection: did === "made" ? "sent" : direction });
      if (isSent) ruled.sent++;
    }
    if (wire === undefined || expected === undefined) return;
    this.#parts.own.expect(connection, {
      opcode: wire.isText ? OPCODE_TEXT : OPCODE_BINARY,
      data: wire.isText ? expected.toWellFormed() : expected,
      origin: "rule",
      details: [{ type: "ruled", connection, rule, did: did === "replaced" ? "changed" : did, back: did === "replaced" ? 0 : null, ofDirection: "sent" }],
    });
  }

  forget(connection: ConnectionId): void {
    const ruled = this.#byConnection.get(connection);
    if (ruled === undefined) return;
    this.#byConnection.delete(connection);
    for (const [place, one] of this.#byPlace) if (one === ruled) this.#byPlace.delete(place);
  }

  endSession(sessionKey: string): void {
    this.#last.delete(sessionKey);
  }

  clear(): void {
    this.#last.clear();
    this.#byPlace.clear();
    this.#byConnection.clear();
  }

  #row(connection: ConnectionId, direction: Direction, isText: boolean, data: string | null, said: { readonly rule: string; readonly did: RuleDeed; readonly back: number | null; readonly ofDirection: Direction }): void {
    const { batcher, moment } = this.#parts;
    const details: readonly RowDetail[] = [{ type: "ruled", connection, ...said }];
    if (isText && data !== null) return batcher.addText(moment(), connection, withOrigin(messageBits(direction, OPCODE_TEXT, false, false), "rule"), data, details);
    const bytes = data === null ? undefined : payloadBytes(data);
    batcher.addBytes(moment(), connection, withOrigin(messageBits(direction, OPCODE_BINARY, false, bytes === undefined), "rule"), bytes ?? new Uint8Array(0), details);
  }
}
