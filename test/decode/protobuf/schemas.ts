import { readFileSync } from "node:fs";
import protobuf from "protobufjs";
import { compileSchema } from "../../../src/decode/protobuf/compile-schema.ts";
import { Schema, type ReadyMessage } from "../../../src/decode/protobuf/schema.ts";
import type { TypeRule } from "../../../src/model/schema-choice.ts";
import { bytesOf } from "../messages.ts";

const FOLDER = new URL("../../fixtures/protobuf/", import.meta.url);
/** What protoc 35.1 made of both: `protoc --include_imports --descriptor_set_out=shop.binpb shop.proto old.proto`. */
export const DESCRIPTOR_SET = Uint8Array.from(readFileSync(new URL("shop.binpb", FOLDER)));

/** Every kind of field that proto3 has, with the types that come with protobuf. */
export const SHOP = readFileSync(new URL("shop.proto", FOLDER), "utf8");

/** What only proto2 has. */
export const OLD = readFileSync(new URL("old.proto", FOLDER), "utf8");

export const compiled = async (...texts: string[]): Promise<string> => JSON.stringify(await compileSchema(texts.map((text, i) => ({ name: `${i}.proto`, bytes: bytesOf(text) }))));

export async function typeIn(text: string, name: string): Promise<{ readonly schema: Schema; readonly type: ReadyMessage }> {
  const schema = new Schema(JSON.parse(await compiled(text)) as never);
  const type = schema.messages.get(name);
  if (type === undefined) throw new Error(`no ${name}`);
  return { schema, type };
}

/** The library's own reading and writing of the same. */
export const libraryType = (text: string, name: string): protobuf.Type => {
  const root = protobuf.parse(text, new protobuf.Root(), { keepCase: true }).root;
  for (const own of ["timestamp", "duration", "any", "struct", "wrappers"]) root.addJSON(protobuf.common.get(`google/protobuf/${own}.proto`)?.nested ?? {});
  return root.resolveAll().lookupType(name);
};

/** As the connection's facts hold it. */
export const choiceOf = (schema: string, rules: readonly TypeRule[], framing = "message"): string => JSON.stringify({ files: ["shop.proto"], schema, rules, framing });
