import type { ListedFinding } from "../../../src/contract/findings.ts";
import type { CaptureBatch, CaptureEvent } from "../../../src/model/capture-batch.ts";
import { computeAccept } from "../../../src/model/accept-key.ts";
import type { Header } from "../../../src/model/connection.ts";
import { messageBits, type Direction } from "../../../src/model/frame.ts";
import { connectionId, monotonicSeconds } from "../../../src/model/units.ts";
import { en } from "../../words/speakers.ts";
import { setupEngine } from "../setup-engine.ts";

const KEY = "dGhlIHNhbXBsZSBub25jZQ==";
const REQUEST: Readonly<Record<string, string>> = {
  Host: "feed.test",
  Upgrade: "websocket",
  Connection: "Upgrade",
  Origin: "https://feed.test",
  "Sec-WebSocket-Key": KEY,
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits",
};
const RESPONSE: Readonly<Record<string, string>> = { Upgrade: "websocket", Connection: "Upgrade", "Sec-WebSocket-Accept": computeAccept(KEY), "Sec-WebSocket-Extensions": "permessage-deflate" };

interface Opening {
  readonly url?: string;
  /** Headers in the stead of their own; an empty one is left out. */
  readonly request?: Readonly<Record<string, string>>;
  readonly response?: Readonly<Record<string, string>>;
  readonly status?: number;
}

/** What was captured, told in order; times are seconds since it began. */
export class Story {
  readonly #events: CaptureBatch["events"][number][] = [{ at: 0, event: { type: "target", target: { key: "page", type: "page", url: "https://feed.test/" } } }];
  readonly #messages: { readonly at: number; readonly connection: number; readonly direction: Direction; readonly payload: Buffer; readonly opcode?: number }[] = [];
  #opened = 0;
  /** Rows that events leave. */
  #rows = 0;
  /** Frames that the capture dropped. */
  lost = 0;

