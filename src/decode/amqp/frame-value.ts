import type { Told } from "../../model/said.ts";
import { ARRAY, OBJECT, type ValueDocument } from "../../model/value-document.ts";
import type { DecodeProblem } from "../decoder.ts";
import { readJson } from "../json/read-json.ts";
import { bytesSaid, oneLine } from "../summary.ts";
import { decodeUtf8, isUtf8 } from "../utf8-text.ts";
import { ValueBuilder } from "../value-builder.ts";
import { toJsonLines } from "../value-json.ts";
import { AmqpReader, type ValueSink } from "./read-values.ts";

/** A frame's body: from its performative's descriptor on. */
export interface FrameBody {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** What a message's further transfers bring stands in it, too, up to the last of them. */
  readonly isWhole: boolean;
}

/** What of a performative is of use beside its value: its fields that are texts or numbers, and those of a source and a target. */
export type Facts = ReadonlyMap<string, string>;

/** The performative's name, what it says, and what is wrong with the frame; undefined where no described value begins. */
export function readFacts(body: FrameBody): { readonly name: string; readonly facts: Facts; readonly problem: DecodeProblem | undefined } | undefined {
  const { bytes, from, to, isWhole } = body;
  const sink = new FactSink();
  const reader = new AmqpReader(bytes, from, to, sink);
  const name = reader.descriptor();
  if (name === undefined) return undefined;
  let problem = reader.rest(name);
  const facts = new Map(sink.facts);
  // A message that goes on in the next transfer is cut anywhere.
  if (name === "transfer" && (isWhole || facts.get("more") !== "true")) {
    for (const { section, data } of sectionsOf(reader, body)) {
      if (data === undefined) problem ??= reader.rest(section);
      if (problem !== undefined) break;
    }
  }
  return { name, facts, problem: problem ?? reader.textProblem };
}

/** What a frame's transfer says of the message that it brings; undefined for any other frame. */
export function readTransfer(bytes: Uint8Array, { type, body, bodyEnd }: { readonly type: string; readonly body: number; readonly bodyEnd: number }): Transfer | undefined {
  if (type !== "frame") return undefined;
  const sink = new FactSink();
  const reader = new AmqpReader(bytes, body, bodyEnd, sink);
  if (reader.descriptor() !== "transfer" || reader.rest("transfer") !== undefined) return undefined;
  const { facts } = sink;
  return { handle: facts.get("handle"), delivery: facts.get("delivery-id"), goesOn: facts.get("more") === "true", isAborted: facts.get("aborted") === "true", payload: reader.at };
}

export interface Transfer {
  readonly handle: string | undefined;
  /** The number of the delivery, which may be left out where it goes on. */
  readonly delivery: string | undefined;
  /** More of the message comes with another transfer. */
  readonly goesOn: boolean;
  readonly isAborted: boolean;
  /** Where the part of the message begins that it brings. */
  readonly payload: number;
}

/** The fields of a performative; of a transfer these, and the sections of the message that it brings, under their names. */
export function frameValue(body: FrameBody): ValueDocument | undefined {
  const { bytes, from, to } = body;
  const builder = new ValueBuilder(bytes);
  const reader = new AmqpReader(bytes, from, to, builder);
  const name = reader.descriptor();
  if (name === undefined) return undefined;
  if (name === "transfer") {
    builder.openObject();
    builder.key(name);
  }
  const problem = reader.rest(name);
  if (name === "transfer" && problem === undefined) {
    for (const { section, data } of sectionsOf(reader, body)) {
      builder.key(section);
      if (data === undefined && reader.rest(section) !== undefined) break;
      if (data !== undefined && !tellData(builder, data)) builder.bytes(data);
    }
  }
  builder.closeAll();
  return builder.document();
}

/** What the message of a transfer is about, in a line. */
export function bodyOf(frame: FrameBody): Told {
  const { bytes, from, to } = frame;
  const passing = new AmqpReader(bytes, from, to, new FactSink());
  const name = passing.descriptor();
  if (name !== "transfer" || passing.rest(name) !== undefined) return name ?? "";
  const builder = new ValueBuilder(bytes);
  let size = 0;
  for (const { section, data } of sectionsOf(passing, frame)) {
    if (data === undefined && !BODY.has(section)) {
      if (passing.rest(section) !== undefined) break;
      continue;
    }
    if (data === undefined) {
      const reader = new AmqpReader(bytes, passing.at, to, builder);
      if (reader.rest(section) !== undefined) break;
      passing.skipTo(reader.at);
    } else if (!tellData(builder, data)) size += data.length;
  }
  builder.closeAll();
  const document = builder.document();
  return document === undefined ? (size === 0 ? name : bytesSaid(size)) : oneLine(toJsonLines(document));
}

/** Of AMQP 1.0, 3.2. */
const SECTIONS: ReadonlySet<string> = new Set(["header", "delivery-annotations", "message-annotations", "properties", "application-properties", "data", "amqp-sequence", "amqp-value", "footer"]);
const BODY: ReadonlySet<string> = new Set(["amqp-value", "amqp-sequence"]);

/**
 * The sections of a message, one after another: the reader stands at the value of each, or is behind it where that is bytes. Of a
 * message that began in an earlier transfer there are its bytes alone: they may begin with what looks like another descriptor.
 */
function* sectionsOf(reader: AmqpReader, { bytes, to }: FrameBody): Generator<{ readonly section: string; readonly data?: Uint8Array | undefined }> {
  while (reader.at < to) {
    const { at } = reader;
    const section = reader.descriptor();
    if (section === undefined || !SECTIONS.has(section)) {
      reader.skipTo(to);
      yield { section: "payload", data: bytes.subarray(at, to) };
      return;
    }
    yield { section, data: section === "data" ? reader.binary() : undefined };
  }
}

/** Bytes that an application made, where they are JSON or text; answers whether. */
function tellData(builder: ValueBuilder, data: Uint8Array): boolean {
  if (!isUtf8(data, 0, data.length)) return false;
  const { document, problem } = readJson(data);
  const kind = document?.kindOf(0);
  if (document !== undefined && problem === undefined && (kind === OBJECT || kind === ARRAY)) builder.whole(document);
  else builder.text(decodeUtf8(data));
  return true;
}

const WANTED: ReadonlySet<string> = new Set(["name", "handle", "role", "more", "aborted", "delivery-id", "first", "remote-channel", "source.address", "target.address", "error.condition", "state.rejected"]);

/** Takes a few of the fields, and builds nothing. */
class FactSink implements ValueSink {
  readonly facts = new Map<string, string>();
  readonly #path: string[] = [];
  #key = "";

  key(text: string): void {
    this.#key = text;
  }

  openObject(): void {
    this.literal("true");
    this.#path.push(this.#key);
    this.#key = "";
  }

  openArray(): void {
    this.openObject();
  }

  close(): void {
    this.#path.pop();
    this.#key = "";
  }

  text(text: string): void {
    this.literal(text);
  }

  literal(json: string): void {
    const [, within] = this.#path;
    const path = this.#path.length === 1 ? this.#key : this.#path.length === 2 && within !== undefined ? `${within}.${this.#key}` : "";
    if (WANTED.has(path)) this.facts.set(path, json);
  }

  bytes(): void {}

  double(): void {}
}
