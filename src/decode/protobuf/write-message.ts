import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { ARRAY, BOOLEAN, NO_NODE, NULL, NUMBER, OBJECT, STRING, type ValueDocument } from "../../model/value-document.ts";
import { bytesAt } from "../bytes-of-value.ts";
import { toJson } from "../value-json.ts";
import type { MessageRead } from "./read-message.ts";
import type { FieldType, ReadyMessage, Scalar, Schema } from "./schema.ts";
import { durationOf, timestampOf, WRAPPERS } from "./well-known.ts";
import { DELIMITED, GROUP, VARINT } from "./wire.ts";
import { wireOf } from "./wire-types.ts";

/**
 * A value as a message of a type: what `readMessage` reads as the same value, and protobuf's own libraries as what it says.
 * Fields that the type has not are taken over from `before`, the message that was edited, where they are unchanged.
 * Throws a `Refusal` that names the field where a value is none of its type.
 */
export function writeMessage(schema: Schema, type: ReadyMessage, value: ValueDocument, before: MessageRead): Uint8Array {
  const writer = new Writer(schema, value, before);
  if (value.count === 0 || value.endOf(0) !== value.count) throw refusal(type.name, "");
  return writer.message(type.name, 0, before.document === undefined ? NO_NODE : 0, type.name);
}

const encoder = new TextEncoder();

const refusal = (field: string, literal: string): Refusal => new Refusal(say("decode.protobuf-cannot-encode", { field, value: literal.length > 60 ? `${literal.slice(0, 60)}…` : literal }));

class Output {
  #bytes = new Uint8Array(256);
  #length = 0;

  add(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  varint(value: bigint): void {
    this.#reserve(10);
    let rest = BigInt.asUintN(64, value);
    for (; rest > 0x7fn; rest >>= 7n) this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80;
    this.#bytes[this.#length++] = Number(rest);
  }

  tag(number: number, wire: number): void {
    this.varint(BigInt(number) * 8n + BigInt(wire));
  }

  delimited(bytes: Uint8Array): void {
    this.varint(BigInt(bytes.length));
    this.add(bytes);
  }

  fixed(size: 4 | 8, set: (view: DataView) => void): void {
    const view = new DataView(new ArrayBuffer(size));
    set(view);
    this.add(new Uint8Array(view.buffer));
  }

  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const longer = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    longer.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = longer;
  }
}

class Writer {
  readonly #schema: Schema;
  readonly #value: ValueDocument;
  readonly #before: MessageRead;

  constructor(schema: Schema, value: ValueDocument, before: MessageRead) {
    this.#schema = schema;
    this.#value = value;
    this.#before = before;
  }

  /** `before`: the same message in what was edited, or `NO_NODE`. `path`: for what is refused. */
  message(name: string, node: number, before: number, path: string): Uint8Array {
    const out = new Output();
    if (!this.#wellKnown(name, node, before, path, out)) this.#fields(this.#schema.messages.get(name), node, before, path, out);
    return out.take();
  }

  #fields(type: ReadyMessage | undefined, node: number, before: number, path: string, out: Output): void {
    const value = this.#value;
    if (value.kindOf(node) !== OBJECT) throw this.#refuse(path, node);
    const former = this.#entriesOf(before);
    for (let child = node + 1; child < value.endOf(node); child = value.endOf(child)) {
      const key = value.keyOf(child) ?? "";
      const was = former.get(key)?.shift() ?? NO_NODE;
      const field = type?.byName.get(key);
      // Fields that the type has otherwise stand under their numbers.
      if (field === undefined || this.#before.unknown.has(was)) {
        if (key !== "@type") this.#unknown(child, was, `${path}.${key}`, out);
      } else this.#field(field, child, was, `${path}.${key}`, out);
    }
  }

