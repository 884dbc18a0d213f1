import { TARGET_TYPES, type Closing, type Header, type Initiator } from "../../model/connection.ts";
import type { ImportedConnection } from "../import-format.ts";

/** What a HAR may hold in the places that are read, by whoever wrote it: anything that is not as it should be is as if it were not there. */

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

export const numberOf = (value: unknown): number | undefined => (typeof value === "number" && Number.isFinite(value) ? value : undefined);

/** Undefined where it is no list; names or values that are none are left out. */
export function headersOf(value: unknown): Header[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return (value as readonly unknown[]).flatMap((one) => (isRecord(one) && typeof one["name"] === "string" && typeof one["value"] === "string" ? [{ name: one["name"], value: one["value"] }] : []));
}

/** Milliseconds since 1970; undefined for what is no date. */
export function dateOf(value: unknown): number | undefined {
  const time = typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

export function targetOf(value: unknown): ImportedConnection["target"] {
  if (!isRecord(value) || typeof value["url"] !== "string") return undefined;
  return { type: TARGET_TYPES.find((type) => type === value["type"]) ?? "other", url: value["url"] };
}

/** The function that called `new WebSocket`; lines and columns of a HAR count from 0. */
export function initiatorOf(value: unknown): Initiator | undefined {
  const stack = isRecord(value) && isRecord(value["stack"]) ? value["stack"] : undefined;
  const frames: unknown = stack?.["callFrames"];
  const frame: unknown = Array.isArray(frames) ? frames[0] : undefined;
  if (!isRecord(frame)) return undefined;
  return { functionName: textOf(frame["functionName"]), url: textOf(frame["url"]), line: (numberOf(frame["lineNumber"]) ?? 0) + 1, column: (numberOf(frame["columnNumber"]) ?? 0) + 1 };
}

/** How it closed, as HTTP Toolkit writes it; `time` in milliseconds since 1970. */
export function closeOf(value: unknown): { readonly closing: Closing | undefined; readonly time: number | undefined } | undefined {
  // There was no close frame (RFC 6455 §7.1.5).
  if (value === "aborted") return { closing: { code: 1006, reason: "", wasClean: false }, time: undefined };
  if (!isRecord(value)) return undefined;
  const code = numberOf(value["code"]);
  const timestamp = numberOf(value["timestamp"]);
  return {
    closing: code === undefined ? undefined : { code, reason: textOf(value["reason"]), wasClean: true },
    time: timestamp === undefined ? undefined : timestamp * 1000,
  };
}
