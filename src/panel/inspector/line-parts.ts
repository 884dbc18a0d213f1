/** A stretch of a line that is drawn alike. */
export interface LinePart {
  readonly from: number;
  readonly text: string;
  /** Its class; null for what has none. */
  readonly colour: string | null;
  readonly isFound: boolean;
}

/**
 * A string with the colon that makes it a key, a number, a literal. Each alternative takes at least one character and none
 * backtracks into another, so the scan is linear.
 */
const TOKEN = /"(?:[^"\\]|\\[^])*(?:"(\s*:)?|$)|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

/** Of a string that began on the line before. */
const REST = /^(?:[^"\\]|\\[^])*"?/;

/** `rest`: it goes on with what the line before it began, which of pretty JSON can only be a string, or a very long number. */
export type LineOf = "text" | "json" | "rest of json";

/** A line back to back: coloured as JSON where it is that, and with what is sought marked, whatever its case. */
export function lineParts(text: string, of: LineOf, sought: string): readonly LinePart[] {
  const found = placesOf(text, sought);
  const parts: LinePart[] = [];
  const add = (from: number, to: number, colour: string | null): void => {
    for (let at = from; at < to; ) {
      const mark = found.find((place) => place + sought.length > at);
      const isFound = mark !== undefined && mark <= at;
      const end = Math.min(to, mark === undefined ? to : isFound ? mark + sought.length : mark);
      parts.push({ from: at, text: text.slice(at, end), colour, isFound });
      at = end;
    }
  };
  let at = 0;
  if (of === "rest of json") {
    at = REST.exec(text)?.[0].length ?? 0;
    add(0, at, "json-string");
  } else if (of === "json") {
    for (const match of text.matchAll(TOKEN)) {
      const colon = match[1]?.length ?? 0;
      const end = match.index + match[0].length - colon;
      add(at, match.index, null);
      add(match.index, end, colourOf(match[0], colon > 0));
      at = end;
    }
  }
  add(at, text.length, null);
  return parts;
}

/** The same parts, with a place between two of them wherever something begins or ends. */
export function cutParts(parts: readonly LinePart[], places: readonly number[]): readonly LinePart[] {
  return places.reduce<readonly LinePart[]>(
    (all, place) =>
      all.flatMap((part) => {
        const within = place - part.from;
        return within <= 0 || within >= part.text.length ? [part] : [{ ...part, text: part.text.slice(0, within) }, { ...part, from: place, text: part.text.slice(within) }];
      }),
    parts,
  );
}

function colourOf(token: string, isKey: boolean): string {
  if (token.startsWith('"')) return isKey ? "json-key" : "json-string";
  return /[a-z]/.test(token[0] as string) ? "json-literal" : "json-number";
}

function placesOf(text: string, sought: string): readonly number[] {
  if (sought === "") return [];
  const places: number[] = [];
  const [all, one] = [text.toLowerCase(), sought.toLowerCase()];
  // A letter whose lower case is longer moves what stands behind it.
  if (all.length !== text.length || one.length !== sought.length) return [];
  for (let at = all.indexOf(one); at >= 0; at = all.indexOf(one, at + one.length)) places.push(at);
  return places;
}
