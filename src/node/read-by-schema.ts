import { basename } from "node:path";
import { readFileSync } from "node:fs";
import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";
import { parseTypeRule, type TypeRule } from "../model/schema-choice.ts";
import type { KeptEngine } from "./kept-engine.ts";
import { toldBy } from "./told-by.ts";

/** How a command is told what protobuf messages are. */
export interface SchemaOptions {
  readonly proto: readonly string[];
  readonly message: readonly string[];
  readonly delimited?: boolean;
}

/** Has all connections of a capture read by the .proto files and descriptor sets that were given. Rejects with a `Refusal`. */
export async function readByOpened(engine: KeptEngine, { proto, message, delimited = false }: SchemaOptions): Promise<void> {
  if (proto.length === 0) return;
  const { schema, types } = await engine.call("openSchema", { files: proto.map(readSchemaFile) });
  if (message.length === 0) throw new Refusal(say("node.proto-which", { types }));
  const choice = { files: proto.map((path) => basename(path)), schema, rules: message.map(readRule), framing: delimited ? "delimited" : "message" } as const;
  for (const connection of engine.capture.table.connections.keys()) await engine.call("readBySchema", { connection, choice });
}

function readSchemaFile(path: string): { readonly name: string; readonly bytes: Uint8Array } {
  try {
    return { name: path, bytes: readFileSync(path) };
  } catch (error) {
    throw new Refusal(say("node.no-input", { path, why: toldBy(error) }), { cause: error });
  }
}

function readRule(text: string): TypeRule {
  const rule = parseTypeRule(text);
  if (rule === undefined) throw new Refusal(say("node.proto-no-rule", { text }));
  return rule;
}
