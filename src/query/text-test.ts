import { escapePattern } from "./pattern.ts";
import type { FieldValue } from "./query.ts";

/** Whether a text is what a field's value asks for. */
export interface TextTest {
  test(text: string): boolean;
  /** It runs a pattern of the user's, so only where it can be ended. */
  readonly isPattern: boolean;
}

/** The whole text is the value (with `*` in a bare one for any run of characters), or the pattern matches it. */
export const wholeText = (value: FieldValue): TextTest => textTest(value, true);

/** The text holds the value, or the pattern matches it. */
export const heldText = (value: FieldValue): TextTest => textTest(value, false);

function textTest(value: FieldValue, isWhole: boolean): TextTest {
  if (value.kind === "pattern") {
    const pattern = new RegExp(value.source, value.flags);
    return { test: (text) => pattern.test(text), isPattern: true };
  }
  const parts = value.kind === "bare" ? value.text.split(/\*+/u) : [value.text];
  return { test: isWhole ? wildcardTest(parts) : wildcardTest(["", ...parts, ""]), isPattern: false };
}

/**
 * Whether a text is `parts` in their order, with anything between them, upper and lower case alike. Looks for each part
 * once, from where the last one ended: as one pattern, many stars could take time beyond any bound.
 */
function wildcardTest(parts: readonly string[]): (text: string) => boolean {
  const [first = "", ...rest] = parts.map(escapePattern);
  const lastPart = rest.pop();
  if (lastPart === undefined) {
    const whole = new RegExp(`^${first}$`, "iu");
    return (text) => whole.test(text);
  }
  const begin = new RegExp(first, "iuy");
  const middle = rest.filter((part) => part !== "").map((part) => new RegExp(part, "giu"));
  const end = new RegExp(`${lastPart}$`, "giu");
  return (text) => {
    let at = 0;
    for (const part of [begin, ...middle, end]) {
      part.lastIndex = at;
      if (!part.test(text)) return false;
      at = part.lastIndex;
    }
    return true;
  };
}
