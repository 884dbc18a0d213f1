/** Message types as the reader and the writer need them: what a .proto file or a descriptor set says, without its text. */

export const SCALARS = ["double", "float", "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32", "sfixed64", "bool", "string", "bytes"] as const;
export type Scalar = (typeof SCALARS)[number];

export interface FieldType {
  readonly number: number;
  /** As the file has it; of an extension its full name in brackets. */
  readonly name: string;
  readonly type: Scalar | "message" | "enum" | "group";
  /** The full name of the message or enum. */
  readonly of?: string;
  readonly repeated?: true;
  /** Of numbers that are repeated: how they are written. */
  readonly packed?: true;
  /** Of a map: what its keys are; the rest is said of its values. */
  readonly key?: Scalar;
  /** The `oneof` that it stands in. */
  readonly oneof?: string;
}

export interface MessageType {
  readonly name: string;
  readonly fields: readonly FieldType[];
}

export interface EnumType {
  readonly name: string;
  readonly values: readonly (readonly [number: number, name: string])[];
}

/** Plain data: as JSON it is what is kept. */
export interface SchemaData {
  readonly messages: readonly MessageType[];
  readonly enums: readonly EnumType[];
}

/** A message type made ready for reading and writing. */
export interface ReadyMessage {
  readonly name: string;
  readonly byNumber: ReadonlyMap<number, FieldType>;
  readonly byName: ReadonlyMap<string, FieldType>;
}

export interface ReadyEnum {
  readonly names: ReadonlyMap<number, string>;
  readonly numbers: ReadonlyMap<string, number>;
}

export class Schema {
  readonly messages: ReadonlyMap<string, ReadyMessage>;
  readonly enums: ReadonlyMap<string, ReadyEnum>;

  constructor({ messages, enums }: SchemaData) {
    this.messages = new Map(messages.map(({ name, fields }) => [name, { name, byNumber: new Map(fields.map((field) => [field.number, field])), byName: new Map(fields.map((field) => [field.name, field])) }]));
    this.enums = new Map(enums.map(({ name, values }) => [name, { names: new Map(values.toReversed()), numbers: new Map(values.map(([number, value]) => [value, number])) }]));
  }
}

/** Undefined where the text is none that was written by `JSON.stringify` of a `SchemaData`. */
export function readSchemaData(text: string): SchemaData | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return isData(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isData = (value: unknown): value is SchemaData => isRecord(value) && isList(value["messages"], isMessage) && isList(value["enums"], isEnum);
const isMessage = (value: unknown): boolean => isRecord(value) && typeof value["name"] === "string" && isList(value["fields"], isField);
const isEnum = (value: unknown): boolean => isRecord(value) && typeof value["name"] === "string" && isList(value["values"], (pair) => Array.isArray(pair) && typeof pair[0] === "number" && typeof pair[1] === "string");
const isField = (value: unknown): boolean => isRecord(value) && typeof value["number"] === "number" && typeof value["name"] === "string" && TYPES.has(value["type"]) && (value["key"] === undefined || TYPES.has(value["key"]));
const TYPES: ReadonlySet<unknown> = new Set([...SCALARS, "message", "enum", "group"]);

const isList = (value: unknown, isOne: (one: unknown) => boolean): boolean => Array.isArray(value) && value.every(isOne);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;
