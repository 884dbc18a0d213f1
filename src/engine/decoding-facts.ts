import { connectionFacts, type ConnectionFacts } from "../decode/decoder.ts";
import type { Connection } from "../model/connection.ts";
import type { CaptureLog } from "./capture-log.ts";

/** What decoders are told of a connection: its opening, and the schema that the user opened for it. */
export function decodingFacts(capture: CaptureLog, connection: Connection): ConnectionFacts {
  const { schema } = capture.decoding.choiceOf(connection.id);
  const facts = connectionFacts(connection);
  return schema === undefined ? facts : { ...facts, schema };
}
