import fc from "fast-check";
import { expect, it } from "vitest";
import { CountedNames } from "../../../src/engine/findings/gather/counted-names.ts";

const COUNTED = ["seqId", "prevSeqId", "seq", "sequence", "offset", "U", "u", "pu", "s"];
const STREAM = ["s", "sym", "channel", "instId"];

/** The same by regular expressions. */
function naive(text: string): { readonly key: string; readonly name: string; readonly before: number; readonly number: number } | undefined {
  const numbers = [...text.matchAll(new RegExp(`"(${COUNTED.join("|")})"\\s*:\\s*"?(\\d{1,16})(?![\\d.eE])`, "g"))].map(([, key = "", digits]) => ({ key, number: Number(digits) })).filter(({ number }) => Number.isSafeInteger(number));
  const name = [...text.matchAll(new RegExp(`"(${STREAM.join("|")})"\\s*:\\s*"([^"]{1,64})"`, "g"))].map(([, , value]) => value).join(" ");
  const last = (...keys: readonly string[]) => numbers.findLast(({ key }) => keys.includes(key));
  const [u, previous, first] = [last("u", "seqId"), last("pu", "prevSeqId"), last("U")];
  if (u !== undefined && previous !== undefined) return { key: previous.key, name, before: previous.number, number: u.number };
  if (u !== undefined && first !== undefined) return { key: "u", name, before: first.number - 1, number: u.number };
  const plain = numbers.filter(({ key }) => !["u", "seqId", "pu", "prevSeqId", "U"].includes(key));
  const counted = plain.find(({ key }) => key !== "s") ?? plain.at(-1);
  if (counted !== undefined && (counted.key !== "s" || u?.key !== "u")) return { key: counted.key, name, before: counted.number - 1, number: counted.number };
  return u?.key === "u" ? { key: "u", name, before: u.number - 1, number: u.number } : undefined;
}

const anyValue = fc.oneof(fc.nat(), fc.nat().map(String), fc.constantFrom(1.5, 1e21, 9_007_199_254_740_991, "", "BTC-USD", "東京", "x".repeat(65), "seq", null), fc.record({ seq: fc.nat() }));
const anyMessage = fc.array(fc.tuple(fc.constantFrom(...COUNTED, ...STREAM, "px", "text"), anyValue), { maxLength: 6 }).map((entries) => `{${entries.map(([key, value]) => `"${key}":${JSON.stringify(value)}`).join(",")}}`);

it("what counts messages is found in bytes as regular expressions find it in text, whole, spaced or cut", () => {
  const names = new CountedNames([...COUNTED, ...STREAM]);
  fc.assert(
    fc.property(anyMessage, fc.boolean(), fc.nat(200), (json, isSpaced, length) => {
      const text = (isSpaced ? json.replaceAll(":", " : ") : json).slice(0, length);
      const bytes = new TextEncoder().encode(text);
      expect(names.read(bytes, 0, bytes.length, true)).toEqual(naive(text));
    }),
    { numRuns: 500 },
  );
});

it("and in one message after another, where they stand as in the one before and where they do not", () => {
  const value = fc.oneof(fc.nat().map(String), fc.nat().map((number) => `"${number}"`), fc.constantFrom("1.5", '"BTC-USD"', '"ETH"', '""', '"seq"', '"seq":7', "null", '{"seq":3}'));
  const form = fc.array(fc.tuple(fc.constantFrom(...COUNTED, ...STREAM, "px"), fc.constantFrom("", " ")), { minLength: 1, maxLength: 5 });
  const messages = fc.array(form, { minLength: 1, maxLength: 2 }).chain((forms) => fc.array(fc.constantFrom(...forms).chain((keys) => fc.tuple(fc.tuple(...keys.map(([key, space]) => value.map((text) => `"${key}"${space}:${space}${text}`))), fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(20) }))), { maxLength: 60 }));
  fc.assert(
    fc.property(messages, (all) => {
      const names = new CountedNames([...COUNTED, ...STREAM]);
      for (const [entries, cut] of all) {
        const whole = `{${entries.join(",")}}`;
        const text = whole.slice(0, Math.max(0, whole.length - cut));
        // Another message stands behind it, as in a page.
        const bytes = new TextEncoder().encode(`"seq":${text},"seq":9,":`);
        expect(names.read(bytes, 6, 6 + text.length, false)).toEqual(new CountedNames([...COUNTED, ...STREAM]).read(new TextEncoder().encode(text), 0, text.length, true));
      }
    }),
    { numRuns: 300 },
  );
});
