import { connectionFacts, type ConnectionFacts, type Decoder } from "../decode/decoder.ts";
import { DECODERS } from "../decode/registry.ts";
import type { DecoderChoice } from "../log/decoder-choices.ts";
import type { Connection } from "../model/connection.ts";
import { prefixOf } from "../model/prefix-choice.ts";
import type { CaptureLog } from "./capture-log.ts";

/** What decoders are told of a connection: its opening, the schema that the user opened for it, and what is skipped of each message. */
export const decodingFacts = (capture: CaptureLog, connection: Connection): ConnectionFacts => chosenFacts(connectionFacts(connection), capture.decoding.choiceOf(connection.id));

/** The facts of an opening, and what the user chose beside them; the same object where that is nothing. */
export function chosenFacts<Facts extends object>(facts: Facts, { schema, decoder }: DecoderChoice): Facts & Pick<ConnectionFacts, "schema" | "prefix"> {
  const prefix = prefixOf(decoder);
  return schema === undefined && prefix === undefined ? facts : { ...facts, ...(schema !== undefined && { schema }), ...(prefix !== undefined && { prefix }) };
}

/** The id of the decoder that a choice is of; null: whichever is sure. */
export const decoderOfChoice = (choice: string | null): string | null => (prefixOf(choice) === undefined ? choice : (DECODERS.find(({ skipsPrefix }: Decoder) => skipsPrefix)?.id ?? null));
