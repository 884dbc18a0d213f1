import type { DecodeContext } from "../decoder.ts";
import type { DecodeSession } from "../decoder.ts";
import { jsonLines } from "../decoders/json-lines.ts";
import { FieldReader } from "../fields/message-fields.ts";
import { isMessageLike } from "../json/describe-json.ts";
import { lendJson } from "../json/read-json.ts";
import { RecordSession } from "./record-session.ts";
import { splitLines } from "./split-records.ts";

export const openJsonLines = (context: DecodeContext): DecodeSession => {
  const fields = new FieldReader();
  return new RecordSession(context, {
    decoder: jsonLines,
    split: (frame) => {
      const lines = splitLines(frame);
      const first = lines?.[0];
      if (first === undefined || context.isPinned) return lines;
      const { document } = lendJson(frame.bytes, first.from, first.to);
      return document !== undefined && isMessageLike(document) ? lines : undefined;
    },
    read: (document, direction) => fields.read(document, direction),
  });
};

