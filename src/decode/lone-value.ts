import { ValueColumns } from "../model/value-columns.ts";
import { BYTES, NO_KEY, type ValueDocument } from "../model/value-document.ts";
import { JsonSource } from "./json/json-source.ts";
import { readJson } from "./json/read-json.ts";

/** Values that a protocol carries as they are, without an encoding of values. */

const encoder = new TextEncoder();

export const textDocument = (text: string): ValueDocument | undefined => readJson(encoder.encode(JSON.stringify(text))).document;

/** Shares the memory of `bytes`. */
export function bytesDocument(bytes: Uint8Array): ValueDocument {
  const columns = new ValueColumns();
  columns.add(BYTES, 0, 1, NO_KEY);
  return columns.finish(new JsonSource(NOTHING, false, [bytes]));
}

const NOTHING = new Uint8Array(0);
