import { expect, it } from "vitest";
import { findSecrets } from "../../../src/format/redact/find-secrets.ts";
import { findInHeader, findInText } from "../../../src/format/redact/find-in-headers.ts";
import { processorTime } from "../../processor-time.ts";

/** Some hundred kilobytes of each: what takes longer than this has more than a pass over it, or a machine that is busy with much else. */
const MOST_MS = 2500;
/** A pass over four times as much takes four times as long; where each place is followed by a pass over the rest, sixteen. */
const MOST_TIMES = 10;

/** `act`: what is done with a piece that comes so often. */
function expectFewPasses(piece: string, times: number, act: (text: string) => unknown): void {
  const timeAt = (often: number): number => {
    const text = piece.repeat(often);
    return processorTime(() => act(text));
  };
  const took = timeAt(times);
  if (took >= MOST_MS) expect(took / timeAt(times >> 2)).toBeLessThan(MOST_TIMES);
}

it.each([
  ["a@b.co ", 150_000],
  ["eyJ", 350_000],
  ["eyJhbGciOiJ.", 30_000],
  ["?token=", 150_000],
  ["?state=", 50_000],
  ["?token='", 43_000],
  ['?token="', 43_000],
  ['token=" ', 43_000],
  ['?token=\\"', 40_000],
  ['"token":"', 40_000],
  ['\\"token\\":\\"', 30_000],
  ['\\\\"token\\\\":\\\\"', 23_000],
  ['"token":["', 37_000],
  ["\\npassword:", 33_000],
  ["\\\\npassword:", 30_000],
  ["\npassword: ", 33_000],
  ["a@", 167_000],
  ["@", 333_000],
  ['"value":', 40_000],
  ['"value":"', 40_000],
  ['\\"value\\":\\"', 30_000],
  [',"value":"x","name":"token"', 13_000],
  ['"password"\n\n\n\n,"value":', 20_000],
  ["é@", 110_000],
  ["é", 170_000],
  ["\\u00e9@", 50_000],
  ["a.a@", 83_000],
  ["://", 117_000],
  ["://a@", 67_000],
  ["sk-", 117_000],
  ["s-", 167_000],
  ["4242 4242 4242 4242,", 17_000],
  ['"card":[4242424242424242],', 13_000],
  [",4242424242424242", 20_000],
  ["Bearer ", 50_000],
  ["aaaaaaaaaaaaaaaaaaaaaa/", 15_000],
  ["\\", 333_000],
  ["\\\"", 167_000],
  [":", 333_000],
  ["'", 333_000],
])("a text of nothing but %s takes a pass or a few", (piece, times) => {
  expectFewPasses(piece, times, (text) => findSecrets(Buffer.from(text)));
});

it("the places of many secrets in a text of other letters are counted in one pass", () => {
  const piece = "ü a@b.co ";
  const text = piece.repeat(40_000);
  const found = findInText(text);
  expect(found.length).toBe(40_000);
  expect(text.slice(found.at(-1)?.from, found.at(-1)?.to)).toBe("a@b.co");
  expectFewPasses(piece, 40_000, findInText);
  expectFewPasses("bearer.0123456789abcdef, ", 5_000, (value) => findInHeader({ name: "Sec-WebSocket-Protocol", value }));
});
