import { GrowingBytes } from "./growing-bytes.ts";
import type { JsonReader } from "./json-reader.ts";

/** Stands for a value that is not read: longer than was asked for, or none that JSON has (`NaN`). */
export const NO_VALUE = Symbol("no value");

/** Reads the value that stands next, of at most `most` bytes of JSON; what is longer is passed over. */
export function* readValue(json: JsonReader, most: number): Generator<void, unknown, void> {
  const gathered = new GrowingBytes(256);
  json.openSkip();
  while (!json.skipSome(gathered, most)) yield;
  if (gathered.length > most) return NO_VALUE;
  try {
    return JSON.parse(TEXT.decode(gathered.taken)) as unknown;
  } catch {
    return NO_VALUE;
  }
}

/** Passes over the value that stands next, however long. */
export function* skipValue(json: JsonReader): Generator<void, void, void> {
  json.openSkip();
  while (!json.skipSome()) yield;
}

const TEXT = new TextDecoder();
