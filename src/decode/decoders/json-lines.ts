import type { Decoder, DecodeSession } from "../decoder.ts";
import { FieldReader } from "../fields/message-fields.ts";
import { isMessageLike } from "../json/describe-json.ts";
import { lendJson } from "../json/read-json.ts";
import { RecordSession } from "../records/record-session.ts";
import { splitLines } from "../records/split-records.ts";

/**
 * JSON lines (NDJSON), in text and in binary that is UTF-8: each line is a message.
 *
 * Sure of: two lines at least, each of which is a whole JSON object or array, the first much like a message.
 */
export const jsonLines = {
  id: "json-lines",
  name: "JSON lines",
  claims: "message",
  bodyIsText: true,
  readsAsText: true,
  open: (context): DecodeSession => {
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
  },
} as const satisfies Decoder;
