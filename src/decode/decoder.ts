import type { Connection, Transport } from "../model/connection.ts";
import type { Direction } from "../model/frame.ts";
import type { MessageId } from "../model/message-id.ts";
import type { MessageKind } from "../model/message-kind.ts";
import type { OwnReading } from "../model/own-decoder.ts";
import type { Said, Told } from "../model/said.ts";
import type { StreamEvent } from "../model/stream-event.ts";
import type { ValueDocument } from "../model/value-document.ts";

/** What was wrong, and at which byte of the payload. */
export interface DecodeProblem {
  readonly said: Said;
  readonly offset: number;
}

/**
 * One layer of a message, outermost first: how the bytes were carried (`transport`), what the protocol wrapped around
 * the message (`envelope`), the message itself (`body`).
 */
export interface Layer {
  readonly stage: "transport" | "envelope" | "body";
  /** The protocol or encoding: `Engine.IO`, `JSON`. */
  readonly name: string;
  /** What it says, in a few words, or in the protocol's own: `EVENT /orders #12`. */
  readonly what: Told;
  /** The bytes of the payload that are its own: `from` up to but without `to`, where it stopped. */
  readonly from: number;
  readonly to: number;
  readonly problem: DecodeProblem | undefined;
}

/** One of the messages of a frame that holds several. */
export interface FrameMessage {
  /** Its bytes in the frame's payload: `from` up to but without `to`. Pinned to them alone, the decoder answers the same. */
  readonly from: number;
  readonly to: number;
  /** Places in its layers and problems are the frame's. Holds no further messages. */
  readonly decoded: Decoded;
}

/** One frame, decoded, which most often is one message: see `DecodedMessage`, which makes it. */
export interface Decoded {
  /** The `id` of the decoder. */
  readonly decoder: string;
  /** The `id` of the decoder whose ids these are: its own, or that of the message which it carries. */
  readonly speaks: string;
  /** One line of at most `LABEL_LENGTH` characters for the Type column and `type:`. */
  readonly label: string;
  readonly kind: MessageKind;
  /**
   * One line for the Message column: text of the message itself, at most `SUMMARY_LENGTH` characters of it; a `Said` where
   * the sentence is our own. Made when asked for: bounded work.
   */
  readonly summary: Told;
  /** The message's own id. A request, heartbeat or control message with one can be answered. */
  readonly id: string | undefined;
  /** The id of the message that this one answers. */
  readonly answers: string | undefined;
  readonly topic: string | undefined;
  /** Ids are unique within one namespace of one connection. */
  readonly namespace: string | undefined;
  /**
   * The body, every digit and every key of it as they were sent; where it broke, what could be read. `undefined` where
   * it was not read, being too long (`isPartial`), or where there is none. May be made when it is asked for.
   */
  readonly value: ValueDocument | undefined;
  /** The payload as it stands is the body's JSON. */
  readonly isJson: boolean;
  readonly layers: readonly Layer[];
  /** The first problem among the layers. */
  readonly problem: DecodeProblem | undefined;
  /** The payload is longer than `maxBytes`: only its head was read. */
  readonly isPartial: boolean;
  /**
   * The messages of a frame that holds several, two at least, in their order; empty where the frame is one. The label is
   * then the first one's, the value are all of them, one after another, and ids have only the messages. At most
   * `MOST_MESSAGES`: the last of so many is all that is left.
   */
  readonly messages: readonly FrameMessage[];
  /**
   * What its payload alone does not tell, because it was learnt from messages before: its `layers`, or its `value` too. It
   * is kept beside the log (see `encodeDerived`), so that nobody decodes the message without its past.
   */
  readonly derives: "layers" | "value" | undefined;
  /** The rows of the frames that this message takes, itself the last; empty where it is one, or not whole yet. */
  readonly joined: readonly number[];
}

