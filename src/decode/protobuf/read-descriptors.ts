import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { toJson } from "../value-json.ts";
import { readMessage } from "./read-message.ts";
import { Schema, type EnumType, type FieldType, type MessageType, type Scalar, type SchemaData } from "./schema.ts";

/** A descriptor set, as protoc writes it (google/protobuf/descriptor.proto). Throws a `Refusal` where it is none. */
export function readDescriptorSet(file: string, bytes: Uint8Array): SchemaData {
  const type = DESCRIPTORS.messages.get("FileDescriptorSet");
  const { document, problem } = type === undefined ? { document: undefined, problem: undefined } : readMessage(DESCRIPTORS, type, bytes);
  const read = document !== undefined && problem === undefined ? (JSON.parse(toJson(document)) as DescriptorSet) : undefined;
  if (!Array.isArray(read?.file) || read.file.some(({ name }) => typeof name !== "string")) throw new Refusal(say("decode.proto-no-set", { file }));
  const gathered = new Gathered();
  for (const one of read.file) gathered.add(one, one.package ?? "", one.syntax === "proto3" || one.edition !== undefined);
  return gathered.finish();
}

interface DescriptorSet {
  readonly file: readonly FileDescriptor[];
}

interface Scope {
  readonly enum_type?: readonly EnumDescriptor[];
  readonly extension?: readonly FieldDescriptor[];
}

interface FileDescriptor extends Scope {
  readonly name: string;
  readonly package?: string;
  readonly syntax?: string;
  readonly edition?: number;
  readonly message_type?: readonly MessageDescriptor[];
}

interface MessageDescriptor extends Scope {
  readonly name?: string;
  readonly field?: readonly FieldDescriptor[];
  readonly nested_type?: readonly MessageDescriptor[];
  readonly options?: { readonly map_entry?: boolean };
  readonly oneof_decl?: readonly { readonly name?: string }[];
}

interface FieldDescriptor {
  readonly name?: string;
  readonly extendee?: string;
  readonly number?: number;
  readonly label?: number;
  readonly type?: number;
  readonly type_name?: string;
  readonly options?: { readonly packed?: boolean };
  readonly oneof_index?: number;
  readonly proto3_optional?: boolean;
}

interface EnumDescriptor {
  readonly name?: string;
  readonly value?: readonly { readonly name?: string; readonly number?: number }[];
}

/** `FieldDescriptorProto.Type`. */
const TYPES: readonly (FieldType["type"] | undefined)[] = [undefined, "double", "float", "int64", "uint64", "int32", "fixed64", "fixed32", "bool", "string", "group", "message", "bytes", "uint32", "enum", "sfixed32", "sfixed64", "sint32", "sint64"];
const REPEATED = 3;

class Gathered {
  readonly #messages = new Map<string, { readonly name: string; readonly fields: FieldType[] }>();
  readonly #entries = new Map<string, readonly FieldDescriptor[]>();
  readonly #enums: EnumType[] = [];
  readonly #waiting: { readonly message: string; readonly field: FieldDescriptor; readonly scope: string; readonly isPacked: boolean; readonly oneofs: MessageDescriptor["oneof_decl"] }[] = [];

  add(file: FileDescriptor, scope: string, isPacked: boolean): void {
    this.#scope(file, scope, isPacked);
    for (const message of file.message_type ?? []) this.#message(message, scope, isPacked);
  }

  finish(): SchemaData {
    for (const { message, field, scope, isPacked, oneofs } of this.#waiting) {
      const found = this.#messages.get(this.#resolved(message, scope));
      const read = this.#field(field, scope, isPacked, oneofs);
      if (found !== undefined && read !== undefined) found.fields.push(read);
    }
    return { messages: [...this.#messages.values()] satisfies readonly MessageType[], enums: this.#enums };
  }

  #scope({ enum_type: enums, extension }: Scope, scope: string, isPacked: boolean): void {
    for (const { name = "", value } of enums ?? []) this.#enums.push({ name: within(scope, name), values: (value ?? []).map((one) => [one.number ?? 0, one.name ?? ""] as const) });
    for (const field of extension ?? []) this.#waiting.push({ message: field.extendee ?? "", field, scope, isPacked, oneofs: undefined });
  }

  #message(message: MessageDescriptor, scope: string, isPacked: boolean): void {
    const name = within(scope, message.name ?? "");
    // What stands for the entries of a map is told as the map.
    if (message.options?.map_entry === true) {
      this.#entries.set(name, message.field ?? []);
      return;
    }
    this.#messages.set(name, { name, fields: [] });
    this.#scope(message, name, isPacked);
    for (const field of message.field ?? []) this.#waiting.push({ message: `.${name}`, field, scope: name, isPacked, oneofs: message.oneof_decl });
    for (const nested of message.nested_type ?? []) this.#message(nested, name, isPacked);
  }

