import fc from "fast-check";

/** JSON as any writer may write it: numbers of any length, keys that come again, escapes where none are needed. */
export interface WrittenJson {
  readonly text: string;
  /** What `entriesOf` says of it. */
  readonly entries: readonly string[];
}

/** Of any length up to the longest as often as of another: by itself, fast-check makes short texts. */
const digits = (longest: number): fc.Arbitrary<string> => fc.array(fc.nat(9), { minLength: 1, maxLength: longest, size: "max" }).map((all) => all.join(""));
const whole = fc.oneof(digits(20), digits(320)).map((all) => all.replace(/^0+(?=.)/, ""));
const part = (longest: number, of: (all: string) => fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(""), digits(longest).chain(of));
const literal = fc.tuple(fc.constantFrom("", "-"), whole, part(30, (all) => fc.constant(`.${all}`)), part(5, (all) => fc.constantFrom("e", "E+", "e-").map((sign) => `${sign}${all}`))).map((parts) => parts.join(""));
const string = fc.array(fc.constantFrom("a", "é", "汉", "😀", String.raw`\n`, String.raw`\"`, String.raw`\\`, String.raw`\/`, String.raw`\u0041`, String.raw`\ud800`, "}", ":", ","), { maxLength: 6 }).map((parts) => `"${parts.join("")}"`);
const space = fc.constantFrom("", " ", "\n\t", "\r\n  ");
const key = fc.oneof(fc.constantFrom('"a"', '"b"', '"1"', '"__proto__"', '""', String.raw`"\u0061"`), string);
const scalar = fc.oneof(literal, string, fc.constantFrom("true", "false", "null")).map((text): WrittenJson => ({ text, entries: [text] }));
export const anyWrittenJson = fc.letrec<{ value: WrittenJson }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }).chain((values) =>
      space.map((gap): WrittenJson => ({ text: `[${gap}${values.map(({ text }) => text).join(`${gap},${gap}`)}${gap}]`, entries: [`[${values.length}`, ...values.flatMap(({ entries }) => entries)] })),
    ),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 5 }).chain((pairs) =>
      space.map((gap): WrittenJson => ({
        text: `{${gap}${pairs.map(([name, { text }]) => `${name}${gap}:${gap}${text}`).join(`${gap},`)}${gap}}`,
        entries: [`{${pairs.length}`, ...pairs.flatMap(([name, { entries: [first, ...rest] }]) => [`${JSON.parse(name)}: ${first}`, ...rest])],
      })),
    ),
  ),
})).value;
