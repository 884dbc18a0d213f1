import { readJson } from "./read-json.ts";

/** As much as it takes: an array of some kilobytes, with every kind of value, so often. */
const ENTRIES = 60;
const TIMES = 10;

/**
 * Runs the reader of JSON until it is compiled for speed. One that has hardly run reads a message of 10 MB in twice to three
 * times as long, since all of that is one call. Cost: about 15 ms, once on a thread.
 */
export function warmUpJson(): void {
  const entries = Array.from({ length: ENTRIES }, (_, n) => ({ text: `entry ${n}`, escaped: "\n", whole: n, part: -n / 7, huge: n * 1e300, yes: true, no: false, nothing: null, list: [n, [], {}] }));
  const bytes = new TextEncoder().encode(JSON.stringify(entries));
  for (let i = 0; i < TIMES; i++) readJson(bytes);
}
