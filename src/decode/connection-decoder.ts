import { OPCODE_TEXT, type Direction } from "../model/frame.ts";
import { RECOGNISED_BYTES, type ConnectionFacts, type DecodeContext, type Decoded, type Decoder, type DecodeSession, type FrameToDecode, type KnownMessage } from "./decoder.ts";
import { DecodedMessage } from "./decoded-message.ts";
import { loadState } from "./decoder-loads.ts";
import { say } from "../model/said.ts";
import { recognisersAmong, type Recognisers } from "./recognisers.ts";
import { decoderById, DECODERS } from "./registry.ts";
import { decodeHead } from "./utf8-text.ts";

export interface ConnectionDecoderOptions {
  /** The id of the decoder that the user chose; without one, or of a later version's, the choice is automatic. */
  readonly pinned?: string | undefined;
  /** Longer payloads are read at their head only (`Decoded.isPartial`). Default: `MOST_BYTES`. */
  readonly maxBytes?: number | undefined;
  /** Ids of decoders that are not asked: they broke here. */
  readonly without?: readonly string[] | undefined;
  /** Default: the registry's. */
  readonly decoders?: readonly Decoder[] | undefined;
  /** See `DecodeContext`. */
  readonly wantsValue?: boolean | undefined;
  /** One that the connection needs could not be loaded: it is not asked here. */
  readonly notLoaded?: ((decoder: Decoder) => void) | undefined;
}

/** Payloads up to here are decoded whole while a capture runs; longer ones when somebody looks at them. */
export const MOST_BYTES = 1 << 20;

