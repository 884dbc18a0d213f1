import type { DecodeContext } from "../decoder.ts";
import type { DecodeSession } from "../decoder.ts";
import { jsonRecords } from "../decoders/json-records.ts";
import { FieldReader } from "../fields/message-fields.ts";
import { RecordSession } from "./record-session.ts";
import { splitRecords } from "./split-records.ts";

export const openJsonRecords = (context: DecodeContext): DecodeSession => {
  const fields = new FieldReader();
  return new RecordSession(context, { decoder: jsonRecords, split: splitRecords, read: (document, direction) => fields.read(document, direction) });
};

