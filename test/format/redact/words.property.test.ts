import fc from "fast-check";
import { expect, it } from "vitest";
import { findSecrets } from "../../../src/format/redact/find-secrets.ts";
import { isOfWords } from "../../../src/format/redact/words.ts";
import { processorTime } from "../../processor-time.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const drawnFrom = (letters: string): fc.Arbitrary<string> =>
  // As a generator draws them: short ones and those of few letters are no likelier than any.
  fc.array(fc.noBias(fc.nat({ max: 0xff_ff_ff })), { minLength: 20, maxLength: 64, size: "max" }).map((draws) => draws.map((draw) => letters[draw % letters.length]).join(""));

const WORDS = ["game", "state", "round", "of", "candles", "BTCUSDT", "ETHBTC", "user", "settings", "theme", "orderBook", "PlayersOnline", "eu", "west", "a", "id", "strengths", "rhythm", "notifications", "waitingForPlayers", "v2", "x64", "round3", "mp3"];
const words = fc.tuple(fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...WORDS) }, fc.nat().map(String), fc.constantFrom("1m", "15min", "100ms", "2nd", "20241129")), { minLength: 2, maxLength: 12 }), fc.constantFrom("_", "-", ":", ".", "/", "::", "%3A"));

it.each([
  ["base62", LETTERS + DIGITS],
  ["base64url", `${LETTERS}${DIGITS}-_`],
  ["hex", `${DIGITS}abcdef`],
])("what is drawn by lot in %s is found under a name that says little", (_, letters) => {
  fc.assert(
    fc.property(drawnFrom(letters), fc.constantFrom("state", "key", "code", "token"), (secret, name) => {
      // One in thousands has too few different ones, or no digit.
      fc.pre(new Set(secret).size >= 10 && /\d/.test(secret) && /[A-Za-z]/.test(secret));
      const text = JSON.stringify({ [name]: secret });
      expect(findSecrets(Buffer.from(text)).map(({ from, to }) => text.slice(from, to))).toEqual([secret]);
    }),
    // One in a hundred thousand of those of twenty letters is taken for words.
    { numRuns: 1000, seed: 20 },
  );
});

it("words and numbers that are joined never are", () => {
  fc.assert(
    fc.property(words, fc.constantFrom("state", "key", "code", "token"), ([parts, between], name) => {
      expect(findSecrets(Buffer.from(JSON.stringify({ [name]: parts.join(between) })))).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

it("takes any text, and long ones in a pass", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void isOfWords(text)));
  const spent = processorTime(() => {
    for (const piece of ["a", "aA", "aeB", "1", "_", "a_", "Ab1", "%3"]) isOfWords(piece.repeat(100_000));
  });
  expect(spent).toBeLessThan(1000);
});
