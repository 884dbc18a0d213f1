import type { Scalar } from "./schema.ts";

/** The well-known types as their JSON mapping tells them (protobuf.dev, "ProtoJSON"), and back. */

/** Messages of one value: `google.protobuf.StringValue` … */
export const WRAPPERS: Readonly<Partial<Record<string, Scalar>>> = {
  DoubleValue: "double", FloatValue: "float", Int64Value: "int64", UInt64Value: "uint64", Int32Value: "int32", UInt32Value: "uint32", BoolValue: "bool", StringValue: "string", BytesValue: "bytes",
};

/** Of the years 1 to 9999. */
const FIRST_SECOND = -62_135_596_800n;
const LAST_SECOND = 253_402_300_799n;
const MOST_DURATION = 315_576_000_000n;
const MOST_NANOS = 999_999_999;

/** RFC 3339 with as many of its nanoseconds as it has; undefined where it is no such time. */
export function timestampText(seconds: bigint, nanos: number): string | undefined {
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND || nanos < 0 || nanos > MOST_NANOS) return undefined;
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}${fraction(nanos)}Z`;
}

/** Seconds with a unit: `-1.5s`; undefined where it is no such span. */
export function durationText(seconds: bigint, nanos: number): string | undefined {
  const isNegative = seconds < 0n || nanos < 0;
  if ((isNegative && (seconds > 0n || nanos > 0)) || Math.abs(nanos) > MOST_NANOS || seconds > MOST_DURATION || seconds < -MOST_DURATION) return undefined;
  return `${isNegative ? "-" : ""}${seconds < 0n ? -seconds : seconds}${fraction(Math.abs(nanos))}s`;
}

function fraction(nanos: number): string {
  if (nanos === 0) return "";
  const digits = String(nanos).padStart(9, "0");
  return `.${digits.endsWith("000000") ? digits.slice(0, 3) : digits.endsWith("000") ? digits.slice(0, 6) : digits}`;
}

const TIMESTAMP = /^(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)$/;

/** Seconds and nanoseconds; undefined where the text is no timestamp. */
export function timestampOf(text: string): readonly [bigint, number] | undefined {
  const [, moment = "", digits = "", zone = ""] = TIMESTAMP.exec(text) ?? [];
  const milliseconds = Date.parse(`${moment}${zone}`.toUpperCase());
  return Number.isNaN(milliseconds) ? undefined : [BigInt(milliseconds / 1000), nanosOf(digits)];
}

const DURATION = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/;

export function durationOf(text: string): readonly [bigint, number] | undefined {
  const [all, sign = "", seconds = "", digits = ""] = DURATION.exec(text) ?? [];
  if (all === undefined) return undefined;
  const nanos = nanosOf(digits);
  return sign === "" ? [BigInt(seconds), nanos] : [-BigInt(seconds), nanos === 0 ? 0 : -nanos];
}

const nanosOf = (digits: string): number => Number(digits.padEnd(9, "0"));
