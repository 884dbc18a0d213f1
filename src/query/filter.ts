/** What the filter box asks for. */
export type Filter =
  | { readonly kind: "everything" }
  /** Rows whose text holds `text`, upper and lower case alike. */
  | { readonly kind: "text"; readonly text: string }
  /** Rows whose text the pattern matches. */
  | { readonly kind: "pattern"; readonly source: string; readonly flags: string };

export type ParsedFilter =
  | { readonly filter: Filter }
  | { readonly problem: { readonly message: string; readonly from: number; readonly to: number } };

/** Flags that change what matches; `g` and `y` only change where the next search begins. */
const PATTERN = /^\/(.+)\/([a-z]*)$/su;
const KNOWN_FLAGS = "imsuv";

/**
 * Reads the filter box: nothing, plain text, or `/pattern/flags` in JavaScript's syntax. A text that merely begins with
 * a slash (a path) is plain text.
 */
export function parseFilter(input: string): ParsedFilter {
  const text = input.trim();
  if (text === "") return { filter: { kind: "everything" } };
  const start = input.indexOf(text);
  const pattern = PATTERN.exec(text);
  if (pattern === null) return { filter: { kind: "text", text } };
  const [, source = "", flags = ""] = pattern;
  const unknown = flags.split("").find((flag, place) => !KNOWN_FLAGS.includes(flag) || flags.indexOf(flag) !== place);
  if (unknown !== undefined) {
    const from = start + source.length + 2;
    return {
      problem: {
        message: `“${unknown}” is no flag of a filter pattern, or stands twice. Known flags: ${KNOWN_FLAGS.split("").join(", ")}.`,
        from,
        to: from + flags.length,
      },
    };
  }
  const problem = patternProblem(source, flags);
  return problem === undefined
    ? { filter: { kind: "pattern", source, flags } }
    : { problem: { message: problem, from: start + 1, to: start + 1 + source.length } };
}

function patternProblem(source: string, flags: string): string | undefined {
  try {
    RegExp(source, flags);
    return undefined;
  } catch (error) {
    return patternError(error);
  }
}

/** V8 says `Invalid regular expression: /a(/: Unterminated group`; the last part is what the user needs. */
function patternError(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const reason = text.slice(text.lastIndexOf(": ") + 2);
  return `This pattern is not valid: ${reason}.`;
}