/** So many messages are looked at for a protocol of the whole connection: what has not shown itself by then is none. */
const MOST_LOOKED_AT = 200;

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
  readonly #context: Pick<DecodeContext, "connection" | "maxBytes" | "wantsValue">;
  readonly #notLoaded: (decoder: Decoder) => void;
  readonly #pinned: Asked | undefined;
  readonly #decoders: readonly Decoder[];
  /** Undefined where the user chose. */
  readonly #recognisers: Recognisers | undefined;
  /** Protocols that suited or recognised a message; most are never needed. */
  readonly #protocols = new Map<Decoder, Asked>();
  readonly #encodings: readonly Asked[];
  /** The protocol of the whole connection, once something made sure. */
  #protocol: Asked | undefined;
  #lookedAt = 0;
  /** The encodings that carry the message at hand, outermost first. */
  readonly #carrying: Decoder[] = [];
  /** The encoding that took the last message of each opcode: it is asked first. */
  readonly #lastByOpcode = new Map<number, Opened>();
  #awaits: Decoder | undefined;
  /** Encodings before this one have declined the message that stands still at `awaits`; undefined: nobody was asked yet. */
  #resumeAt: number | undefined;

  constructor(connection: ConnectionFacts, options: ConnectionDecoderOptions = {}) {
    const { pinned: chosen, without = NONE, decoders: all = DECODERS, maxBytes = MOST_BYTES, wantsValue = false, notLoaded = () => {} } = options;
    this.#context = { connection, maxBytes, wantsValue };
    this.#notLoaded = notLoaded;
    const decoders = without.length === 0 ? all : all.filter(({ id }) => !without.includes(id));
    this.#decoders = decoders;
    const isChosen = all.some(({ id }) => id === chosen);
    const pinned = isChosen ? decoders.find(({ id }) => id === chosen) : undefined;
    // One that the user chose and that is not asked any more leaves the messages to nobody.
    this.#recognisers = isChosen ? undefined : recognisersAmong(decoders);
    this.#encodings = isChosen ? [] : decoders.filter((decoder) => decoder.claims === "message" && this.#hasSchemaFor(decoder)).map(toBeAsked);
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
    this.#awaits = undefined;
    const resumeAt = this.#resumeAt;
    this.#resumeAt = undefined;
    const pinned = this.#pinned;
    if (pinned !== undefined) return this.#isOpen(pinned, true, asks) ? decodeWith(pinned, frame, asks) : undefined;
    return resumeAt === undefined ? this.#choose(frame, asks) : this.#decodeAlone(frame, asks, resumeAt);
  }

  /**
   * In place of `decode`, of a text message between two places: what stands of it in columns, where whoever is asked first knows
   * its like already. Undefined: `decode` is to be asked next.
   */
  known(bytes: Uint8Array, from: number, to: number, direction: Direction): KnownMessage | undefined {
    const chosen = this.#pinned ?? this.#protocol;
    if (this.#resumeAt !== undefined || (chosen === undefined && this.#isLookedAt)) return undefined;
    const { session } = chosen ?? this.#lastByOpcode.get(OPCODE_TEXT) ?? NOT_OPEN;
    try {
      return session?.known?.(bytes, from, to, direction);
    } catch {
      // What is wrong is told by `decode`.
      return undefined;
    }
  }

  /** Whether the next message may show what the whole connection speaks. */
  get #isLookedAt(): boolean {
    return this.#recognisers !== undefined && this.#lookedAt < MOST_LOOKED_AT;
  }

  #choose(frame: FrameToDecode, asks?: (decoder: string) => void): Decoded | undefined {
    const decoded = this.#byProtocol(frame, asks);
    return decoded === undefined && this.#awaits === undefined ? this.#decodeAlone(frame, asks) : decoded;
  }

  #byProtocol(frame: FrameToDecode, asks: ((decoder: string) => void) | undefined): Decoded | undefined {
    for (;;) {
      const protocol = this.#protocol;
      if (protocol === undefined) return this.#recognise(frame, asks);
      if (this.#isOpen(protocol, false, asks)) return this.#ask(protocol, frame, asks);
      if (this.#awaits !== undefined) return undefined;
      // It could not be loaded: the next that suits.
      this.#protocol = this.#suiting();
    }
  }

  /** By an encoding, from a place among them on. */
  #decodeAlone(frame: FrameToDecode, asks: ((decoder: string) => void) | undefined, from?: number): Decoded | undefined {
    const last = this.#lastByOpcode.get(frame.opcode);
    if (last !== undefined && from === undefined) {
      const decoded = this.#ask(last, frame, asks);
      if (decoded !== undefined) return decoded;
    }
    const encodings = this.#encodings;
    for (let place = from ?? 0; place < encodings.length; place++) {
      const encoding = encodings[place] as Asked;
      if (encoding === last) continue;
      // What comes lazily is not loaded for a message that is another's.
      if (encoding.session === undefined && encoding.decoder.recognises?.(frame, "") === false) continue;
      if (!this.#isOpen(encoding, false, asks)) {
        if (this.#awaits === undefined) continue;
        this.#resumeAt = place;
        return undefined;
      }
      const decoded = this.#ask(encoding, frame, asks);
      if (decoded === undefined) continue;
      this.#lastByOpcode.set(frame.opcode, encoding);
      return decoded;
    }
    return undefined;
  }

  #hasSchemaFor({ needsSchema }: Decoder): boolean {
    return needsSchema !== true || this.#context.connection.schema !== undefined;
  }

  #suiting(): Asked | undefined {
    const suiting = this.#recognisers?.protocols.find((decoder) => decoder.suits?.(this.#context.connection) === true && this.#protocols.get(decoder)?.isGivenUp !== true);
    return suiting && this.#protocolOf(suiting);
  }

  #protocolOf(decoder: Decoder): Asked {
    const asked = this.#protocols.get(decoder) ?? toBeAsked(decoder);
    this.#protocols.set(decoder, asked);
    return asked;
  }

  /** The first decoder that is sure of the message takes it, and the connection. */
  #recognise(frame: FrameToDecode, asks: ((decoder: string) => void) | undefined): Decoded | undefined {
    if (this.#recognisers === undefined || !this.#isLookedAt) return undefined;
    const head = frame.opcode === OPCODE_TEXT ? decodeHead(frame.bytes, RECOGNISED_BYTES) : "";
    for (const decoder of this.#recognisers.candidates(frame)) {
      asks?.(decoder.id);
      if (decoder.recognises?.(frame, head) !== true) continue;
      const protocol = this.#protocolOf(decoder);
      // One that was sure of a message and could not read it begins anew.
      protocol.session = undefined;
      if (!this.#isOpen(protocol, false, asks)) {
        if (this.#awaits !== undefined) return undefined;
        continue;
      }
      const decoded = this.#ask(protocol, frame, asks);
      if (decoded === undefined) continue;
      this.#protocol = protocol;
      return decoded;
    }
    this.#lookedAt++;
    return undefined;
  }

  #ask(opened: Opened, frame: FrameToDecode, asks: ((decoder: string) => void) | undefined): Decoded | undefined {
    return this.#carrying.length > 0 && this.#carrying.includes(opened.decoder) ? undefined : decodeWith(opened, frame, asks);
  }

  /** Whether it has its session; else it is awaited, or could not be loaded and is asked no more. */
  #isOpen(asked: Asked, isPinned: boolean, asks: ((decoder: string) => void) | undefined): asked is Opened {
    if (asked.session !== undefined) return true;
    if (asked.isGivenUp) return false;
    const { decoder } = asked;
    if (loadState(decoder) === "failed") {
      asked.isGivenUp = true;
      this.#notLoaded(decoder);
      return false;
    }
    // What it carries may be anybody's, and is decoded within its own decoding, where nothing can be waited for.
    const needed = decoder.carries === true ? [decoder, ...this.#decoders.filter((one) => this.#hasSchemaFor(one))] : [decoder];
    const missing = needed.find((one) => loadState(one) === "not loaded");
    if (missing !== undefined) {
      asks?.(missing.id);
      this.#awaits = missing;
      return false;
    }
    asked.session = decoder.open({ ...this.#context, isPinned, carried: this.#carriedBy(decoder, isPinned) });
    return true;
  }

  /**
   * What an encoding carries is a message of the connection as any other: HTX asks in plain text and is answered in gzip. A
   * protocol that carries others takes all messages, so what it carries is a connection of its own. Nothing carries its own
   * like, so depth is bounded: bytes exist that unpack to themselves.
   */
  #carriedBy(decoder: Decoder, isPinned: boolean): DecodeContext["carried"] {
    const { carries, claims } = decoder;
    if (carries !== true) return NOBODY;
    if (claims === "message" && !isPinned) {
      return (frame) => {
        this.#carrying.push(decoder);
        try {
          return this.#choose(frame);
        } finally {
          this.#carrying.pop();
        }
      };
    }
    let within: ConnectionDecoder | undefined;
    return (frame) => {
      within ??= new ConnectionDecoder(this.#context.connection, { ...this.#context, decoders: this.#decoders.filter((other) => other !== decoder), notLoaded: this.#notLoaded });
      return within.decode(frame);
    };
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
  const again = new ConnectionDecoder(connection, { pinned: decoder, maxBytes: Infinity, wantsValue: true });
  let decoded: Decoded | undefined;
  for (const frame of frames) decoded = again.decode(frame);
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

const NOT_OPEN: Pick<Asked, "session"> = { session: undefined };
const NONE: readonly string[] = [];
const NOBODY = (): undefined => undefined;

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
