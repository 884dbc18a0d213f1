import type { ClientRequest, IncomingMessage } from "node:http";
import { WebSocket, type ClientOptions, type RawData } from "ws";
import type { FrameBatcher } from "../../capture/frame-batcher.ts";
import { USER_TARGET, type Header } from "../../model/connection.ts";
import { messageBits, OPCODE_BINARY, OPCODE_TEXT, withOrigin } from "../../model/frame.ts";
import { MOST_OUTGOING, type OutgoingMessage } from "../../model/outgoing-message.ts";
import { Refusal } from "../../model/refusal.ts";
import { say, type Told } from "../../model/said.ts";
import { connectionId, monotonicSeconds, type MonotonicSeconds } from "../../model/units.ts";

/** How a connection is to be opened. */
export interface SocketRequest {
  readonly url: string;
  readonly subprotocols: readonly string[];
  readonly headers: readonly Header[];
  /** Certificates are not checked. */
  readonly isInsecure: boolean;
}

/** The one connection of such a capture. */
export const OWN_CONNECTION = connectionId(1);
/** A server that does not answer an opening or a closing handshake is left after so long. */
const HANDSHAKE_MS = 30_000;
const CLOSING_MS = 3000;
/** RFC 6455 §7.1.5: the connection broke. */
const ABNORMAL = 1006;

/** A connection that the command line opens, told to a log as Chrome's are by a capture. */
export class OwnSocket {
  readonly #socket: WebSocket;
  readonly #batcher: FrameBatcher;
  /** Once it is open; rejects with a `Refusal` where it does not open. */
  readonly opened: Promise<void>;
  /** Once it has ended, however that was. */
  readonly ended: Promise<void>;

  /** Throws a `Refusal` where the URL or a subprotocol is none. */
  constructor({ url, subprotocols, headers, isInsecure }: SocketRequest, batcher: FrameBatcher) {
    this.#batcher = batcher;
    let isOpen = NOTHING;
    let isRefused: (why: Refusal) => void = NOTHING;
    this.opened = new Promise((resolve, reject) => ([isOpen, isRefused] = [resolve, reject]));
    this.opened.catch(() => {});
    let hasEnded = NOTHING;
    this.ended = new Promise((resolve) => (hasEnded = resolve));
    batcher.addEvent({ type: "clock", time: now(), wallTime: Date.now() / 1000 });
    batcher.addEvent({ type: "target", target: USER_TARGET });
    batcher.addEvent({ type: "created", connection: OWN_CONNECTION, targetKey: USER_TARGET.key, url, seenFromStart: true });
    const socket = open(url, subprotocols, {
      headers: fieldsOf(headers),
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: MOST_OUTGOING,
      rejectUnauthorized: !isInsecure,
      finishRequest: (request: ClientRequest) => {
        batcher.addEvent({ type: "handshake-request", connection: OWN_CONNECTION, time: now(), wallTime: Date.now() / 1000, headers: headersOf(request) });
        request.end();
      },
    });
    this.#socket = socket;
    let failure: Told | undefined;
    const fails = (why: Told): void => {
      failure ??= why;
      batcher.addEvent({ type: "error", connection: OWN_CONNECTION, time: now(), message: why });
    };
    socket.on("upgrade", (response) => this.#answered(response));
    socket.on("unexpected-response", (_request, response) => {
      this.#answered(response);
      fails(say("node.connect-status", { status: String(response.statusCode) }));
      // It then ends with an error of its own.
      socket.terminate();
    });
    socket.on("open", () => isOpen());
    socket.on("error", ({ message }) => {
      if (failure === undefined) fails(message);
    });
    socket.on("message", (data, isBinary) => this.#received(data, isBinary));
    socket.on("close", (code, reason) => {
      batcher.addEvent({ type: "closed", connection: OWN_CONNECTION, time: now(), observed: true });
      batcher.addEvent({ type: "close-details", connection: OWN_CONNECTION, time: now(), closing: { code, reason: reason.toString(), wasClean: code !== ABNORMAL } });
      isRefused(new Refusal(say("node.connect-failed", { url, why: failure ?? say("live.ended") })));
      hasEnded();
    });
  }

  /** The subprotocol that the server chose; empty for none. */
  get subprotocol(): string {
    return this.#socket.protocol;
  }

  /** Resolves once the system has taken it. Rejects with a `Refusal`. */
  async send(message: OutgoingMessage): Promise<void> {
    const data = message.type === "text" ? message.text.toWellFormed() : message.bytes;
    if (data.length > MOST_OUTGOING) throw new Refusal(say("live.too-long", { most: MOST_OUTGOING }));
    if (this.#socket.readyState !== WebSocket.OPEN) throw new Refusal(say("live.ended"));
    const bits = withOrigin(messageBits("sent", message.type === "text" ? OPCODE_TEXT : OPCODE_BINARY, true, false), "user");
    if (typeof data === "string") this.#batcher.addText(now(), OWN_CONNECTION, bits, data);
    // The log takes its bytes away.
    else this.#batcher.addBytes(now(), OWN_CONNECTION, bits, data.slice());
    await new Promise<void>((resolve, reject) => this.#socket.send(data, (error) => (error ? reject(new Refusal(say("live.not-sent", { why: error.message }))) : resolve())));
  }

  /** Resolves once it has ended. */
  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CONNECTING) this.#socket.terminate();
    else this.#socket.close(1000);
    const left = setTimeout(() => this.#socket.terminate(), CLOSING_MS);
    await this.ended;
    clearTimeout(left);
  }

  #answered({ statusCode = 0, statusMessage = "", rawHeaders }: IncomingMessage): void {
    const headers = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? { name, value: rawHeaders[i + 1] ?? "" } : []));
    this.#batcher.addEvent({ type: "handshake-response", connection: OWN_CONNECTION, time: now(), status: statusCode, statusText: statusMessage, headers });
  }

  #received(data: RawData, isBinary: boolean): void {
    const bytes = Uint8Array.from(Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data);
    this.#batcher.addBytes(now(), OWN_CONNECTION, messageBits("received", isBinary ? OPCODE_BINARY : OPCODE_TEXT, false, false), bytes);
  }
}

const NOTHING = (): void => {};
const now = (): MonotonicSeconds => monotonicSeconds(performance.now() / 1000);

function open(url: string, subprotocols: readonly string[], options: ClientOptions): WebSocket {
  try {
    return new WebSocket(url, [...subprotocols], options);
  } catch (error) {
    throw new Refusal(say("node.connect-failed", { url, why: error instanceof Error ? error.message : String(error) }), { cause: error });
  }
}

/** As they go over the wire. */
const headersOf = (request: ClientRequest): readonly Header[] => request.getRawHeaderNames().flatMap((name) => [request.getHeader(name) ?? ""].flat().map((value) => ({ name, value: String(value) })));

/** Several values of one name are one field (RFC 9110 §5.2), but for cookies (RFC 6265 §5.4). */
function fieldsOf(headers: readonly Header[]): Record<string, string> {
  const fields = new Map<string, string>();
  for (const { name, value } of headers) {
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : [before, value].join(name.toLowerCase() === "cookie" ? "; " : ", "));
  }
  return Object.fromEntries(fields);
}