/** What stands in columns of a frame that is one message, and says no more than its payload does. */
export interface KnownMessage extends Pick<Decoded, "decoder" | "speaks" | "label" | "kind" | "topic" | "namespace"> {
  readonly id: MessageId | undefined;
  readonly answers: MessageId | undefined;
  /** All of it, from its payload. */
  whole(bytes: Uint8Array): Decoded;
}

/** Messages of one frame that are told apart: each costs memory beside the log. */
export const MOST_MESSAGES = 1000;

export const LABEL_LENGTH = 64;
/** A longer id is none: two that are cut could be one. */
export const ID_LENGTH = 256;
/** A longer topic is cut. */
export const TOPIC_LENGTH = 256;
/** So many bytes of a message are looked at for its protocol. */
export const RECOGNISED_BYTES = 256;
export const SUMMARY_LENGTH = 240;

/** A message as it stands in the log. */
export interface FrameToDecode {
  /** Belongs to the log: copy what is kept. `Decoded.value` shares its memory, and may be read from it when asked for. */
  readonly bytes: Uint8Array;
  /** RFC 6455 §5.2: 1 text, 2 binary. */
  readonly opcode: number;
  readonly direction: Direction;
  /** Of an event stream: the event's name and id. */
  readonly event?: StreamEvent | undefined;
  /** Of what another message carries: the topic of that one, empty where there is none. */
  readonly topic?: string | undefined;
  /** Its row in the log, where it is decoded in order. */
  readonly row?: number;
  /** What the user's own decoder says of it. */
  readonly own?: OwnReading | undefined;
}

/** What the opening of a connection tells a decoder. */
export interface ConnectionFacts {
  /** A WebSocket where it is left out. */
  readonly transport?: Transport | undefined;
  /** The subprotocol that the server chose; empty where none, or where the handshake was not seen. */
  readonly subprotocol: string;
  /** Empty where unknown. */
  readonly url: string;
  /** What the user opened to read its messages by: a `SchemaChoice` as JSON. */
  readonly schema?: string | undefined;
  /** So many bytes at the start of each message the user has skipped. */
  readonly prefix?: number | undefined;
}

export function connectionFacts(connection: Connection): ConnectionFacts {
  const { transport, url } = connection;
  if (transport === "event-source") return { transport, subprotocol: "", url };
  const chosen = connection.handshake.responseHeaders.find(({ name }) => name.toLowerCase() === "sec-websocket-protocol");
  return { transport, subprotocol: connection.subprotocol ?? chosen?.value.trim() ?? "", url };
}

export interface DecodeContext {
  readonly connection: ConnectionFacts;
  /** Longer payloads are read at their head only. */
  readonly maxBytes: number;
  /**
   * The user chose this decoder. It then answers every message, with a problem where the bytes are none of its own;
   * otherwise it stays silent unless sure.
   */
  readonly isPinned: boolean;
  /** Somebody waits for the value: it is made at once, rather than from the bytes again. */
  readonly wantsValue: boolean;
  /**
   * Decodes a message that was carried within a frame, compressed or wrapped, by any other decoder. `undefined` where nobody
   * is sure of it, and for a decoder that does not say that it `carries`.
   */
  readonly carried: (frame: FrameToDecode) => Decoded | undefined;
}

/** The state of one decoder on one connection: what earlier messages taught it. */
export interface DecodeSession {
  /**
   * Decodes the next message, both directions in their order. `undefined`: not sure that it is this decoder's. Never
   * throws. The same sequence gives the same answers.
   */
  decode(frame: FrameToDecode): Decoded | undefined;
  /**
   * In place of `decode`, of a text message between two places: what stands of it in columns, where that can be told for much
   * less. Says what `decode` would say. Undefined: that is asked next, of the same message.
   */
  known?(bytes: Uint8Array, from: number, to: number, direction: Direction): KnownMessage | undefined;
}

/** A message as it is to be sent. */
export type EncodedMessage = Pick<FrameToDecode, "bytes" | "opcode">;

