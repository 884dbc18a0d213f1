import fc from "fast-check";
import type { FieldValue, PathStep, Query, ValueTest } from "../../src/query/query.ts";

/** Queries as a person could have typed them: what `parseQuery` can answer, and nothing else. */
const PATTERNS = [
  { source: "px", flags: "" },
  { source: "^a", flags: "i" },
  { source: "x$", flags: "m" },
  { source: "a.*b", flags: "s" },
  { source: "[/)\"]", flags: "" },
  { source: "(?:)", flags: "" },
  { source: String.raw`\bk\b`, flags: "iu" },
];
const pattern = fc.constantFrom(...PATTERNS);

const bare = (...texts: string[]): fc.Arbitrary<FieldValue> => fc.constantFrom(...texts).map((text) => ({ kind: "bare", text }));
const textValue: fc.Arbitrary<FieldValue> = fc.oneof(
  bare("a", "trade", "px", "*", "*.example.com", "localhost", "/ticker", "f*d*/T", "json", "worker", "K", "sſ", "v12.*", "s*w", "text"),
  fc.constantFrom("", "a", "a*", "service worker", 'q"\\', "Straße").map((text) => ({ kind: "quoted", text }) as const),
  fc.constantFrom(...PATTERNS.filter(({ source }) => !/[\s]/.test(source))).map((one) => ({ kind: "pattern", ...one }) as const),
);

const VALUES: Readonly<Record<string, fc.Arbitrary<FieldValue>>> = {
  is: bare("sent", "received", "text", "binary", "error", "open", "close", "handshake", "navigation", "request", "answer", "unanswered", "pinned", "heartbeat", "json"),
  from: bare("you", "page", "rule", "import"),
  conn: bare("1", "#2", ">1", "1..2", "..2"),
  opcode: bare("1", "text", "binary", "0xa", "8"),
  size: bare(">1kb", "0", "2..4k", "<=5", ">=3b", "..2kib", "=4"),
  latency: bare(">100ms", "<5", "1s..5s", "100..", "0"),
  near: bare("#2±1", "3+-1", "#9", "1±0"),
  last: bare("5s", "1m30s", "20s", "1h"),
  time: bare("10s..20s", ">9500ms", "<=10s", "last:5s", ">0:59:59", "0:59:55..1:00:05", "1:00:01..0:59:58"),
};

const field = fc.oneof(
  fc.constantFrom("url", "host", "target", "protocol", "type", "topic", "id").chain((name) => textValue.map((value) => ({ kind: "field", name, value }) as const)),
  fc.constantFrom(...Object.keys(VALUES)).chain((name) => (VALUES[name] ?? textValue).map((value) => ({ kind: "field", name, value }) as const)),
);

const step: fc.Arbitrary<PathStep> = fc.oneof(
  fc.record({ kind: fc.constant("key" as const), key: fc.constantFrom("px", "px", "a", "b c", ",", 'k"', "é", "__proto__", "id", ""), deep: fc.boolean() }),
  fc.record({ kind: fc.constant("index" as const), index: fc.integer({ min: -2, max: 2 }), deep: fc.boolean() }).map((one) => ({ ...one, index: one.index + 0 })),
  fc.record({ kind: fc.constant("every" as const), deep: fc.boolean() }),
);

const string = fc.constantFrom("a", "px", "5", "Straße", "k", "S", 'q"\\', ",", "").map((text) => ({ kind: "string", text }) as const);
const number = fc.constantFrom("0", "5", "-1.5", "64000", ".5", "1e21", "12345678901234567", "12345678901234568").map((text) => ({ kind: "number", text: text.startsWith(".") ? `0${text}` : text }) as const);
const literal = fc.constantFrom(true, false, null).map((value) => ({ kind: "literal", value }) as const);

const valueTest: fc.Arbitrary<ValueTest> = fc.oneof(
  fc.record({ operator: fc.constantFrom("=" as const, "!=" as const), operand: fc.oneof(string, number, literal) }),
  fc.record({ operator: fc.constantFrom("<" as const, "<=" as const, ">" as const, ">=" as const), operand: fc.oneof(string, number) }),
  fc.record({ operator: fc.constant("~" as const), operand: string }),
  fc.record({ operator: fc.constant("~" as const), operand: pattern.map((one) => ({ kind: "pattern", ...one }) as const) }),
);

const leaf: fc.Arbitrary<Query> = fc.oneof(
  fc.constantFrom("a", "px", "K", "s", "straße", "汉", "😀", "AND", "-x", ".px", "is:sent", "(", 'say "b"', "\\", "/a/", "\uFFFD", "b c", "ticker").map((text) => ({ kind: "text", text }) as const),
  pattern.map((one) => ({ kind: "pattern", ...one }) as const),
  field,
  fc.record({ kind: fc.constant("value" as const), path: fc.array(step, { minLength: 1, maxLength: 3 }), test: fc.option(valueTest) }),
);

export const madeQuery: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3, depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("query"), { minLength: 2, maxLength: 3 }).map((parts) => flat("and", parts)),
    fc.array(tie("query"), { minLength: 2, maxLength: 3 }).map((parts) => flat("or", parts)),
    tie("query").map((part) => ({ kind: "not", part }) as const),
  ),
})).query;

/** `(a b) c` is read as `a b c`. */
function flat(kind: "and" | "or", parts: readonly Query[]): Query {
  return { kind, parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])) };
}
