/** The row of docs/performance.md about messages that no decoder is sure of: each is asked of many before it is left to nobody. */
import { ConnectionDecoder } from "../../src/decode/connection-decoder.ts";
import type { FrameToDecode } from "../../src/decode/decoder.ts";
import { loadDecoder } from "../../src/decode/decoder-loads.ts";
import { DECODERS } from "../../src/decode/registry.ts";
import { UNCLAIMED } from "../decode/unclaimed-traffic.ts";
import { compare, feedText, timed, type BenchRow } from "./measure.ts";

const SIZE = 200;
const LIMIT = 40;

export async function main(messages = 10_000, rounds = 5): Promise<readonly BenchRow[]> {
  await Promise.all(DECODERS.map(loadDecoder));
  const texts = Array.from({ length: messages }, (_, i) => feedText(i, SIZE));
  const measured = UNCLAIMED.map(({ name, frame }) => {
    const frames = Array.from({ length: messages }, (_, i) => frame(i, SIZE));
    const { ratio, subject, yardstick } = compare(rounds, () => timed(() => decodeAll(frames)), () => timed(() => { for (const text of texts) JSON.parse(text); }));
    console.log(`    ${name}: ${microseconds(subject, messages)}`);
    return { name, ratio, subject, yardstick };
  }).toSorted((a, b) => b.ratio - a.ratio);
  const [dearest] = measured;
  const others = measured.slice(1);
  if (dearest === undefined) return [];
  const detail = `${microseconds(dearest.subject, messages)} against ${microseconds(dearest.yardstick, messages)}; the others ${microseconds(others.at(-1)?.subject ?? 0, messages)} to ${microseconds(others[0]?.subject ?? 0, messages)}`;
  return [{ name: `a message of ${SIZE} B that nobody claims, the dearest of ${measured.length} kinds (${dearest.name})`, yardstick: `\`JSON.parse\` of one of ${SIZE} B`, value: dearest.ratio, limit: LIMIT, unit: "x", detail }];
}

function decodeAll(frames: readonly FrameToDecode[]): void {
  const decoder = new ConnectionDecoder({ subprotocol: "", url: "" });
  for (const frame of frames) if (decoder.decode(frame) !== undefined) throw new Error("A message that somebody claims was measured.");
}

const microseconds = (milliseconds: number, messages: number): string => `${((milliseconds * 1000) / messages).toFixed(1)} µs`;
