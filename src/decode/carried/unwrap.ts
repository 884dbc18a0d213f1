import { bytesOfBase64 } from "../../model/base64.ts";
import { STRING } from "../../model/value-document.ts";
import { readJson } from "../json/read-json.ts";
import { decodeUtf8 } from "../utf8-text.ts";
import { isBase64, isPercentEncoded, prefixOf, QUOTE } from "./wrapped-head.ts";

const ENCODER = new TextEncoder();

/** What wraps, and what is in it. */
export function unwrap(bytes: Uint8Array): readonly [string, Uint8Array] | undefined {
  if (bytes[0] === QUOTE) {
    const { document, problem } = readJson(bytes);
    return document === undefined || problem !== undefined || document.kindOf(0) !== STRING ? undefined : ["JSON string", ENCODER.encode(document.textOf(0))];
  }
  const prefix = prefixOf(bytes);
  if (prefix !== undefined) return [prefix.trim(), bytes.subarray(prefix.length)];
  if (isPercentEncoded(bytes)) return percentDecoded(bytes);
  return isBase64(bytes) ? ["base64", bytesOfBase64(decodeUtf8(bytes))] : undefined;
}

function percentDecoded(bytes: Uint8Array): readonly [string, Uint8Array] | undefined {
  try {
    return ["percent-encoded", ENCODER.encode(decodeURIComponent(decodeUtf8(bytes)))];
  } catch {
    return undefined;
  }
}
