import { base64Length, writeBase64 } from "../model/base64.ts";
import type { Decoded } from "./decoder.ts";

/**
 * The JSON text of a decoded body, for the columnar reader and for value filters: the payload's own text where it
 * holds one, else `toJsonText` of the value. Undefined where there is no body.
 */
export function jsonTextOf(decoded: Decoded): string | undefined {
  return decoded.json ?? (decoded.value === undefined ? undefined : toJsonText(decoded.value));
}

/**
 * A value tree of any encoding as JSON text that `readJson` and `JSON.parse` take. Cost: one walk, with a stack of its
 * own, so that depth is bounded by memory only. A value that holds itself never ends; decoders make none.
 *
 * | value | becomes |
 * | --- | --- |
 * | bigint | its digits: `9007199254740993` |
 * | bytes | `{"$bytes":"<base64>","length":3}` |
 * | Date | an ISO 8601 string; `null` where it is no valid date |
 * | Map | an object where every key is a string, else `{"$map":[[key,value],…]}` |
 * | NaN, ±Infinity | `"NaN"`, `"Infinity"`, `"-Infinity"`: a JSON number cannot be one |
 * | undefined, functions, symbols | `null` |
 */
export function toJsonText(value: unknown): string {
  const parts: string[] = [];
  const open: OpenContainer[] = [];
  let next: unknown = value;
  for (;;) {
    const container = beginValue(next, parts);
    if (container !== undefined) open.push(container);
    // Ends every container that has no entry left, and comes to the next entry of the innermost that has one.
    for (;;) {
      const innermost = open.at(-1);
      if (innermost === undefined) return parts.join("");
      if (innermost.at < innermost.values.length) {
        const { at, keys, values } = innermost;
        if (at > 0) parts.push(",");
        if (keys !== undefined) parts.push(JSON.stringify(keys[at]), ":");
        next = values[at];
        innermost.at++;
        break;
      }
      parts.push(innermost.end);
      open.pop();
    }
  }
}

interface OpenContainer {
  readonly keys: readonly string[] | undefined;
  readonly values: readonly unknown[];
  readonly end: string;
  at: number;
}

/** Writes a scalar, or the beginning of a container, which it returns. */
function beginValue(value: unknown, parts: string[]): OpenContainer | undefined {
  switch (typeof value) {
    case "string":
      parts.push(JSON.stringify(value));
      return undefined;
    case "number":
      parts.push(Object.is(value, -0) ? "-0" : Number.isFinite(value) ? String(value) : JSON.stringify(String(value)));
      return undefined;
    case "boolean":
    case "bigint":
      parts.push(String(value));
      return undefined;
    case "object":
      return value === null ? writeNull(parts) : beginObject(value, parts);
    case "undefined":
    case "function":
    case "symbol":
    default:
      return writeNull(parts);
  }
}

function beginObject(value: object, parts: string[]): OpenContainer | undefined {
  if (Array.isArray(value)) {
    parts.push("[");
    return { keys: undefined, values: value, end: "]", at: 0 };
  }
  const bytes = bytesOf(value);
  if (bytes !== undefined) {
    parts.push(`{"$bytes":"`, base64Of(bytes), `","length":${bytes.length}}`);
    return undefined;
  }
  if (value instanceof Date) {
    parts.push(Number.isNaN(value.getTime()) ? "null" : JSON.stringify(value.toISOString()));
    return undefined;
  }
  if (value instanceof Map) return beginMap(value, parts);
  parts.push("{");
  return { keys: Object.keys(value), values: Object.values(value), end: "}", at: 0 };
}

function beginMap(map: ReadonlyMap<unknown, unknown>, parts: string[]): OpenContainer {
  const keys = [...map.keys()];
  if (keys.every((key) => typeof key === "string")) {
    parts.push("{");
    return { keys, values: [...map.values()], end: "}", at: 0 };
  }
  parts.push(`{"$map":[`);
  return { keys: undefined, values: [...map], end: "]}", at: 0 };
}

function bytesOf(value: object): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : undefined;
}

function base64Of(bytes: Uint8Array): string {
  const digits = new Uint8Array(base64Length(bytes.length));
  writeBase64(bytes, 0, bytes.length, digits, 0);
  return ASCII.decode(digits);
}

const ASCII = new TextDecoder();

function writeNull(parts: string[]): undefined {
  parts.push("null");
  return undefined;
}
