import { exchangeOf, type Connection } from "../../model/connection.ts";
import { headerValues } from "../../model/headers.ts";
import { say, type Said } from "../../model/said.ts";
import type { FrameIndex } from "../../model/units.ts";
import type { Gathered } from "./rule.ts";

/** Codes that a browser sends for no page, which may close with 1000 and 3000 to 4999, and never by itself (RFC 6455 §7.4.1). */
const NEVER_A_BROWSERS: ReadonlySet<number> = new Set([1003, 1008, 1011, 1012, 1013, 1014]);

/** Who began to close a connection, and the row that shows it; undefined where that is not sure. */
export function closerOf({ connection, closeFrames }: Gathered, code: number): { readonly said: Said; readonly frame?: FrameIndex } | undefined {
  if (closeFrames !== undefined) {
    const { first, direction, isAnswered } = closeFrames;
    return isAnswered ? { said: say("findings.closed-first", { way: direction, frame: first + 1 }), frame: first } : undefined;
  }
  return NEVER_A_BROWSERS.has(code) && isBrowsers(connection) ? { said: say("findings.closed-by-server") } : undefined;
}

/** Every browser calls itself so, for the sake of old servers. */
const isBrowsers = (connection: Connection): boolean => headerValues(exchangeOf(connection).requestHeaders, "user-agent").some((name) => name.startsWith("Mozilla/"));
