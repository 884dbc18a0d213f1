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
      expect(names.read(bytes, bytes.length, true)).toEqual(naive(text));
    }),
    { numRuns: 500 },
  );
});
