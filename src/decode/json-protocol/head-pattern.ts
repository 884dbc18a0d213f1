/** What the head of a JSON text must be like. */
export interface HeadPattern {
  /** One of these stands in each text that it is true of: see `Decoder.marks`. */
  readonly marks: readonly string[];
  test(head: string): boolean;
}

/**
 * A text that begins like one of these regular expressions, written without spaces; a text with spaces behind colons and
 * commas, as some languages write them, is alike. `…` is anything. Outside of groups each must have a word of its own, by
 * which most texts are told from it at once.
 */
export function headPattern(...heads: readonly string[]): HeadPattern {
  const patterns = heads.map((head) => head.replaceAll('":', '" ?: ?').replaceAll(",", ", ?").replaceAll("…", ".*"));
  const pattern = new RegExp(`^\\s*(?:${patterns.join("|")})`, "s");
  return { marks: heads.map(markOf), test: (head) => pattern.test(head) };
}

/** The longest word, with its quotes where it has them: the longer, the rarer. */
function markOf(head: string): string {
  let plain = head;
  for (let before = ""; before !== plain; ) {
    before = plain;
    plain = plain.replaceAll(/\((?:[^()\\]|\\.)*\)[?*+]?/g, " ");
  }
  const words = plain.replaceAll(/\\.|\[(?:[^\]\\]|\\.)*\]/g, " ").match(/"?\w+"?/g) ?? [];
  const [mark = ""] = words.toSorted((a, b) => b.length - a.length);
  if (mark.length < 3) throw new Error(`This pattern has no word outside of groups: ${head}`);
  return mark;
}
