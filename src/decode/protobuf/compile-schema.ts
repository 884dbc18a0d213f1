import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { MOST_SCHEMA } from "../../model/schema-choice.ts";
import { decodeStrictUtf8 } from "../utf8-text.ts";
import { readDescriptorSet } from "./read-descriptors.ts";
import { readSchemaData, SCALARS, type MessageType, type SchemaData } from "./schema.ts";

export interface SchemaFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Bytes of all files together. */
const MOST_BYTES = 8 << 20;

/**
 * What .proto files and descriptor sets (`protoc --descriptor_set_out`) say of messages, all opened together: what one
 * imports is one of the others, or protobuf's own. Nothing of it is run. Rejects with a `Refusal` that names the file, its
 * line, and what is missing.
 */
export async function compileSchema(files: readonly SchemaFile[]): Promise<SchemaData> {
  if (files.reduce((sum, { bytes }) => sum + bytes.length, 0) > MOST_BYTES) throw new Refusal(say("decode.proto-too-large", { most: MOST_BYTES }));
  const texts: { readonly name: string; readonly text: string }[] = [];
  const parts: SchemaData[] = [];
  for (const { name, bytes } of files) {
    const text = isText(name, bytes) ? decodeStrictUtf8(bytes) : undefined;
    if (text === undefined) parts.push(readDescriptorSet(name, bytes));
    else texts.push({ name, text: text.replace(/^\uFEFF/, "") });
  }
  if (texts.length > 0) {
    const { parseProtoFiles } = await import("./parse-proto.ts");
    parts.push(parseProtoFiles(texts));
  }
  const data = { messages: parts.flatMap(({ messages }) => messages), enums: parts.flatMap(({ enums }) => enums) };
  complain(data);
  return data;
}

/** By its name, or by the word that every .proto file of use has. */
const isText = (name: string, bytes: Uint8Array): boolean => /\.proto$/i.test(name) || /^\s*message\s/m.test(decodeStrictUtf8(bytes) ?? "");

/** Throws where a schema holds nothing, lacks a type, or is too large to be kept. */
function complain({ messages, enums }: SchemaData): void {
  if (messages.length === 0) throw new Refusal(say("decode.proto-none"));
  const names = new Set([...messages, ...enums].map(({ name }) => name));
  const scalars: ReadonlySet<string> = new Set(SCALARS);
  for (const message of messages) {
    const field = message.fields.find(({ type, of = "" }) => !scalars.has(type) && !names.has(of) && !of.startsWith("google.protobuf."));
    if (field !== undefined) throw new Refusal(say("decode.proto-no-type", { type: field.of ?? "", field: `${message.name}.${field.name}` }));
  }
  if (JSON.stringify({ messages, enums }).length > MOST_SCHEMA) throw new Refusal(say("decode.proto-too-large", { most: MOST_SCHEMA }));
}

/** A schema that was compiled before; one of no messages where it is none. */
export const readCompiled = (text: string): SchemaData => readSchemaData(text) ?? { messages: [], enums: [] };

/** The names of the messages, in the order of the files, without protobuf's own. */
export const messageNames = ({ messages }: Pick<SchemaData, "messages">): readonly string[] => messages.map(({ name }: MessageType) => name).filter((name) => !name.startsWith("google.protobuf."));
