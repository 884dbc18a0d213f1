import { say, type Said } from "../model/said.ts";
import type { Read } from "./query.ts";

/** Flags that change what matches; `d`, `g` and `y` only change what the search reports and where it begins. */
const KNOWN_FLAGS = "imsuv";

/** Splits `/source/flags`, as the grammar's token has it, and tries whether JavaScript takes it. */
export function readPattern(token: string): Read<{ source: string; flags: string }> {
  const close = token.lastIndexOf("/");
  const source = token.slice(1, close);
  const flags = token.slice(close + 1);
  const problem = patternProblem(source, flags);
  return problem === undefined ? { value: { source, flags } } : { problem };
}

function patternProblem(source: string, flags: string): Said | undefined {
  const letters = flags.split("");
  const wrong = letters.find((flag, place) => !KNOWN_FLAGS.includes(flag) || flags.indexOf(flag) !== place);
  if (wrong !== undefined) {
    return say("query.unknown-flag", { flag: wrong, flags: KNOWN_FLAGS.split("") });
  }
  try {
    RegExp(source, flags);
    return undefined;
  } catch (error) {
    // V8 says `Invalid regular expression: /a(/: Unterminated group`; the last part is what the user needs.
    const text = error instanceof Error ? error.message : String(error);
    return say("query.bad-pattern", { why: text.slice(text.lastIndexOf(": ") + 2) });
  }
}

/**
 * Finds a text, upper and lower case alike: two characters are the same where Unicode's simple case folding makes them
 * so (the `i` and `u` flags). This is what "upper and lower case alike" means everywhere in the filter language.
 */
export function textPattern(text: string): RegExp {
  return new RegExp(escapePattern(text), "iu");
}

/** Under the `u` flag only syntax characters may be escaped, so just those are. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