  /** A name is whole where it begins with a dot, as protoc writes it; else it is the nearest around. */
  #resolved(name: string, scope: string): string {
    if (name.startsWith(".")) return name.slice(1);
    for (let around = scope; around !== ""; around = around.includes(".") ? around.slice(0, around.lastIndexOf(".")) : "") {
      const whole = within(around, name);
      if (this.#messages.has(whole) || this.#entries.has(whole) || this.#enums.some((one) => one.name === whole)) return whole;
    }
    return name;
  }

  #field(field: FieldDescriptor, scope: string, isPacked: boolean, oneofs: MessageDescriptor["oneof_decl"]): FieldType | undefined {
    const type = TYPES[field.type ?? 0];
    if (type === undefined || field.number === undefined) return undefined;
    const own = { number: field.number, name: field.extendee === undefined ? (field.name ?? "") : `[${within(scope, field.name ?? "")}]` };
    const of = this.#resolved(field.type_name ?? "", scope);
    const entry = this.#entries.get(of);
    if (entry !== undefined) {
      const [key, value] = [entry.find(({ number }) => number === 1), entry.find(({ number }) => number === 2)];
      const held = value && this.#field(value, of, false, undefined);
      return held && { ...held, ...own, key: (TYPES[key?.type ?? 0] ?? "string") as Scalar };
    }
    const isNumber = of === "" ? type !== "string" && type !== "bytes" : type === "enum";
    const oneof = field.proto3_optional === true || field.oneof_index === undefined ? undefined : oneofs?.[field.oneof_index]?.name;
    return {
      ...own,
      type,
      ...(of !== "" && { of }),
      ...(field.label === REPEATED && { repeated: true }),
      ...(field.label === REPEATED && isNumber && (field.options?.packed ?? isPacked) && { packed: true }),
      ...(oneof !== undefined && { oneof }),
    };
  }
}

const within = (scope: string, name: string): string => (scope === "" ? name : `${scope}.${name}`);

const field = (number: number, name: string, type: FieldType["type"], of?: string, repeated?: true): FieldType => ({ number, name, type, ...(of !== undefined && { of }), ...(repeated && { repeated }) });

/** As much of google/protobuf/descriptor.proto as is read. */
const DESCRIPTORS = new Schema({
  enums: [],
  messages: [
    { name: "FileDescriptorSet", fields: [field(1, "file", "message", "File", true)] },
    { name: "File", fields: [field(1, "name", "string"), field(2, "package", "string"), field(4, "message_type", "message", "Message", true), field(5, "enum_type", "message", "Enum", true), field(7, "extension", "message", "Field", true), field(12, "syntax", "string"), field(14, "edition", "int32")] },
    { name: "Message", fields: [field(1, "name", "string"), field(2, "field", "message", "Field", true), field(3, "nested_type", "message", "Message", true), field(4, "enum_type", "message", "Enum", true), field(6, "extension", "message", "Field", true), field(7, "options", "message", "MessageOptions"), field(8, "oneof_decl", "message", "Oneof", true)] },
    { name: "Field", fields: [field(1, "name", "string"), field(2, "extendee", "string"), field(3, "number", "int32"), field(4, "label", "int32"), field(5, "type", "int32"), field(6, "type_name", "string"), field(8, "options", "message", "FieldOptions"), field(9, "oneof_index", "int32"), field(17, "proto3_optional", "bool")] },
    { name: "FieldOptions", fields: [field(2, "packed", "bool")] },
    { name: "MessageOptions", fields: [field(7, "map_entry", "bool")] },
    { name: "Oneof", fields: [field(1, "name", "string")] },
    { name: "Enum", fields: [field(1, "name", "string"), field(2, "value", "message", "EnumValue", true)] },
    { name: "EnumValue", fields: [field(1, "name", "string"), field(2, "number", "int32")] },
  ],
});