/** The message whose value was changed: what it has around its value stays. */
export interface MessageLike {
  readonly frame: FrameToDecode;
  readonly connection: ConnectionFacts;
}

/** How a client that connects by itself does what a captured one did. */
export interface Anew {
  readonly url: string;
  /** Whether it sends this message of the capture too. */
  readonly sends: (text: string) => boolean;
  /** What it sends before all else. */
  readonly first: readonly string[];
  /** What it answers, whatever the capture shows of it. */
  readonly heartbeats: readonly { readonly on: string; readonly send: string }[];
  /** The captured one took over from another transport, over which messages went that nobody knows. */
  readonly hidesBeginning: boolean;
}

/** A protocol or an encoding: one file in `decoders/` and one line in `registry.ts`. */
export interface Decoder {
  /** Lower case, kept in saved captures: never change it. */
  readonly id: string;
  /** What a person calls it. */
  readonly name: string;
  /**
   * `connection`: a protocol that all messages of a connection speak, once one of them was sure. `message`: an
   * encoding, asked anew for each message.
   */
  readonly claims: "connection" | "message";
  /**
   * A whole message is plain JSON: what `lendJson` makes of its payload is its value, and where a text message is more or
   * less than JSON, its kind is `error`. Filters and completion then read the text as it stands, many times faster.
   */
  readonly bodyIsText?: boolean;
  /** It reads by what is told beside the message, from outside: it is none that can be chosen by itself. */
  readonly isOutside?: boolean;
  /** Its messages carry those of other decoders: it asks `DecodeContext.carried`. */
  readonly carries?: boolean;
  /** A tool of who develops the page speaks it, beside what the page says itself: all of it is muted together. */
  readonly isTool?: boolean;
  /** A request may have many answers: those after the first have its id too, as events, and what ends them is `control` or an error. */
  readonly streams?: boolean;
  /** It reads by a schema (`ConnectionFacts.schema`), and is asked only where there is one. */
  readonly needsSchema?: boolean;
  /** Where it is chosen, it skips `ConnectionFacts.prefix` and asks what others make of the rest. */
  readonly skipsPrefix?: boolean;
  /** A text message says most as it stands: its row shows the text and no summary. */
  readonly readsAsText?: boolean;
  /** Whether the opening handshake alone makes sure. */
  suits?(connection: ConnectionFacts): boolean;
  /**
   * Texts, one of which stands in the first `RECOGNISED_BYTES` of each text message that it recognises. It is asked only where
   * one does, so that others cost nothing. Left out: it is asked for each message.
   */
  readonly marks?: readonly string[];
  /**
   * Whether this message alone makes sure that the connection speaks it. Cheap: `head` is the text of its first
   * `RECOGNISED_BYTES`, made once for all decoders; of a binary message it is empty. What it recognises it must decode, too.
   * An encoding that has this is opened, and loaded, at the first such message of a connection; it is given no head.
   */
  recognises?(frame: FrameToDecode, head: string): boolean;
  /**
   * What it needs and what is not to be loaded for nothing: a library, WASM. Awaited once in each thread, before the first
   * `open` or `encode` there, where a connection needs the decoder: its handshake suits, a message is recognised, the user
   * chose it, or one `carries` messages that may be its own. Where it rejects, the decoder is not asked, and the status bar
   * says so.
   */
  readonly load?: () => Promise<void>;
  open(context: DecodeContext): DecodeSession;
  /** For scripts, from the texts that the page sent, and those that it posted before as the same session; left out where what a connection needs stands in its messages. */
  anew?(connection: ConnectionFacts, sent: readonly string[], posted: readonly string[]): Anew;
  /**
   * The messages that say a value, to be sent in the place of one like `like`: decoded again, it is the same to the last
   * digit. Throws a `Refusal` where that cannot be. The value may be of this decoder, or edited JSON text.
   */
  encode?(value: ValueDocument, like: MessageLike): readonly EncodedMessage[];
}
