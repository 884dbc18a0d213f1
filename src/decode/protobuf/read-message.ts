import { say, type Said } from "../../model/said.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import type { DecodeProblem } from "../decoder.ts";
import { isUtf8, utf8Between } from "../utf8-text.ts";
import { ValueBuilder } from "../value-builder.ts";
import { GuessingWalk } from "./read-protobuf.ts";
import { tellScalar } from "./scalars.ts";
import type { FieldType, ReadyMessage, Scalar, Schema } from "./schema.ts";
import { durationText, timestampText, WRAPPERS } from "./well-known.ts";
import { DELIMITED, fieldAt, passVarint, VARINT, varintBits, type WireField } from "./wire.ts";
import { FIXED_SIZES, fits, isPacked } from "./wire-types.ts";

export interface MessageRead {
  readonly document: ValueDocument | undefined;
  /** The first one. */
  readonly problem: DecodeProblem | undefined;
  /** The first member of a `oneof` that is set: what an envelope holds. */
  readonly member: string | undefined;
  /** Fields that the schema does not know: their bytes, tag and all, by the node of their value. */
  readonly unknown: ReadonlyMap<number, Uint8Array>;
}

/** Values of a message that are told; past them it says so. */
const MOST_VALUES = 1_000_000;
/** Messages within messages; protobuf's own libraries stop there, too. */
const MOST_LEVELS = 100;

/**
 * Reads a message of a type (protobuf.dev, "Encoding"): fields in the order in which they first come, by their names; what
 * is repeated as an array, a map as an object, an enum by its name. Of a field that comes twice both are told. Fields that
 * the type has not, or has otherwise, stand under their numbers, guessed as `readProtobuf` does. The well-known types are told
 * as their JSON mapping has them (protobuf.dev, "ProtoJSON").
 */
export function readMessage(schema: Schema, type: ReadyMessage, bytes: Uint8Array): MessageRead {
  const walk = new TypedWalk(schema, bytes);
  walk.root(type);
  return { document: walk.builder.document(), problem: walk.problem, member: walk.member, unknown: walk.unknown };
}

/** Fields of one number that stand together in the value, or a single one. */
interface Told {
  readonly type: FieldType | undefined;
  readonly fields: WireField[];
  /** Where each begins, tag and all. */
  readonly starts: number[];
}

class TypedWalk {
  readonly builder: ValueBuilder;
  readonly unknown = new Map<number, Uint8Array>();
  problem: DecodeProblem | undefined;
  member: string | undefined;
  readonly #schema: Schema;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #guess: GuessingWalk;
  #values = 0;
  /** How deep what is read now stands. */
  #level = 0;

  constructor(schema: Schema, bytes: Uint8Array) {
    this.#schema = schema;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.builder = new ValueBuilder(bytes);
    this.#guess = new GuessingWalk(bytes, this.builder, true);
  }

  root(type: ReadyMessage): void {
    this.#message(type.name, 0, this.#bytes.length);
  }

