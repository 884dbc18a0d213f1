import type { Closing, Header } from "../../model/connection.ts";
import { parseExtensions } from "../../model/extension-list.ts";
import { PERMESSAGE_DEFLATE } from "../../model/handshake/permessage-deflate.ts";
import { headerValues } from "../../model/headers.ts";
import { say } from "../../model/said.ts";
import { epochMilliseconds } from "../../model/units.ts";
import type { ImportedConnection, ImportSink } from "../import-format.ts";
import { FrameReader, type WireMessage } from "./frame-reader.ts";
import { HeldBytes } from "./held-bytes.ts";
import { HeadSearch, type HttpHead } from "./http-head.ts";
import { MessageInflater } from "./message-inflater.ts";

/** One of the two ends of a connection, by who spoke first in the file. */
export type Side = 0 | 1;

const OPCODE_CLOSE = 8;
/** Of what a client sends before it is answered: its bytes, and what each piece of them costs beside. */
const MOST_EARLY = 1 << 23;
const EARLY_PIECE = 128;

interface TapEdges {
  readonly sink: ImportSink;
  /** What all of them hold back. */
  readonly held: HeldBytes;
  /** Where in the file what is read now stands. */
  readonly place: () => string;
  /** The connection's bytes were encrypted on the wire. */
  readonly isSecure: boolean;
  /** Address and port of a side, where the handshake names no host. */
  readonly addressOf: (side: Side) => string;
  /** Told the headers of each request for a WebSocket. */
  readonly found?: (headers: readonly Header[]) => void;
}

/** Listens to the bytes of a TCP connection: what it finds of a WebSocket in it goes into the sink. */
export class WebSocketTap {
  readonly #edges: TapEdges;
  readonly #requests: readonly [HeadSearch, HeadSearch];
  readonly #answers: HeadSearch;
  /** Who asked; undefined before anybody did. */
  #client: Side | undefined;
  #readers: Partial<Record<Side, FrameReader>> = {};
  /** What the client sent before the answer came. */
  readonly #early: { readonly bytes: Uint8Array; readonly time: number }[] = [];
  #earlyBytes = 0;
  #connection = 0;
  #known: ImportedConnection = NOTHING;
  #closing: Closing | undefined;
  readonly #closedBy = new Set<Side>();

  constructor(edges: TapEdges) {
    this.#edges = edges;
    this.#requests = [new HeadSearch("GET ", edges.held), new HeadSearch("GET ", edges.held)];
    this.#answers = new HeadSearch("HTTP/1.1 ", edges.held);
  }

  /** It is a WebSocket of which more may come. */
  get isOpen(): boolean {
    return this.#client !== undefined && !this.#known.isClosed && this.#known.failed === undefined;
  }