  /** The entries of an object of what was edited, by their keys. */
  #entriesOf(node: number): Map<string, number[]> {
    const found = new Map<string, number[]>();
    const { document } = this.#before;
    if (document === undefined || node === NO_NODE || document.kindOf(node) !== OBJECT) return found;
    for (let child = node + 1; child < document.endOf(node); child = document.endOf(child)) {
      const key = document.keyOf(child) ?? "";
      const entries = found.get(key);
      if (entries === undefined) found.set(key, [child]);
      else entries.push(child);
    }
    return found;
  }

  #unknown(node: number, was: number, path: string, out: Output): void {
    const bytes = this.#before.unknown.get(was);
    const { document } = this.#before;
    if (bytes === undefined || document === undefined || toJson(document, was) !== toJson(this.#value, node)) throw new Refusal(say("decode.protobuf-unknown-field", { field: path }));
    out.add(bytes);
  }

  #field(field: FieldType, node: number, was: number, path: string, out: Output): void {
    const value = this.#value;
    if (field.key !== undefined) {
      if (value.kindOf(node) !== OBJECT) throw this.#refuse(path, node);
      const former = this.#entriesOf(was);
      for (let child = node + 1; child < value.endOf(node); child = value.endOf(child)) {
        const key = value.keyOf(child) ?? "";
        const entry = new Output();
        entry.tag(1, wireOf(field.key));
        this.#key(field.key, key, entry, path);
        this.#single({ ...field, number: 2 }, child, former.get(key)?.shift() ?? NO_NODE, `${path}.${key}`, entry);
        out.tag(field.number, DELIMITED);
        out.delimited(entry.take());
      }
      return;
    }
    if (field.repeated !== true) {
      this.#single(field, node, was, path, out);
      return;
    }
    if (value.kindOf(node) !== ARRAY) throw this.#refuse(path, node);
    if (field.packed === true && wireOf(field.type) !== DELIMITED && wireOf(field.type) !== GROUP) {
      const packed = new Output();
      for (let child = node + 1; child < value.endOf(node); child = value.endOf(child)) this.#scalar(field, child, path, packed);
      if (value.childrenOf(node) === 0) return;
      out.tag(field.number, DELIMITED);
      out.delimited(packed.take());
      return;
    }
    const { document } = this.#before;
    let former = was !== NO_NODE && document?.kindOf(was) === ARRAY ? was + 1 : NO_NODE;
    for (let child = node + 1, place = 0; child < value.endOf(node); child = value.endOf(child), place++) {
      if (document === undefined || former === NO_NODE || former >= document.endOf(was)) former = NO_NODE;
      this.#single(field, child, former, `${path}[${place}]`, out);
      if (document !== undefined && former !== NO_NODE) former = document.endOf(former);
    }
  }

  #single(field: FieldType, node: number, was: number, path: string, out: Output): void {
    const wire = wireOf(field.type);
    out.tag(field.number, wire);
    if (field.type === "message") out.delimited(this.message(field.of ?? "", node, was, path));
    else if (field.type === "group") {
      out.add(this.message(field.of ?? "", node, was, path));
      out.tag(field.number, GROUP + 1);
    } else this.#scalar(field, node, path, out);
  }

  #scalar({ type, of = "" }: Pick<FieldType, "type" | "of">, node: number, path: string, out: Output): void {
    const value = this.#value;
    switch (type) {
      case "string":
      case "bytes": {
        const bytes = bytesAt(value, node) ?? (value.kindOf(node) === STRING && type === "string" ? this.#utf8(node, path) : undefined);
        if (bytes === undefined) throw this.#refuse(path, node);
        out.delimited(bytes);
        return;
      }
      case "bool":
        if (value.kindOf(node) !== BOOLEAN) throw this.#refuse(path, node);
        out.varint(value.textOf(node) === "true" ? 1n : 0n);
        return;
      case "enum": {
        const isName = value.kindOf(node) === STRING;
        const number = isName ? this.#schema.enums.get(of)?.numbers.get(value.textOf(node)) : undefined;
        if (isName && number === undefined) throw this.#refuse(path, node);
        out.varint(number === undefined ? this.#integer("int32", node, path) : BigInt(number));
        return;
      }
      case "double":
      case "float": {
        const number = this.#real(type, node, path);
        out.fixed(type === "double" ? 8 : 4, (view) => (type === "double" ? view.setFloat64(0, number, true) : view.setFloat32(0, number, true)));
        return;
      }
      case "message":
      case "group":
        throw this.#refuse(path, node);
      default:
        writeInteger(type, this.#integer(type, node, path), out);
    }
  }

  #key(type: Scalar, key: string, out: Output, path: string): void {
    if (type === "string") out.delimited(encoder.encode(key));
    else if (type === "bool") {
      if (key !== "true" && key !== "false") throw refusal(path, key);
      out.varint(key === "true" ? 1n : 0n);
    } else writeInteger(type, integerOf(type, key) ?? fail(refusal(path, key)), out);
  }

  #utf8(node: number, path: string): Uint8Array {
    const text = this.#value.textOf(node);
    // Half a pair would become another character.
    if (!text.isWellFormed()) throw this.#refuse(path, node);
    return encoder.encode(text);
  }

  #integer(type: Scalar, node: number, path: string): bigint {
    const found = this.#value.kindOf(node) === NUMBER ? integerOf(type, this.#value.textOf(node)) : undefined;
    return found ?? fail(this.#refuse(path, node));
  }

  #real(type: "double" | "float", node: number, path: string): number {
    const value = this.#value;
    const text = value.textOf(node);
    if (value.kindOf(node) === STRING && (text === "NaN" || text === "Infinity" || text === "-Infinity")) return Number(text);
    const number = Number(text);
    if (value.kindOf(node) !== NUMBER || (!Number.isFinite(number) && /\d/.test(text)) || (type === "float" && Number.isFinite(number) && !Number.isFinite(Math.fround(number)))) throw this.#refuse(path, node);
    return number;
  }

  #refuse(path: string, node: number): Refusal {
    const value = this.#value;
    return refusal(path, node === NO_NODE ? "" : value.isContainer(node) ? (value.kindOf(node) === OBJECT ? "{…}" : "[…]") : value.jsonOf(node, 80));
  }

  /** What `readMessage` tells as its JSON mapping has it; an object of its fields is written as such. */
  #wellKnown(name: string, node: number, before: number, path: string, out: Output): boolean {
    if (!name.startsWith(GOOGLE)) return false;
    const value = this.#value;
    const short = name.slice(GOOGLE.length);
    const kind = value.kindOf(node);
    const wrapped = WRAPPERS[short];
    if (wrapped !== undefined) {
      if (kind === OBJECT && bytesAt(value, node) === undefined) return false;
      out.tag(1, wireOf(wrapped));
      this.#scalar({ type: wrapped }, node, path, out);
      return true;
    }
    switch (short) {
      case "Timestamp":
      case "Duration": {
        if (kind === OBJECT) return false;
        const parts = (short === "Timestamp" ? timestampOf : durationOf)(value.textOf(node)) ?? fail(this.#refuse(path, node));
        for (const [i, part] of parts.entries()) {
          if (BigInt(part) === 0n) continue;
          out.tag(i + 1, VARINT);
          out.varint(BigInt(part));
        }
        return true;
      }
      case "Any":
        return this.#any(node, before, path, out);
      case "Struct":
        if (kind !== OBJECT) throw this.#refuse(path, node);
        this.#field({ number: 1, name: "fields", type: "message", of: `${GOOGLE}Value`, key: "string" }, node, NO_NODE, path, out);
        return true;
      case "ListValue":
        if (kind !== ARRAY) throw this.#refuse(path, node);
        this.#field({ number: 1, name: "values", type: "message", of: `${GOOGLE}Value`, repeated: true }, node, NO_NODE, path, out);
        return true;
      case "Value":
        this.#json(node, path, out);
        return true;
      default:
        return false;
    }
  }

  #json(node: number, path: string, out: Output): void {
    switch (this.#value.kindOf(node)) {
      case NULL:
        out.tag(1, VARINT);
        out.varint(0n);
        return;
      case NUMBER:
        return this.#single({ number: 2, name: "", type: "double" }, node, NO_NODE, path, out);
      case STRING:
        return this.#single({ number: 3, name: "", type: "string" }, node, NO_NODE, path, out);
      case BOOLEAN:
        return this.#single({ number: 4, name: "", type: "bool" }, node, NO_NODE, path, out);
      case OBJECT:
        return this.#single({ number: 5, name: "", type: "message", of: `${GOOGLE}Struct` }, node, NO_NODE, path, out);
      case ARRAY:
        return this.#single({ number: 6, name: "", type: "message", of: `${GOOGLE}ListValue` }, node, NO_NODE, path, out);
      default:
        throw this.#refuse(path, node);
    }
  }

  /** `{"@type": "…/shop.Order", …}`: the message that it holds. */
  #any(node: number, before: number, path: string, out: Output): boolean {
    const value = this.#value;
    if (value.kindOf(node) !== OBJECT || value.childrenOf(node) === 0 || value.keyOf(node + 1) !== "@type") return false;
    const url = value.textOf(node + 1);
    const name = url.slice(url.lastIndexOf("/") + 1);
    const type = this.#schema.messages.get(name);
    if (type === undefined) throw this.#refuse(path, node + 1);
    out.tag(1, DELIMITED);
    out.delimited(encoder.encode(url));
    const inner = new Output();
    if (name.startsWith(GOOGLE)) {
      const held = value.endOf(node + 1);
      if (held >= value.endOf(node) || value.keyOf(held) !== "value") throw this.#refuse(path, node);
      inner.add(this.message(name, held, NO_NODE, path));
    } else this.#fields(type, node, before, path, inner);
    out.tag(2, DELIMITED);
    out.delimited(inner.take());
    return true;
  }
}

