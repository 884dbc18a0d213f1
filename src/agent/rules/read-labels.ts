/* oxlint-disable unicorn/consistent-function-scoping -- nothing may stand outside */
import type { Message, MessageReader } from "./read-messages.ts";
import type { JsonScanner } from "./scan-json.ts";
import type { Natives } from "./take-natives.ts";

/** Where a message says what it is, or what it is about: see `model/message-rule.ts`. */
export interface LabelKeys {
  readonly keys: { readonly length: number; readonly [at: number]: string };
  readonly weak: number;
  readonly holders: { readonly length: number; readonly [at: number]: string };
  readonly hasEvents: boolean;
}

/**
 * Answers a function that reads what a message calls itself; undefined: nothing. `["name", …]` and the first object of a list
 * name it too. Up to `mostKeys` keys of an object are looked at.
 */
export function readLabels({ apply, exec, slice, Pattern }: Natives, { skip, unquoted, entries }: JsonScanner, { textOf, jsonOf, message }: MessageReader, mostKeys: number): (read: LabelKeys) => (message: Message) => string | undefined {
  const isSocketIo = new Pattern("[?&]EIO=[34](?:[&#]|$)");
  const event = new Pattern(String.raw`^4(?:2|5\d+-)(?:/[^,]*,)?\d*(?=\[)`);
  const likeName = new Pattern(String.raw`^[\p{L}_$][\p{L}\p{N}_$.:/@|-]{0,79}$`, "u");
  const scalar = (source: string): string | undefined => (source[0] === '"' ? unquoted(source) : source[0] === "{" || source[0] === "[" || source === "null" || source === "true" || source === "false" ? undefined : source);
  return ({ keys, weak, holders, hasEvents }) => {
    const ranks = { __proto__: null } as unknown as Record<string, number>;
    const holding = { __proto__: null } as unknown as Record<string, boolean>;
    for (let i = 0; i < keys.length; i++) ranks[keys[i] as string] ??= i;
    for (let i = 0; i < holders.length; i++) holding[holders[i] as string] = true;
    const inObject = (text: string, at: number, mayHold: boolean): string | undefined => {
      let best: string | undefined;
      let bestRank = keys.length;
      let held: string | undefined;
      let seen = 0;
      entries(text, at, (key, from, to) => {
        const rank = ranks[key];
        if (rank !== undefined && rank <= bestRank) {
          const value = scalar(apply(slice, text, [from, to]));
          if (value !== undefined && (rank < weak || apply(exec, likeName, [value]) !== null)) {
            best = value;
            bestRank = rank;
          }
        }
        if (mayHold && held === undefined && holding[key] === true) held = inObject(text, from, false);
        return ++seen >= mostKeys;
      });
      return best ?? held;
    };
    const first = (text: string): string | undefined => {
      const at = skip(text, 0);
      if (text[at] === "{") return inObject(text, at, true);
      const entry = skip(text, at + 1);
      if (text[entry] === "{") return inObject(text, entry, true);
      if (!hasEvents || text[entry] !== '"') return undefined;
      let end = entry + 1;
      while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
      return unquoted(apply(slice, text, [entry, end + 1]));
    };
    return (whole) => {
      const text = textOf(whole);
      if (text === null) return undefined;
      if (hasEvents && apply(exec, isSocketIo, [whole.url]) !== null) {
        const packet = apply(exec, event, [text]) as { readonly 0: string } | null;
        const json = packet === null ? null : jsonOf(message("", true, true, apply(slice, text, [packet[0].length])));
        return json === null ? undefined : first(json);
      }
      const json = jsonOf(whole);
      return json === null ? undefined : first(json);
    };
  };
}