  /** Nothing more comes: what it holds back is freed. */
  end(): void {
    for (const search of [...this.#requests, this.#answers]) search.end();
    for (const reader of Object.values(this.#readers)) reader.end();
    this.#dropEarly();
  }

  push(side: Side, bytes: Uint8Array, time: number): void {
    const reader = this.#readers[side];
    if (reader !== undefined) return this.#read(reader, bytes, time);
    if (this.#client === undefined) return this.#search(side, bytes, time);
    if (side === this.#client) this.#keepEarly(side, bytes, time);
    else if (this.#known.status === undefined) this.#answer(bytes, time);
  }

  /** Bytes of a side are not in the file: where the next frame begins is not known any more. */
  lost(side: Side, bytes: number): void {
    if (this.#readers[side] === undefined || this.#readers[side].fault !== undefined) return;
    this.#edges.sink.problem(this.#edges.place(), say("import.bytes-missing", { bytes, url: this.#known.url }));
    this.#readers[side] = DEAF;
  }

  /** The connection ended; `isReset`: one side tore it down. */
  close(time: number, isReset = false): void {
    if (this.#client === undefined || this.#known.isClosed) return;
    // RFC 6455 §7.1.5.
    if (isReset && this.#known.status === 101) this.#closing ??= { code: 1006, reason: "", wasClean: false };
    this.#know({ isClosed: true, ...(Number.isNaN(time) ? {} : { closedAt: epochMilliseconds(time) }), ...(this.#closing && { closing: { ...this.#closing, wasClean: this.#closedBy.size === 2 } }) });
  }

  #search(side: Side, bytes: Uint8Array, time: number): void {
    const found = this.#requests[side].push(bytes);
    if (found === undefined || !asksForWebSocket(found.head)) return;
    this.#client = side;
    this.#connection = this.#edges.sink.open();
    this.#edges.found?.(found.head.headers);
    const { startLine, headers } = found.head;
    const host = headerValues(headers, "host")[0] ?? this.#edges.addressOf(side === 0 ? 1 : 0);
    const origin = headerValues(headers, "origin")[0];
    this.#know({
      url: `${this.#edges.isSecure ? "wss" : "ws"}://${host}${startLine.split(" ")[1] ?? "/"}`,
      requestHeaders: headers,
      ...(Number.isNaN(time) ? {} : { startedAt: epochMilliseconds(time) }),
      ...(origin !== undefined && URL.canParse(origin) && { target: { type: "page", url: origin } }),
    });
    if (found.rest.length > 0) this.push(side, found.rest, time);
  }

  #keepEarly(client: Side, bytes: Uint8Array, time: number): void {
    // It was refused: nothing that comes is a frame.
    if (this.#known.status !== undefined) return;
    const { held, sink, place } = this.#edges;
    this.#earlyBytes += bytes.length + EARLY_PIECE;
    held.add(bytes.length + EARLY_PIECE);
    if (this.#earlyBytes <= MOST_EARLY && !held.isFull) {
      this.#early.push({ bytes: bytes.slice(), time });
      return;
    }
    sink.problem(place(), say("import.no-answer", { most: Math.min(MOST_EARLY, held.most), url: this.#known.url }));
    this.#dropEarly();
    this.#readers[client] = DEAF;
  }

  #dropEarly(): void {
    this.#early.length = 0;
    this.#edges.held.add(-this.#earlyBytes);
    this.#earlyBytes = 0;
  }

  #answer(bytes: Uint8Array, time: number): void {
    const found = this.#answers.push(bytes);
    if (found === undefined) return;
    const { startLine, headers } = found.head;
    const [, code, words = ""] = /^HTTP\/1\.1 (\d{3}) ?(.*)$/.exec(startLine) ?? [];
    const status = Number(code ?? 0);
    // 100 and 103 come before the answer.
    if (status > 99 && status < 200 && status !== 101) return;
    this.#know({ status, statusText: words, responseHeaders: headers, ...(Number.isNaN(time) ? {} : { answeredAt: epochMilliseconds(time) }) });
    if (status !== 101) {
      this.#dropEarly();
      return this.#know({ failed: { words: "", hasRow: false } });
    }
    const deflate = parseExtensions(headerValues(headers, "sec-websocket-extensions")).extensions.find(({ name }) => name === PERMESSAGE_DEFLATE);
    const inflaterOf = (parameter: string): MessageInflater | undefined => (deflate === undefined ? undefined : new MessageInflater(!deflate.parameters.some(({ name }) => name === parameter)));
    const client = this.#client as Side;
    const server = client === 0 ? 1 : 0;
    this.#readers = {
      [client]: this.#readers[client] ?? new FrameReader((message) => this.#told(client, message), inflaterOf("client_no_context_takeover"), this.#edges.held),
      [server]: new FrameReader((message) => this.#told(server, message), inflaterOf("server_no_context_takeover"), this.#edges.held),
    };
    const early = this.#early.splice(0);
    this.#dropEarly();
    for (const piece of early) this.push(client, piece.bytes, piece.time);
    if (found.rest.length > 0) this.push(server, found.rest, time);
  }

  #read(reader: Pick<FrameReader, "push" | "fault">, bytes: Uint8Array, time: number): void {
    if (reader.fault !== undefined) return;
    reader.push(bytes, time);
    if (reader.fault !== undefined) this.#edges.sink.problem(this.#edges.place(), reader.fault);
  }

  #told(side: Side, { opcode, isMasked, payload, problem, time }: WireMessage): void {
    if (problem !== undefined) this.#edges.sink.problem(this.#edges.place(), problem);
    if (opcode === OPCODE_CLOSE) {
      this.#closing ??= closingOf(payload);
      this.#closedBy.add(side);
    }
    this.#edges.sink.add({ connection: this.#connection, kind: "message", isReceived: side !== this.#client, opcode, isMasked, time, place: this.#edges.place, payload, unreported: problem !== undefined });
  }

  #know(more: Partial<ImportedConnection>): void {
    this.#known = { ...this.#known, ...more };
    this.#edges.sink.describe(this.#connection, this.#known);
  }
}

const NOTHING: ImportedConnection = { transport: "websocket", url: "", requestHeaders: [], responseHeaders: [], statusText: "", isClosed: false };

/** Hears nothing any more. */
const DEAF = new FrameReader(() => {}, undefined, new HeldBytes());
DEAF.push(Uint8Array.of(0x7f, 0), 0);

const asksForWebSocket = ({ headers }: HttpHead): boolean => headerValues(headers, "upgrade").some((value) => value.toLowerCase() === "websocket");

/** RFC 6455 §7.1.5: without a code it is 1005. */
function closingOf(payload: Uint8Array): Closing {
  if (payload.length < 2) return { code: 1005, reason: "", wasClean: true };
  return { code: ((payload[0] as number) << 8) | (payload[1] as number), reason: TEXT.decode(payload.subarray(2)), wasClean: true };
}

const TEXT = new TextDecoder();
