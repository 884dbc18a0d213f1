import { OPCODE_TEXT } from "../../model/frame.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import type { ConnectionFacts, DecodeContext, Decoder, DecodeSession, FrameToDecode } from "../decoder.ts";
import { lazily, type Lazily } from "../lazily.ts";
import type { RecordFields } from "../records/record-message.ts";
import { toJson } from "../value-json.ts";
import type { HeadPattern } from "./head-pattern.ts";
import type { JsonMessage } from "./json-message.ts";

const session = lazily(() => import("./json-protocol-session.ts"));

/** What a message says; `undefined`: it is none of the protocol's. */
export type ReadMessage = (message: JsonMessage) => RecordFields | undefined;

/** A reader for one connection: what it learns from messages is kept in it, and is bounded. */
export type JsonReader = (connection: ConnectionFacts) => ReadMessage;

/** A protocol whose text messages are JSON, in a few lines: how it is known, and what its messages say. */
export interface JsonProtocol<Id extends string> {
  readonly id: Id;
  readonly name: string;
  /** The opening handshake alone makes sure. */
  readonly suits?: (connection: ConnectionFacts) => boolean;
  /** The head of a text that makes sure: see `headPattern`. What it finds `read` must take, too. */
  readonly sure?: HeadPattern;
  /** What else a frame can hold: messages on lines of their own, or in one array. */
  readonly several?: "lines" | "batch";
  /** See `Decoder.streams`. */
  readonly streams?: boolean;
  /** Short texts beside the JSON, as `ping`. They are told as heartbeats, and only where the protocol is sure. */
  readonly heartbeats?: readonly string[];
  /** Where it is more than a few lines, a chunk of its own (`readers/`). */
  readonly reader: JsonReader | Lazily<{ readonly reader: JsonReader }>;
}

/**
 * A decoder of it: each text is one message, or a frame of several. The value is the whole message, so that filters read
 * it as it stands. Cost: a pass over the text, and the reader's look at a few keys.
 */
export function jsonProtocol<const Id extends string>(protocol: JsonProtocol<Id>) {
  const { id, name, suits, sure, reader, streams = false } = protocol;
  const chunk = typeof reader === "function" ? undefined : reader;
  return {
    id,
    name,
    claims: "connection",
    bodyIsText: true,
    streams,
    ...(suits === undefined ? {} : { suits }),
    ...(sure === undefined ? {} : { marks: sure.marks, recognises: (_frame: FrameToDecode, head: string) => sure.test(head) }),
    load: chunk === undefined ? session.load : () => Promise.all([session.load(), chunk.load()]).then(() => undefined),
    open: (context: DecodeContext): DecodeSession => session.get().openJsonProtocol(context, protocol, typeof reader === "function" ? reader : reader.get().reader),
    encode: (value: ValueDocument) => [{ opcode: OPCODE_TEXT, bytes: ENCODER.encode(toJson(value)) }],
  } as const satisfies Decoder;
}

const ENCODER = new TextEncoder();
