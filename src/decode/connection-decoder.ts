import type { ConnectionFacts, DecodeContext, Decoded, Decoder, DecodeSession, FrameToDecode } from "./decoder.ts";
import { DecodedMessage } from "./decoded-message.ts";
import { loadState } from "./decoder-loads.ts";
import { say } from "../model/said.ts";
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
  /** One that the connection needs could not be loaded: it is not asked here. */
  readonly notLoaded?: ((decoder: Decoder) => void) | undefined;
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
  readonly #context: Pick<DecodeContext, "connection" | "maxBytes">;
  readonly #notLoaded: (decoder: Decoder) => void;
  readonly #pinned: Asked | undefined;
  #protocols: readonly Decoder[];
  readonly #encodings: readonly Asked[];
  /** The protocol of the whole connection, once something made sure. */
  #protocol: Asked | undefined;
  /** The encoding that took the last message of each opcode: it is asked first. */
  readonly #lastByOpcode = new Map<number, Opened>();
  #awaits: Decoder | undefined;
  /** Encodings before this one have declined the message that stands still at `awaits`; undefined: nobody was asked yet. */
  #resumeAt: number | undefined;

  constructor(connection: ConnectionFacts, options: ConnectionDecoderOptions = {}) {
    const { pinned: chosen, without = NONE, decoders: all = DECODERS, maxBytes = MOST_BYTES, notLoaded = () => {} } = options;
    this.#context = { connection, maxBytes };
    this.#notLoaded = notLoaded;
    const decoders = without.length === 0 ? all : all.filter(({ id }) => !without.includes(id));
    const isChosen = all.some(({ id }) => id === chosen);
    const pinned = isChosen ? decoders.find(({ id }) => id === chosen) : undefined;
    // One that the user chose and that is not asked any more leaves the messages to nobody.
    this.#protocols = isChosen ? [] : decoders.filter(({ claims }) => claims === "connection");
    this.#encodings = isChosen ? [] : decoders.filter(({ claims }) => claims === "message").map(toBeAsked);
    if (pinned !== undefined) this.#pinned = toBeAsked(pinned);
    this.#protocol = this.#suiting();
  }

  /** What is to be loaded before `decode` is called with the same message again: nothing was lost of it. */
  get awaits(): Decoder | undefined {
    return this.#awaits;
  }

  /**
   * The next message. Never throws: a decoder that fails is a bug, and is told as a problem of the frame so that the
   * rows after it still come. Reads `bytes` only now; copy what `value` shares with them to keep it. `asks` is told the id
   * of each decoder before it is asked. Where it answers `undefined`, look at `awaits`.
   */
  decode(frame: FrameToDecode, asks?: (decoder: string) => void): Decoded | undefined {
    const resumeAt = this.#resumeAt;
    this.#awaits = undefined;
    this.#resumeAt = undefined;
    const pinned = this.#pinned;
    if (pinned !== undefined) return this.#isOpen(pinned, true, asks) ? decodeWith(pinned, frame, asks) : undefined;
    if (resumeAt === undefined) {
      const protocol = this.#protocolFor(frame, asks);
      if (this.#awaits !== undefined) return undefined;
      const decoded = protocol && decodeWith(protocol, frame, asks);
      if (decoded !== undefined) return decoded;
    }
    const last = this.#lastByOpcode.get(frame.opcode);
    if (resumeAt === undefined && last !== undefined) {
      const decoded = decodeWith(last, frame, asks);
      if (decoded !== undefined) return decoded;
    }
    const encodings = this.#encodings;
    for (let place = resumeAt ?? 0; place < encodings.length; place++) {
      const encoding = encodings[place] as Asked;
      // What comes lazily is not loaded for a message that is another's.
      if (encoding === last || encoding.isGivenUp || (encoding.session === undefined && encoding.decoder.recognises?.(frame) === false)) continue;
      const isOpen = this.#isOpen(encoding, false, asks);
      if (this.#awaits !== undefined) {
        this.#resumeAt = place;
        return undefined;
      }
      const decoded = isOpen ? decodeWith(encoding, frame, asks) : undefined;
      if (!isOpen || decoded === undefined) continue;
      this.#lastByOpcode.set(frame.opcode, encoding);
      return decoded;
    }
    return undefined;
  }

  /** The one that the connection speaks, as far as is known at this message. */
  #protocolFor(frame: FrameToDecode, asks: ((decoder: string) => void) | undefined): Opened | undefined {
    for (;;) {
      const protocol = (this.#protocol ??= this.#recognise(frame, asks));
      if (protocol === undefined) return undefined;
      if (this.#isOpen(protocol, false, asks)) return protocol;
      if (this.#awaits !== undefined) return undefined;
      this.#protocols = this.#protocols.filter((one) => one !== protocol.decoder);
      this.#protocol = this.#suiting();
    }
  }

  #suiting(): Asked | undefined {
    const suiting = this.#protocols.find((decoder) => decoder.suits?.(this.#context.connection) === true);
    return suiting && toBeAsked(suiting);
  }

  #recognise(frame: FrameToDecode, asks: ((decoder: string) => void) | undefined): Asked | undefined {
    for (const decoder of this.#protocols) {
      asks?.(decoder.id);
      if (decoder.recognises?.(frame) === true) return toBeAsked(decoder);
    }
    return undefined;
  }

  /** Whether it has its session; else it is awaited, or could not be loaded and is asked no more. */
  #isOpen(asked: Asked, isPinned: boolean, asks: ((decoder: string) => void) | undefined): asked is Opened {
    if (asked.session !== undefined) return true;
    if (asked.isGivenUp) return false;
    const { decoder } = asked;
    const state = loadState(decoder);
    if (state === "ready") {
      asked.session = decoder.open({ ...this.#context, isPinned, wantsValue: false });
      return true;
    }
    if (state === "failed") {
      asked.isGivenUp = true;
      this.#notLoaded(decoder);
    } else {
      asks?.(decoder.id);
      this.#awaits = decoder;
    }
    return false;
  }
}

/**
 * Decodes one message again, whole, for somebody who looks at it: `frames` are those that it takes, in their order.
 * `decoder` is the one that the log names for it.
 *
 * Its value, layers and problem are those of the message as far as they do not stand beside the log (`Decoded.derives`);
 * for label, kind, topic, id and answers ask the log, which knows what was learnt from the messages before. A decoder that
 * comes lazily is to be loaded before (`loadDecoder`): until then, and where that failed, it answers nothing.
 */
export function decodeAgain(connection: ConnectionFacts, decoder: string, frames: readonly FrameToDecode[]): Decoded | undefined {
  const found = decoderById(decoder);
  if (found === undefined || loadState(found) !== "ready") return undefined;
  const opened = { decoder: found, session: found.open({ connection, maxBytes: Infinity, isPinned: true, wantsValue: true }) };
  let decoded: Decoded | undefined;
  for (const frame of frames) decoded = decodeWith(opened, frame);
  return decoded;
}

interface Asked {
  readonly decoder: Decoder;
  /** Undefined until it is first needed. */
  session: DecodeSession | undefined;
  /** It could not be loaded. */
  isGivenUp: boolean;
}

const toBeAsked = (decoder: Decoder): Asked => ({ decoder, session: undefined, isGivenUp: false });

type Opened = Asked & { readonly session: DecodeSession };

const NONE: readonly string[] = [];

function decodeWith({ decoder, session }: Pick<Opened, "decoder" | "session">, frame: FrameToDecode, asks?: (decoder: string) => void): Decoded | undefined {
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
      summary: problem.said,
      layers: [{ stage: "body", name: decoder.name, what: say("decode.broken"), from: 0, to: 0, problem }],
    });
  }
}