const GOOGLE = "google.protobuf.";

function fail(error: Error): never {
  throw error;
}

const RANGES: Readonly<Partial<Record<Scalar, readonly [bigint, bigint]>>> = {
  int32: [-(2n ** 31n), 2n ** 31n], sint32: [-(2n ** 31n), 2n ** 31n], sfixed32: [-(2n ** 31n), 2n ** 31n],
  int64: [-(2n ** 63n), 2n ** 63n], sint64: [-(2n ** 63n), 2n ** 63n], sfixed64: [-(2n ** 63n), 2n ** 63n],
  uint32: [0n, 2n ** 32n], fixed32: [0n, 2n ** 32n],
  uint64: [0n, 2n ** 64n], fixed64: [0n, 2n ** 64n],
};

/** An integer of a type, from its literal; undefined where it is none. */
function integerOf(type: Scalar, literal: string): bigint | undefined {
  if (!/^-?\d{1,20}$/.test(literal)) return undefined;
  const value = BigInt(literal);
  const [least, past] = RANGES[type] ?? [0n, 0n];
  return value >= least && value < past ? value : undefined;
}

function writeInteger(type: Scalar, value: bigint, out: Output): void {
  switch (type) {
    case "fixed32":
    case "sfixed32":
      return out.fixed(4, (view) => view.setUint32(0, Number(BigInt.asUintN(32, value)), true));
    case "fixed64":
    case "sfixed64":
      return out.fixed(8, (view) => view.setBigUint64(0, BigInt.asUintN(64, value), true));
    case "sint32":
    case "sint64":
      return out.varint(value < 0n ? -value * 2n - 1n : value * 2n);
    default:
      return out.varint(value);
  }
}