  /** Opens the next connection, with an ordinary handshake but for what is told. */
  open(at: number, { url = "wss://feed.test/ws", request = {}, response = {}, status = 101 }: Opening = {}): this {
    const connection = connectionId(++this.#opened);
    this.#event({ type: "created", connection, targetKey: "page", url, seenFromStart: true });
    this.#event({ type: "handshake-request", connection, time: monotonicSeconds(at), wallTime: 1_800_000_000 + at, headers: headersOf(REQUEST, request) });
    return this.#event({ type: "handshake-response", connection, time: monotonicSeconds(at), status, statusText: "", headers: headersOf(RESPONSE, response) });
  }

  /** Opens an event stream. */
  stream(at: number): this {
    const connection = connectionId(++this.#opened);
    this.#event({ type: "created", connection, transport: "event-source", targetKey: "page", url: "https://feed.test/events", seenFromStart: true });
    this.#event({ type: "handshake-request", connection, time: monotonicSeconds(at), wallTime: 1_800_000_000 + at, headers: [] });
    return this.#event({ type: "handshake-response", connection, time: monotonicSeconds(at), status: 200, statusText: "", headers: [{ name: "Content-Type", value: "text/event-stream" }] });
  }

  /** Who ends the stream opened last. */
  leave(at: number, by: "page" | "server"): this {
    return this.#event({ type: "closed", connection: connectionId(this.#opened), time: monotonicSeconds(at), by });
  }

  /** Of the connection opened last, or of another. */
  sent(at: number, payload: string, connection = this.#opened): this {
    this.#messages.push({ at, connection, direction: "sent", payload: Buffer.from(payload) });
    return this;
  }

  received(at: number, payload: string, connection = this.#opened): this {
    this.#messages.push({ at, connection, direction: "received", payload: Buffer.from(payload) });
    return this;
  }

  /** A close frame, as files have them. */
  closeFrame(at: number, direction: Direction, code: number): this {
    this.#messages.push({ at, connection: this.#opened, direction, payload: Buffer.from([code >> 8, code & 0xff]), opcode: 8 });
    return this;
  }

  close(at: number, code?: number, reason = "", of = this.#opened): this {
    const [connection, time] = [connectionId(of), monotonicSeconds(at)];
    this.#event({ type: "closed", connection, time, ...(code !== undefined && { observed: true }) });
    return code === undefined ? this : this.#event({ type: "close-details", connection, time, closing: { code, reason, wasClean: code !== 1006 } });
  }

  /** `code`: what the page was told, where that is observed. */
  endedByYou(at: number, code?: number): this {
    const [connection, time] = [connectionId(this.#opened), monotonicSeconds(at)];
    this.#event({ type: "closed", connection, time, asked: { code: null, reason: "" }, ...(code !== undefined && { observed: true }) });
    return code === undefined ? this : this.#event({ type: "close-details", connection, time, closing: { code, reason: "", wasClean: code !== 1006 } });
  }

  navigate(at: number): this {
    const [connection, time] = [connectionId(this.#opened), monotonicSeconds(at)];
    return this.#event({ type: "closed", connection, time, synthesised: "navigation" });
  }

  /** A pause in which frames passed unrecorded. */
  pause(at: number): this {
    return this.#event({ type: "resumed", time: monotonicSeconds(at), skipped: 3 });
  }

  get rows(): number {
    return this.#rows + this.#messages.length;
  }

  /** So many times over, each given its number. */
  times(n: number, tell: (story: this, i: number) => unknown): this {
    for (let i = 0; i < n; i++) tell(this, i);
    return this;
  }

  #event(event: CaptureEvent): this {
    const isRow = (event.type === "handshake-response" && event.status < 300) || (event.type === "closed" && event.observed !== true) || event.type === "close-details" || event.type === "resumed";
    if (isRow) this.#rows++;
    this.#events.push({ at: this.#messages.length, event });
    return this;
  }

  batch(): CaptureBatch {
    const all = this.#messages;
    return {
      count: all.length,
      times: Float64Array.from(all, ({ at }) => at),
      connections: Uint32Array.from(all, ({ connection }) => connection),
      bits: Uint16Array.from(all, ({ direction, opcode = 1 }) => messageBits(direction, opcode, false, false)),
      lengths: Uint32Array.from(all, ({ payload }) => payload.length),
      payload: new Uint8Array(Buffer.concat(all.map(({ payload }) => payload))),
      events: this.#events,
      passed: all.length + this.lost,
    };
  }
}

const headersOf = (usual: Readonly<Record<string, string>>, own: Readonly<Record<string, string>>): Header[] =>
  Object.entries({ ...usual, ...own }).flatMap(([name, value]) => (value === "" ? [] : [{ name, value }]));

/** A finding as somebody reads it in English, and the rows that prove it, as they are numbered. */
export interface Read {
  readonly rule: string;
  readonly weight: string;
  readonly title: string;
  readonly text: string;
  readonly rows: readonly number[];
  readonly link: string;
  /** How many it is about. */
  readonly connections: number;
}

export const readFinding = ({ rule, weight, title, said, frames, link, connections }: ListedFinding): Read => ({ rule, weight, title: en.tell(title), text: en.tellAll(said), rows: frames.map((frame) => frame + 1), link, connections: connections.length });

/** What is found in a story. */
export async function findingsOf(tell: (story: Story) => unknown): Promise<readonly Read[]> {
  const story = new Story();
  tell(story);
  const engine = setupEngine();
  try {
    engine.engine.receive({ type: "batch", batch: story.batch() }, () => {});
    const { rows } = story;
    await engine.until(({ decoded }) => decoded >= rows);
    const list = await engine.call("findings", { connection: null, from: 0, to: 500 });
    if (list.rows !== rows) throw new Error(`Only ${list.rows} rows of ${rows} were looked through.`);
    return list.items.map(readFinding);
  } finally {
    engine.end();
  }
}
