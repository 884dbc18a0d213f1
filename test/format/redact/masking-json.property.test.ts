import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Redaction } from "../../../src/format/redact/redaction.ts";

const mask = (text: string): string => {
  const bytes = Buffer.from(text);
  const masked = Buffer.from(new Redaction().bytes(bytes, true));
  expect(masked.length).toBe(bytes.length);
  return masked.toString();
};

/** What finds begins, ends or breaks off in: of any of it, a string may be made. */
const PIECES = [
  "?token=", "&password=", "x?password=", "secret=", "?token='", "password='", "'", '"', '\\"', "\\", "\\\\", "=", "&", "#", ",", ":", "}", "]", "{", "[", " ", "/", "\\/", "\n", "\r\n", "\0", "\t", "é", "😀",
  '"password":', '"otp":12.5', '"otp":', '"token":["', "passcode:guest", "\npassword:hunter two", "\nAuthorization: Bearer abcdefghij0123456789/+x==", "a", "b.c", "hunter2", "ada@mail.example", "a@b.co", "@b.co", "n", "u0041", "wss://me:pw@x.test/", "://",
  "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVm", "eyJ", "eyJhbGciOi.", "ghp_0123456789abcdefghijABCDEFGHIJ012345", "npm_0123456789abcdefghijABCDEFGHIJ012345", "rk_live_0123456789abcdefghAB", "4242424242424242", "4242 4242 4242 4242", ",4242424242424242,", "[4242424242424242,1]", "-", ".5", "12",
];
const text = fc.array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PIECES) }, { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 3 }) }), { maxLength: 8 }).map((pieces) => pieces.join("").toWellFormed());
const key = fc.oneof(fc.constantFrom("password", "name", "value", "otp", "token", "apiKey", "card", "pan", "id", "data", "url"), text);
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constantFrom(4_242_424_242_424_242, 12.5, -0.5, 1e30, 5e-7));
const { document } = fc.letrec<{ document: unknown }>((tie) => ({
  document: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    number,
    fc.constantFrom(null, true),
    fc.array(tie("document"), { maxLength: 4 }),
    fc.dictionary(key, tie("document"), { maxKeys: 4 }),
    tie("document").map((inner) => JSON.stringify(inner)),
  ),
}));

/** Ways in which JSON is written. */
const writing = fc.constantFrom<(value: unknown) => string>(
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, null, 1),
  (value) => JSON.stringify(value, null, "\t").replaceAll("\n", "\r\n"),
  (value) => JSON.stringify(value).replaceAll("/", "\\/"),
  (value) => JSON.stringify(value).replace(/[&<>\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`),
  (value) => `42${JSON.stringify(["event", value])}`,
);

/** Whether what contains what is as it was: of keys and values alone that they are there, of texts of JSON what they contain. */
function hasShapeOf(before: unknown, after: unknown): boolean {
  if (typeof before === "string" && typeof after === "string") {
    // Masked as a whole, or no container.
    if (!/^\s*[[{]/.test(before) || /^[‹*]/.test(after) || before === after) return true;
    const inner = parsed(before);
    return inner === undefined || hasShapeOf(inner, parsed(after));
  }
  if (typeof before !== "object" || before === null) return typeof after !== "object" || after === null;
  if (typeof after !== "object" || after === null || Array.isArray(before) !== Array.isArray(after)) return false;
  const [mine, its] = [Object.values(before), Object.values(after)];
  return mine.length === its.length && mine.every((one, i) => hasShapeOf(one, its[i]));
}

function parsed(json: string): unknown {
  try {
    return parse(json);
  } catch {
    return undefined;
  }
}

/** Keys that become alike would be one: each key has its place before it. */
const parse = (json: string): unknown => {
  let keys = 0;
  return JSON.parse(json.replace(/^42(?=\[)/, "").replace(/"(?:[^"\\]|\\.)*"(\s*:)?/gs, (whole, colon?: string) => (colon === undefined ? whole : `"${keys++} ${whole.slice(1)}`)));
};

describe("masking valid JSON", () => {
  it("leaves valid JSON of the same shape, also in the texts of JSON within it", () => {
    fc.assert(
      fc.property(document, writing, (value, write) => {
        const before = write(value);
        const after = mask(before);
        expect(hasShapeOf(parse(before), parse(after)), `${before}\n${after}`).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it("leaves nothing of a secret that is placed in it", () => {
    const place = fc.constantFrom<(secret: string) => unknown>(
      (secret) => ({ password: secret }),
      (secret) => ({ a: [{ new_password: ["x", secret] }] }),
      (secret) => ({ headers: [{ name: "X-Api-Key", value: secret }] }),
      (secret) => ({ data: JSON.stringify([{ value: secret, key: "password" }], null, 2) }),
      (secret) => ({ data: JSON.stringify({ apiKey: secret }) }),
      (secret) => ({ data: JSON.stringify([JSON.stringify({ passwd: secret })]) }),
      (secret) => [`CONNECT\naccept-version:1.2\npasscode:${secret.replaceAll(/[\s\0]/g, "")}\n\n\0`],
      (secret) => JSON.stringify([`CONNECT\npasscode:${secret.replaceAll(/[\s\0]/g, "")}\n\n\0`]),
    );
    const secret = fc.tuple(text, text).map(([before, after]) => `${before}S3cr3tWord${after}`);
    fc.assert(
      fc.property(document, document, place, secret, writing, (one, other, within, planted, write) => {
        expect(mask(write([one, within(planted), other]))).not.toContain("S3cr3tWord");
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['{"a":"?token=","id":7}', '{"a":"?token=","id":7}'],
    ['{"a":"x?password="}', '{"a":"x?password="}'],
    ['{"secret":12.5,"otp":-1e-7}', '{"secret":"**","otp":"***"}'],
    [`{"a":"it's password='abc","b":"c"}`, `{"a":"it's password='***","b":"c"}`],
    [`{"a":"password='ab c' d"}`, `{"a":"password='****' d"}`],
    ['{"a":"<x password=\\"a b\\">"}', '{"a":"<x password=\\"***\\">"}'],
    ['{"a":"\\nada@mail.example"}', '{"a":"\\n‹email-1***›"}'],
    ['a["CONNECT\\npasscode:guest\\n\\n\\u0000"]', 'a["CONNECT\\npasscode:*****\\n\\n\\u0000"]'],
    ['{"u":"wss:\\/\\/x\\/?room=1\\u0026access_token=ab\\/cdefgh\\u0026x=1"}', '{"u":"wss:\\/\\/x\\/?room=1\\u0026access_token=‹1***›\\u0026x=1"}'],
    ['{"card":\n 4242424242424242\n}', '{"card":\n "‹card-1**›"\n}'],
  ])("%s", (before, after) => {
    expect(mask(before)).toBe(after);
  });
});

it("JSON in a binary message is looked through as text is", () => {
  const bytes = Buffer.from('{"password":"grün und blau und rot"}');
  expect(Buffer.from(new Redaction().bytes(bytes, false)).toString()).toBe('{"password":"‹password-1******›"}');
});
