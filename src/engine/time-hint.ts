/** The years 2001 to 2100, in seconds since 1970. */
const FIRST_SECOND = 1e9;
const LAST_SECOND = 4.1e9;

/** What a key ends in that names a moment; a unit may follow. */
const MOMENTS: ReadonlySet<string> = new Set([
  "ts", "time", "times", "timestamp", "timestamps", "date", "dates", "datetime", "epoch", "at", "when", "since", "until", "deadline",
  "created", "updated", "modified", "expires", "expiry", "expiration",
]);
/** Keys that are moments as they stand (RFC 7519 §4.1), and mean something else at the end of others. */
const WHOLE_KEYS: ReadonlySet<string> = new Set(["exp", "iat", "nbf"]);
const UNITS: ReadonlySet<string> = new Set(["s", "sec", "secs", "second", "seconds", "ms", "msec", "millis", "millisecond", "milliseconds", "us", "micros", "microsecond", "microseconds", "ns", "nanos", "nanosecond", "nanoseconds", "utc", "unix"]);

/** How many of a unit are a second, from seconds to nanoseconds. */
const IN_A_SECOND = [1, 1e3, 1e6, 1e9] as const;

/**
 * A number read as a time, where its key says that it is one and its size is that of seconds, milliseconds, microseconds or
 * nanoseconds since 1970; null for any other: an id or a quantity may be as large.
 */
export function timeHint(key: string, literal: string): string | null {
  if (!isMoment(key)) return null;
  const value = Number(literal);
  const unit = IN_A_SECOND.find((one) => value >= FIRST_SECOND * one && value < LAST_SECOND * one);
  return unit === undefined ? null : momentText((value / unit) * 1000);
}

/** A moment that a hint tells, in milliseconds since 1970. */
export const momentText = (milliseconds: number): string => new Date(milliseconds).toISOString().replace("T", " ");

/** `created_at`, `eventTime`, `TS`, `time-ms`; not `runtime`, `expires_in`, `time_count`. */
function isMoment(key: string): boolean {
  if (key.length > LONGEST_KEY) return false;
  const words = key
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== "");
  if (words.length === 1 && WHOLE_KEYS.has(words[0] ?? "")) return true;
  while (words.length > 1 && UNITS.has(words.at(-1) ?? "")) words.pop();
  return MOMENTS.has(words.at(-1) ?? "");
}

const LONGEST_KEY = 64;
