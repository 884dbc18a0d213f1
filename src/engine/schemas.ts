import type { DecodingCalls, OpenedSchema } from "../contract/decoding.ts";
import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";
import { readSchemaChoice } from "../model/schema-choice.ts";
import type { CaptureLog } from "./capture-log.ts";

/** Loaded where somebody first opens a schema. */
const compiler = () => import("../decode/protobuf/compile-schema.ts");

export async function openSchema({ files }: Parameters<DecodingCalls["openSchema"]>[0]): Promise<OpenedSchema> {
  const { compileSchema, messageNames } = await compiler();
  const data = await compileSchema(files);
  return { schema: JSON.stringify(data), types: messageNames(data) };
}

export async function schemaOf(capture: CaptureLog, { connection }: Parameters<DecodingCalls["schemaOf"]>[0]): Promise<ReturnType<DecodingCalls["schemaOf"]>> {
  const { schema } = capture.decoding.choiceOf(connection);
  const choice = schema === undefined ? undefined : readSchemaChoice(schema);
  if (choice === undefined) return null;
  const { messageNames, readCompiled } = await compiler();
  return { choice, types: messageNames(readCompiled(choice.schema)) };
}

/** Throws a `Refusal` where a rule names a type that the schema has not. */
export async function readBySchema(capture: CaptureLog, { connection, choice }: Parameters<DecodingCalls["readBySchema"]>[0]): Promise<void> {
  if (choice !== null) {
    const { messageNames, readCompiled } = await compiler();
    const types = new Set(messageNames(readCompiled(choice.schema)));
    const unknown = choice.rules.find(({ type }) => !types.has(type));
    if (unknown !== undefined) throw new Refusal(say("decode.protobuf-no-such-type", { type: unknown.type }));
  }
  if (capture.isResuming) throw new Refusal(say("decode.still-read"));
  capture.decoding.choose(connection, { ...capture.decoding.choiceOf(connection), decoder: null, schema: choice === null ? undefined : JSON.stringify(choice) });
}
