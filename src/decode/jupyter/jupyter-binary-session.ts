import { OPCODE_BINARY } from "../../model/frame.ts";
import { NO_NODE, type ValueDocument } from "../../model/value-document.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, DecodeSession } from "../decoder.ts";
import { jupyterBinary } from "../decoders/jupyter-binary.ts";
import { JsonMessage } from "../json-protocol/json-message.ts";
import { reader } from "../json-protocol/readers/jupyter.ts";
import { readJson } from "../json/read-json.ts";
import type { RecordRange } from "../records/record-range.ts";
import { streamBroken } from "../stream/stream-session.ts";
import { abbreviate } from "../summary.ts";
import { utf8Between } from "../utf8-text.ts";
import { ValueBuilder } from "../value-builder.ts";
import { jupyterParts } from "./message-parts.ts";

export function openJupyterBinary(context: DecodeContext): DecodeSession {
  const read = reader(context.connection);
  return {
    decode: ({ bytes, opcode, direction }) => {
      if (opcode !== OPCODE_BINARY && !context.isPinned) return undefined;
      const parts = jupyterParts(bytes);
      const isPartial = bytes.length > context.maxBytes;
      const document = parts && documentOf(bytes, parts, isPartial ? HEADERS : NAMES);
      const message = document && new JsonMessage(document, direction);
      const fields = message && read(message);
      if (document === undefined || fields === undefined) return context.isPinned ? streamBroken(jupyterBinary, bytes.length) : undefined;
      const { what = "", body = NO_NODE, label = "", kind, id, answers, topic } = fields;
      return new DecodedMessage({
        decoder: jupyterBinary.id,
        label,
        kind,
        id,
        answers,
        topic,
        value: isPartial ? undefined : document,
        summary: () => abbreviate(body === NO_NODE ? document : document.part(body)),
        layers: [{ stage: "envelope", name: jupyterBinary.name, what, from: 0, to: bytes.length, problem: undefined }],
        isPartial,
      });
    },
  };
}

const NAMES = ["header", "parent_header", "metadata", "content"] as const;
/** What is read of a long one. */
const HEADERS = NAMES.slice(0, 2);

/** The message as its JSON has it, with these of its parts; undefined where one of them is none. */
function documentOf(bytes: Uint8Array, [channel, ...parts]: readonly RecordRange[], names: readonly string[]): ValueDocument | undefined {
  const builder = new ValueBuilder(bytes);
  builder.openObject();
  builder.key("channel");
  builder.text(channel === undefined ? "" : utf8Between(bytes, channel.from, channel.to));
  for (const [i, name] of names.entries()) {
    const { from, to } = parts[i] ?? { from: 0, to: 0 };
    const { document, problem } = readJson(bytes, from, to);
    if (document === undefined || problem !== undefined) return undefined;
    builder.key(name);
    builder.stood(builder.count, from, to);
    builder.whole(document);
  }
  builder.key("buffers");
  builder.openArray();
  for (const { from, to } of parts.slice(NAMES.length)) {
    builder.stood(builder.count, from, to);
    builder.bytes(bytes.subarray(from, to));
  }
  builder.closeAll();
  return builder.document();
}
