import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExportSource } from "../../../src/format/export-format.ts";
import { findAllSecrets, redactedSource } from "../../../src/format/redact/redacted-source.ts";
import { Redaction } from "../../../src/format/redact/redaction.ts";
import type { HttpExchange } from "../../../src/model/http-exchange.ts";
import { epochMilliseconds } from "../../../src/model/units.ts";
import { aConnection } from "../../model/a-connection.ts";
import { aSource } from "../a-source.ts";
import { processorTime } from "../../processor-time.ts";

const SECRET = "k7Yw3pQz/9LmN2xRtVb+8c==";
const MASK = /^‹token-1\*+›$/;

const answer = (body: string, change: Partial<HttpExchange> = {}): HttpExchange => ({
  method: "GET",
  url: "https://shop.test/start",
  requestHeaders: [],
  requestBody: null,
  status: 200,
  body,
  setCookies: [],
  finishedAt: epochMilliseconds(1),
  ...change,
});

/** Answers of a connection whose URL has a token, masked as an export has them, and how many places of secrets are counted in them. */
function bodies(secret: string, ...given: readonly (string | HttpExchange)[]) {
  const connection = aConnection({ url: `wss://shop.test/?token=${encodeURIComponent(secret)}` });
  const answers = given.map((one) => ({ type: "answer", connection: connection.id, exchange: typeof one === "string" ? answer(one) : one }) as const);
  const source = { ...aSource([connection]), answers };
  const masked = redactedSource(source, new Redaction()).answers.map(({ exchange }) => exchange);
  return { bodies: masked.map(({ body }) => body), masked, found: placesIn(source) - placesIn({ ...source, answers: [] }) };
}

function placesIn(source: ExportSource): number {
  const redaction = new Redaction();
  const looking = findAllSecrets(source, redaction);
  while (looking.next().done !== true);
  return redaction.counts().reduce((sum, { found }) => sum + found, 0);
}

const masked = (body: string, secret = SECRET): string => {
  const { bodies: [text = ""], found } = bodies(secret, body);
  expect(found).toBe(1);
  return text;
};

describe("what is a secret on a connection", () => {
  it("is masked in the JSON of the answer that gave it, whatever stands before it", () => {
    for (const document of [{ k: SECRET }, { data: [1_764_358_801, SECRET] }, { list: [SECRET], other: "any of them" }, ["a first text", SECRET, "another one"]]) {
      for (const indent of [0, 4]) {
        const text = masked(JSON.stringify(document, null, indent));
        const values = Object.values(JSON.parse(text) as object).flat() as unknown[];
        expect(values).toContainEqual(expect.stringMatching(MASK));
        expect(JSON.stringify(document, null, indent).replace(SECRET, "")).toBe(text.replace(/‹.*›/, ""));
      }
    }
  });

  it("is masked where it is written with escapes, or in a text of JSON in JSON", () => {
    const php = SECRET.replace("/", "\\/");
    const go = SECRET.replaceAll("=", "\\u003d").replace("+", "\\u002B");
    for (const body of [`{"data":{"k":"${php}"}}`, `["x","${go}"]`, JSON.stringify({ inner: `{"k":"${php}","n":1}` }), JSON.stringify({ inner: JSON.stringify({ k: SECRET }) }), `{"next":"/feed?k=${encodeURIComponent(SECRET)}"}`]) {
      const text = masked(body);
      JSON.parse(text);
      expect(text).toMatch(/‹token-1\*+›/);
      expect(text).not.toContain("9LmN2x");
    }
  });

  it("is masked however long it is", () => {
    const long = Array.from({ length: 300 }, (_, i) => "aZ3_"[(i * i) % 4]).join("");
    expect(masked(JSON.stringify({ list: [long] }), long)).toMatch(/^\{"list":\["‹token-1\*+›"\]\}$/);
    expect(masked(`var k = '${long}';`, long)).toMatch(/^var k = '‹token-1\*+›';$/);
  });

  it("is masked in answers that are no JSON", () => {
    for (const [before, after] of [["k=", ""], ["k=", "&x=1"], ["it's 5\" wide\nconst k = '", "'"], ['<meta name="k" content="', '">'], [")]}',\n[\"", '"]'], ["start({k:'", "'})"]] as const) {
      const text = masked(`${before}${SECRET}${after}`);
      expect(text.startsWith(before) && text.endsWith(after)).toBe(true);
      expect(text.slice(before.length, text.length - after.length)).toMatch(MASK);
    }
  });

  it("that is short or a number is masked alone, and leaves JSON valid", () => {
    expect(bodies("abcdefgh12", '{"a":"abcdefgh12","b":"xabcdefgh123","c":"x abcdefgh12."}').bodies).toEqual(['{"a":"‹token-1›","b":"xabcdefgh123","c":"x ‹token-1›."}'].map((text) => text.replaceAll("‹token-1›", "‹1***›")));
    const { bodies: [text = ""] } = bodies("918273645091", '{"k":918273645091,"n":9182736450911,"m":918273645091.5,"t":"918273645091"}');
    expect(JSON.parse(text)).toMatchObject({ k: expect.stringContaining("‹") as string, n: 9_182_736_450_911, m: 918_273_645_091.5, t: expect.stringContaining("‹") as string });
  });

  it("is masked in a request's body too, and what one answer names in all the others", () => {
    expect(bodies(SECRET, answer("", { requestBody: `x=${SECRET}` })).masked[0]?.requestBody).toMatch(/^x=‹token-1\*+›$/);
    const other = "q8Rt5vXz2LmN7pYwKd4s";
    expect(bodies(SECRET, JSON.stringify({ k: other }), JSON.stringify({ access_token: other })).bodies).toEqual(['{"k":"‹token-2*******›"}', '{"access_token":"‹token-2*******›"}']);
  });

  it("leaves all that it does not stand in as it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary-ascii" }), fc.array(fc.constantFrom('"', "\\", "\\u00", "%", "%4", "k7Yw3pQz", ",", "ü", "'"), { maxLength: 20 }).map((pieces) => pieces.join(""))), (text) => {
        expect(bodies(SECRET, text).bodies).toEqual([new Redaction().text(text)]);
      }),
    );
  });

  it("is found wherever it stands between any others", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(SECRET, SECRET.replace("/", "\\/"), '"', "\\", "%", " ", SECRET.slice(0, 9), "ü"), { maxLength: 20 }), (pieces) => {
        const [text = ""] = bodies(SECRET, pieces.map((piece) => `${piece} `).join("")).bodies;
        expect(text).not.toContain(SECRET);
        expect(text).not.toContain(SECRET.replace("/", "\\/"));
      }),
    );
  });
});

it("many secrets that are alike are looked for in one pass", () => {
  const part = "k7Yw3pQz";
  const alike = (n: number): string => part.repeat(20 + (n % 50)) + String(n);
  const requestBody = JSON.stringify(Array.from({ length: 2000 }, (_, n) => ({ token: alike(n) })));
  const [before, after] = [part.repeat(60_000), "\\".repeat(100_000)];
  const spent = processorTime(() => {
    const { bodies: [body = ""] } = bodies(SECRET, answer(`${before} ${alike(7)} ${after}`, { requestBody }));
    expect(body).toMatch(/ ‹token-9\*+› /);
    expect(body.startsWith(before) && body.endsWith(after)).toBe(true);
  });
  // A look for each of them takes ten minutes.
  expect(spent).toBeLessThan(10_000);
});
