import type { ConnectionFacts, Decoded, Decoder, DecodeSession, FrameToDecode } from "./decoder.ts";
import { DecodedMessage } from "./decoded-message.ts";
import { say } from "../model/said.ts";
import { oneLine } from "./summary.ts";
import { decoderById, DECODERS } from "./registry.ts";

export interface ConnectionDecoderOptions {
  /** The id of the decoder that the user chose; without one, or of a later version's, the choice is automatic. */
  readonly pinned?: string | undefined;
  /** Longer payloads are read at their head only (`Decoded.isPartial`). Default: `MOST_BYTES`. */
  readonly maxBytes?: number | undefined;
  /** Ids of decoders that are not asked: they broke here. */
  readonly without?: readonly string[] | undefined;
  /** Default: the registry's. */
  readonly decoders?: readonly Decoder[] | undefined;
}

/** Payloads up to here are decoded whole while a capture runs; longer ones when somebody looks at them. */
export const MOST_BYTES = 1 << 20;

/**
 * Decodes the messages of one connection, both directions, in the order of the log.
 *
 * Asks the opening handshake first and content last: a decoder that the subprotocol or URL suits, else the first whose
 * protocol a message makes sure, else the encodings one by one. A message that nobody is sure of is `undefined`. The
 * same sequence gives the same answers, and an answer never depends on a later message.
 *
 * To pin another decoder, or none, make a new `ConnectionDecoder` and feed it the connection from its first frame.
 */
export class ConnectionDecoder {
  readonly #connection: ConnectionFacts;
  readonly #maxBytes: number;
  readonly #pinned: Opened | undefined;
  readonly #protocols: readonly Decoder[];
  readonly #encodings: Opened[] = [];
  /** The protocol of the whole connection, once something made sure. */
  #protocol: Opened | undefined;
  /** The encoding that took the last message of each opcode: it is asked first. */
  readonly #lastByOpcode = new Map<number, Opened>();

  constructor(connection: ConnectionFacts, options: ConnectionDecoderOptions = {}) {
    this.#connection = connection;
    this.#maxBytes = options.maxBytes ?? MOST_BYTES;
    const { pinned: chosen, without = NONE, decoders: all = DECODERS } = options;
    const decoders = without.length === 0 ? all : all.filter(({ id }) => !without.includes(id));
    const isChosen = all.some(({ id }) => id === chosen);
    const pinned = isChosen ? decoders.find(({ id }) => id === chosen) : undefined;
    if (pinned !== undefined) this.#pinned = this.#open(pinned, true);
    // One that the user chose and that is not asked any more leaves the messages to nobody.
    this.#protocols = isChosen ? [] : decoders.filter(({ claims }) => claims === "connection");
    if (isChosen) return;
    const suiting = this.#protocols.find((decoder) => decoder.suits?.(connection) === true);
    if (suiting !== undefined) this.#protocol = this.#open(suiting, false);
    for (const decoder of decoders) if (decoder.claims === "message") this.#encodings.push(this.#open(decoder, false));
  }

  /**
   * The next message. Never throws: a decoder that fails is a bug, and is told as a problem of the frame so that the
   * rows after it still come. Reads `bytes` only now; copy what `value` shares with them to keep it. `asks` is told the id
   * of each decoder before it is asked.
   */
  decode(frame: FrameToDecode, asks?: (decoder: string) => void): Decoded | undefined {
    if (this.#pinned !== undefined) return decodeWith(this.#pinned, frame, asks);
    this.#protocol ??= this.#recognise(frame, asks);
    if (this.#protocol !== undefined) {
      const decoded = decodeWith(this.#protocol, frame, asks);
      if (decoded !== undefined) return decoded;
    }
    const last = this.#lastByOpcode.get(frame.opcode);
    if (last !== undefined) {
      const decoded = decodeWith(last, frame, asks);
      if (decoded !== undefined) return decoded;
    }
    for (const encoding of this.#encodings) {
      if (encoding === last) continue;
      const decoded = decodeWith(encoding, frame, asks);
      if (decoded === undefined) continue;
      this.#lastByOpcode.set(frame.opcode, encoding);
      return decoded;
    }
    return undefined;
  }

  #recognise(frame: FrameToDecode, asks: ((decoder: string) => void) | undefined): Opened | undefined {
    for (const decoder of this.#protocols) {
      asks?.(decoder.id);
      if (decoder.recognises?.(frame) === true) return this.#open(decoder, false);
    }
    return undefined;
  }

  #open(decoder: Decoder, isPinned: boolean): Opened {
    return { decoder, session: decoder.open({ connection: this.#connection, maxBytes: this.#maxBytes, isPinned, wantsValue: false }) };
  }
}

/**
 * Decodes one message again, whole, for somebody who looks at it: `frames` are those that it takes, in their order.
 * `decoder` is the one that the log names for it.
 *
 * Its value, layers and problem are those of the message as far as they do not stand beside the log (`Decoded.derives`);
 * for label, kind, topic, id and answers ask the log, which knows what was learnt from the messages before.
 */
export function decodeAgain(connection: ConnectionFacts, decoder: string, frames: readonly FrameToDecode[]): Decoded | undefined {
  const found = decoderById(decoder);
  if (found === undefined) return undefined;
  const opened = { decoder: found, session: found.open({ connection, maxBytes: Infinity, isPinned: true, wantsValue: true }) };
  let decoded: Decoded | undefined;
  for (const frame of frames) decoded = decodeWith(opened, frame);
  return decoded;
}

interface Opened {
  readonly decoder: Decoder;
  readonly session: DecodeSession;
}

const NONE: readonly string[] = [];

function decodeWith({ decoder, session }: Opened, frame: FrameToDecode, asks?: (decoder: string) => void): Decoded | undefined {
  asks?.(decoder.id);
  try {
    return session.decode(frame);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const problem = { said: say("decode.failed", { decoder: decoder.name, reason }), offset: 0 };
    return new DecodedMessage({
      decoder: decoder.id,
      label: `${decoder.name} failed`,
      kind: "error",
      summary: oneLine(reason),
      layers: [{ stage: "body", name: decoder.name, what: say("decode.broken"), from: 0, to: 0, problem }],
    });
  }
}