  #fail(said: Said, offset: number): void {
    this.problem ??= { said, offset };
  }

  #message(name: string, from: number, to: number): void {
    this.builder.stood(this.builder.count, from, to);
    if (this.#level >= MOST_LEVELS) {
      this.#fail(say("decode.too-deep"), from);
      this.builder.bytes(this.#bytes.subarray(from, to));
      return;
    }
    this.#level++;
    if (!this.#wellKnown(name, from, to)) {
      this.builder.openObject();
      this.#fields(this.#schema.messages.get(name), from, to);
      this.builder.close();
    }
    this.#level--;
  }

  #fields(type: ReadyMessage | undefined, from: number, to: number): void {
    for (const told of this.#gather(type, from, to)) {
      const { type: field, fields, starts } = told;
      if (field === undefined) {
        const [one] = fields;
        if (one !== undefined) this.#unknown(one, starts[0] ?? from);
        continue;
      }
      if (this.#level === 1 && field.oneof !== undefined) this.member ??= field.name;
      this.builder.key(field.name);
      if (field.key !== undefined || field.repeated === true) this.#stoodTogether(told);
      if (field.key !== undefined) this.#map(field, field.key, fields);
      else if (field.repeated === true) {
        this.builder.openArray();
        for (const one of fields) {
          if (isPacked(field, one)) this.#packed(field, one);
          else this.#value(field, one);
        }
        this.builder.close();
      } else for (const one of fields) this.#value(field, one);
    }
  }

  /** Where entries stood that are one value here; they may be scattered, and then they stood nowhere as one. */
  #stoodTogether({ fields, starts }: Told): void {
    const last = fields.at(-1);
    if (last !== undefined && fields.every(({ next }, i) => i === fields.length - 1 || next === starts[i + 1])) this.builder.stood(this.builder.count, starts[0] ?? 0, last.next);
  }

  /** The fields between two places, in the order in which their numbers first come. */
  #gather(type: ReadyMessage | undefined, from: number, to: number): readonly Told[] {
    const all: Told[] = [];
    const together = new Map<number, Told>();
    for (let at = from; at < to; ) {
      const field = fieldAt(this.#bytes, at, to, true);
      if (field === undefined) {
        this.#fail(say("decode.protobuf-none"), at);
        break;
      }
      if (++this.#values > MOST_VALUES) {
        this.#fail(say("decode.protobuf-many", { most: MOST_VALUES }), at);
        break;
      }
      const known = type?.byNumber.get(field.number);
      const isFitting = known !== undefined && fits(known, field);
      if (known !== undefined && !isFitting) this.#fail(say("decode.protobuf-other", { field: known.name, type: known.of ?? known.type }), at);
      const gathered = isFitting ? together.get(field.number) : undefined;
      if (gathered === undefined) {
        const told: Told = { type: isFitting ? known : undefined, fields: [field], starts: [at] };
        all.push(told);
        if (isFitting && (known.repeated === true || known.key !== undefined)) together.set(field.number, told);
      } else {
        gathered.fields.push(field);
        gathered.starts.push(at);
      }
      at = field.next;
    }
    return all;
  }

  #unknown(field: WireField, start: number): void {
    this.unknown.set(this.builder.count, this.#bytes.subarray(start, field.next));
    this.builder.key(String(field.number));
    this.#guess.value(field, this.#level);
  }

  #value({ type, of = "" }: FieldType, { from, to }: WireField): void {
    if (type === "message" || type === "group") this.#message(of, from, to);
    else this.#scalar(type, of, from, to);
  }

  #packed({ type, of = "" }: FieldType, { from, to }: WireField): void {
    if (type === "message" || type === "group") return;
    const size = FIXED_SIZES[type];
    for (let at = from; at < to; ) {
      const next = size === undefined ? passVarint(this.#bytes, at, to, 10) : at + size;
      if (next < 0 || next > to) {
        this.#fail(say("decode.protobuf-none"), at);
        return;
      }
      if (++this.#values > MOST_VALUES) {
        this.#fail(say("decode.protobuf-many", { most: MOST_VALUES }), at);
        return;
      }
      this.#scalar(type, of, at, next);
      at = next;
    }
  }

  #scalar(type: Scalar | "enum", of: string, from: number, to: number): void {
    this.builder.stood(this.builder.count, from, to);
    if (type === "enum") return this.#enum(of, from, to);
    const problem = tellScalar(this.builder, type, { bytes: this.#bytes, view: this.#view, from, to });
    if (problem !== undefined) this.#fail(problem, from);
  }

  #enum(name: string, from: number, to: number): void {
    const number = Number(BigInt.asIntN(32, varintBits(this.#bytes, from, to)));
    const known = this.#schema.enums.get(name)?.names.get(number);
    if (known === undefined) this.builder.literal(String(number));
    else this.builder.text(known);
  }

  #map(field: FieldType, key: Scalar, entries: readonly WireField[]): void {
    const value: FieldType = { number: 2, name: "value", type: field.type, ...(field.of !== undefined && { of: field.of }) };
    const entry: ReadyMessage = { name: "", byNumber: new Map([[1, { number: 1, name: "key", type: key }], [2, value]]), byName: new Map() };
    this.builder.openObject();
    for (const { from, to } of entries) {
      const told = this.#gather(entry, from, to);
      const keyField = told.findLast(({ type }) => type?.number === 1)?.fields[0];
      const valueField = told.findLast(({ type }) => type?.number === 2)?.fields[0];
      this.builder.key(keyField === undefined ? defaultText(key) : this.#keyText(key, keyField));
      if (valueField === undefined) this.#default(value);
      else this.#value(value, valueField);
    }
    this.builder.close();
  }

  #keyText(key: Scalar, { from, to }: WireField): string {
    if (key === "string") return utf8Between(this.#bytes, from, to);
    const alone = new TypedWalk(this.#schema, this.#bytes);
    alone.#scalar(key, "", from, to);
    return alone.builder.document()?.textOf(0) ?? "";
  }

  /** What a value is that was left out, being what it is anyway. */
  #default({ type, of = "" }: FieldType): void {
    if (type === "message" || type === "group") this.#message(of, 0, 0);
    else if (type === "string") this.builder.text("");
    else if (type === "bytes") this.builder.bytes(NOTHING);
    else if (type === "enum") {
      const name = this.#schema.enums.get(of)?.names.get(0);
      if (name === undefined) this.builder.literal("0");
      else this.builder.text(name);
    } else this.builder.literal(type === "bool" ? "false" : "0");
  }

  /** Told as its JSON mapping has it; false where it is none, or holds what that mapping has no place for. */
  #wellKnown(name: string, from: number, to: number): boolean {
    if (!name.startsWith(GOOGLE)) return false;
    const short = name.slice(GOOGLE.length);
    const wrapped = WRAPPERS[short];
    if (wrapped !== undefined) {
      const fields = this.#plainFields(from, to);
      const field: FieldType = { number: 1, name: "value", type: wrapped };
      if (fields === undefined || fields.some((one) => one.number !== 1 || !fits(field, one)) || fields.length > 1) return false;
      const [one] = fields;
      if (one === undefined) this.#default(field);
      else this.#value(field, one);
      return true;
    }
    switch (short) {
      case "Timestamp":
      case "Duration": {
        const parts = this.#secondsAndNanos(from, to);
        const text = parts && (short === "Timestamp" ? timestampText : durationText)(...parts);
        if (text === undefined) return false;
        this.builder.text(text);
        return true;
      }
      case "Any":
        return this.#any(from, to);
      case "Struct":
      case "ListValue":
      case "Value":
        return this.#plainFields(from, to) !== undefined && this.#json(short, from, to);
      default:
        return false;
    }
  }

  #plainFields(from: number, to: number): readonly WireField[] | undefined {
    const fields: WireField[] = [];
    for (let at = from; at < to; ) {
      const field = fieldAt(this.#bytes, at, to);
      if (field === undefined) return undefined;
      fields.push(field);
      at = field.next;
    }
    return fields;
  }

  #secondsAndNanos(from: number, to: number): readonly [bigint, number] | undefined {
    let seconds = 0n;
    let nanos = 0;
    for (const field of this.#plainFields(from, to) ?? [undefined]) {
      if (field === undefined || field.wire !== VARINT || field.number > 2) return undefined;
      const bits = varintBits(this.#bytes, field.from, field.to);
      if (field.number === 1) seconds = BigInt.asIntN(64, bits);
      else nanos = Number(BigInt.asIntN(32, bits));
    }
    return [seconds, nanos];
  }

  #any(from: number, to: number): boolean {
    const fields = this.#plainFields(from, to);
    if (fields === undefined || fields.length > 2 || fields.some(({ wire }) => wire !== DELIMITED)) return false;
    const url = fields.find(({ number }) => number === 1);
    const value = fields.find(({ number }) => number === 2);
    if (url === undefined || fields.length !== (value === undefined ? 1 : 2) || !isUtf8(this.#bytes, url.from, url.to)) return false;
    const text = utf8Between(this.#bytes, url.from, url.to);
    const name = text.slice(text.lastIndexOf("/") + 1);
    const type = this.#schema.messages.get(name);
    if (type === undefined) return false;
    this.builder.openObject();
    this.builder.key("@type");
    this.builder.text(text);
    if (name.startsWith(GOOGLE)) {
      this.builder.key("value");
      this.#message(name, value?.from ?? 0, value?.to ?? 0);
    } else this.#fields(type, value?.from ?? 0, value?.to ?? 0);
    this.builder.close();
    return true;
  }

  /** `google.protobuf.Struct` and its parts: JSON in protobuf. */
  #json(kind: "Struct" | "ListValue" | "Value", from: number, to: number): boolean {
    const fields = this.#plainFields(from, to) ?? [];
    if (kind === "Value") {
      const field = fields.at(-1);
      if (field === undefined || fields.length !== 1) return false;
      const known = VALUE.get(field.number);
      if (known === undefined || !fits(known, field)) return false;
      if (known.name === "null") this.builder.literal("null");
      else this.#value(known, field);
      return true;
    }
    if (kind === "ListValue") {
      if (fields.some((field) => !fits(LIST_ENTRY, field) || field.number !== 1)) return false;
      this.builder.openArray();
      for (const field of fields) this.#value(LIST_ENTRY, field);
      this.builder.close();
      return true;
    }
    if (fields.some((field) => !fits(STRUCT_ENTRIES, field) || field.number !== 1)) return false;
    this.#map(STRUCT_ENTRIES, "string", fields);
    return true;
  }
}

const GOOGLE = "google.protobuf.";
const NOTHING = new Uint8Array(0);
const LIST_ENTRY: FieldType = { number: 1, name: "values", type: "message", of: `${GOOGLE}Value` };
const STRUCT_ENTRIES: FieldType = { number: 1, name: "fields", type: "message", of: `${GOOGLE}Value`, key: "string" };
const VALUE: ReadonlyMap<number, FieldType> = new Map([
  [1, { number: 1, name: "null", type: "int32" }],
  [2, { number: 2, name: "number", type: "double" }],
  [3, { number: 3, name: "string", type: "string" }],
  [4, { number: 4, name: "bool", type: "bool" }],
  [5, { number: 5, name: "struct", type: "message", of: `${GOOGLE}Struct` }],
  [6, { number: 6, name: "list", type: "message", of: `${GOOGLE}ListValue` }],
]);

const defaultText = (key: Scalar): string => (key === "string" ? "" : key === "bool" ? "false" : "0");
