import type { Completion } from "../../../src/engine/contract.ts";

const FIELDS: readonly (readonly [string, string])[] = [
  ["is:", "What a row is"],
  ["type:", "What stands in the Type column"],
  ["size:", "Bytes of the payload"],
  ["latency:", "Time from a request to its answer"],
  ["url:", "The connection's URL"],
];
const VALUES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  is: [["sent", "Messages that the page sent"], ["received", "Messages that the page received"], ["request", "Messages that ask for an answer"]],
  type: [["trade", "1,204 frames"], ["tick", "18,201 frames"], ["order:place", "31 frames"]],
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
