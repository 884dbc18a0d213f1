import type { Completion } from "../../../src/contract/rows.ts";
import { say, type Said } from "../../../src/model/said.ts";

type Offered = readonly (readonly [text: string, detail: Said])[];

const FIELDS: Offered = [
  ["is:", say("query.field-is")],
  ["type:", say("query.field-type")],
  ["size:", say("query.field-size")],
  ["latency:", say("query.field-latency")],
  ["url:", say("query.field-url")],
];
const VALUES: Readonly<Record<string, Offered>> = {
  is: [["sent", say("query.is-sent")], ["received", say("query.is-received")], ["request", say("query.is-request")]],
  type: [["trade", say("query.in-frames", { n: 1_204 })], ["tick", say("query.in-frames", { n: 18_201 })], ["order:place", say("query.in-frames", { n: 31 })]],
};

/** Suggestions as the engine gives them, for the word before the cursor. */
export function completionsAt(text: string, at: number): readonly Completion[] {
  const word = /[^\s()]*$/.exec(text.slice(0, at))?.[0] ?? "";
  const colon = word.indexOf(":");
  const typed = word.slice(colon + 1);
  const offered = colon === -1 ? FIELDS : (VALUES[word.slice(0, colon)] ?? []);
  return offered
    .filter(([name]) => name.startsWith(typed) && name !== typed)
    .map(([name, detail]) => ({ from: at - typed.length, to: at, text: name, detail }));
}
