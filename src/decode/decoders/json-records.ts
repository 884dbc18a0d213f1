import type { Decoder, DecodeSession } from "../decoder.ts";
import { FieldReader } from "../fields/message-fields.ts";
import { RecordSession } from "../records/record-session.ts";
import { splitRecords } from "../records/split-records.ts";

/**
 * JSON texts in one text message, each ended by 0x1E, ASCII's record separator: each is a message of its own.
 *
 * Sure of: a text that ends with 0x1E, with a whole JSON object or array before each of them.
 */
export const jsonRecords = {
  id: "json-records",
  name: "JSON records",
  claims: "message",
  bodyIsText: true,
  readsAsText: true,
  open: (context): DecodeSession => {
    const fields = new FieldReader();
    return new RecordSession(context, { decoder: jsonRecords, split: splitRecords, read: (document, direction) => fields.read(document, direction) });
  },
} as const satisfies Decoder;
