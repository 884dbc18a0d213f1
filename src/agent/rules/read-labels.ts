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
 * name it too; Socket.IO (an event, the namespace), STOMP (its command, `destination`), Phoenix channels (`[…, topic, event,
 * payload]`), SignalR (`target`), and what asks in GraphQL (an operation's name) and tRPC (a path) have places of their own. Up to `mostKeys` keys of an object are looked at.
 */
export function readLabels({ apply, exec, slice, Pattern }: Natives, { skip, unquoted, entries, walk }: JsonScanner, { textOf, jsonOf, message }: MessageReader, mostKeys: number): (read: LabelKeys) => (message: Message) => string | undefined {
  const isSocketIo = new Pattern("[?&]EIO=[34](?:[&#]|$)");
  const namespace = new Pattern("^4(?:[0-4]|[56]\\d+-)(/[^,]*)");
  const event = new Pattern(String.raw`^4(?:2|5\d+-)(?:/[^,]*,)?\d*(?=\[)`);
  const stomp = new Pattern(String.raw`^[\r\n]*(CONNECT|STOMP|CONNECTED|SEND|SUBSCRIBE|UNSUBSCRIBE|ACK|NACK|BEGIN|COMMIT|ABORT|DISCONNECT|MESSAGE|RECEIPT|ERROR)\r?\n((?:[^\n]+\n)*)\r?\n`);
  const destination = new Pattern(String.raw`(?:^|\n)destination:([^\r\n]*)`);
  const hub = new Pattern("^\\{[^\x1e]*\\}(?=\x1e)");
  const operation = new Pattern(String.raw`^[\s,]*(?:#[^\n\r]*[\n\r][\s,]*)*(?:query|mutation|subscription)\s+([A-Za-z_]\w*)`);
  const likeName = new Pattern(String.raw`^[\p{L}_$][\p{L}\p{N}_$.:/@|-]{0,79}$`, "u");
  const scalar = (source: string): string | undefined => (source[0] === '"' ? unquoted(source) : source[0] === "{" || source[0] === "[" || source === "null" || source === "true" || source === "false" ? undefined : source);
  const asking = { __proto__: null, type: true, method: true, payload: true, params: true, operationName: true, query: true, path: true, target: true } as unknown as Readonly<Record<string, boolean>>;
  /** The values of the keys above in the object that begins at a place, as they stand; of two of one name the first. */
  const partsAt = (text: string, at: number): Readonly<Partial<Record<string, string>>> => {
    const parts = { __proto__: null } as unknown as Record<string, string>;
    let seen = 0;
    entries(text, at, (key, from, to) => {
      if (asking[key] === true) parts[key] ??= apply(slice, text, [from, to]);
      return ++seen >= mostKeys;
    });
    return parts;
  };
  const textOfPart = (source: string | undefined): string | undefined => (source?.[0] === '"' ? unquoted(source) : undefined);
  /** What an object asks for by a name of its own, in GraphQL and tRPC. */
  const askedIn = (text: string, at: number): string | undefined => {
    const { type: typeSource, method: methodSource, payload = "", params = "" } = partsAt(text, at);
    const type = textOfPart(typeSource);
    if (type === "subscribe" || type === "start") {
      const { operationName, query: querySource } = partsAt(payload, 0);
      const chosen = textOfPart(operationName);
      if (chosen !== undefined && chosen !== "") return chosen;
      const query = textOfPart(querySource);
      return query === undefined ? undefined : (apply(exec, operation, [query]) as { readonly 1: string } | null)?.[1];
    }
    const method = type === undefined ? textOfPart(methodSource) : undefined;
    return method === "query" || method === "mutation" || method === "subscription" ? textOfPart(partsAt(params, 0)["path"]) : undefined;
  };
  const entryAt = (text: string, index: number): string => {
    let found = "";
    walk(text, skip(text, 0), [{ key: null, index }], 0, (from, to) => {
      found = apply(slice, text, [from, to]);
      return true;
    });
    return found;
  };
  const isTextAt = (text: string, index: number): boolean => entryAt(text, index)[0] === '"';
  const isPhoenix = (text: string): boolean => (isTextAt(text, 0) || entryAt(text, 0) === "null") && isTextAt(text, 2) && isTextAt(text, 3) && entryAt(text, 4) !== "" && entryAt(text, 5) === "";
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
      if (text[at] === "{") return askedIn(text, at) ?? inObject(text, at, true);
      const entry = skip(text, at + 1);
      if (text[entry] === "{") return askedIn(text, entry) ?? inObject(text, entry, true);
      if (!hasEvents || text[entry] !== '"') return undefined;
      let end = entry + 1;
      while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
      return unquoted(apply(slice, text, [entry, end + 1]));
    };
    return (whole) => {
      const text = textOf(whole);
      if (text === null) return undefined;
      if (apply(exec, isSocketIo, [whole.url]) !== null) {
        if (!hasEvents) return (apply(exec, namespace, [text]) as { readonly 1: string } | null)?.[1];
        const packet = apply(exec, event, [text]) as { readonly 0: string } | null;
        const json = packet === null ? null : jsonOf(message("", true, true, apply(slice, text, [packet[0].length])));
        return json === null ? undefined : first(json);
      }
      const frame = apply(exec, stomp, [text]) as { readonly 1: string; readonly 2: string } | null;
      if (frame !== null) return hasEvents ? frame[1] : (apply(exec, destination, [frame[2]]) as { readonly 1: string } | null)?.[1];
      const record = apply(exec, hub, [text]) as { readonly 0: string } | null;
      const json = record === null ? jsonOf(whole) : jsonOf(message("", true, true, record[0]));
      if (json === null) return undefined;
      if (record !== null && hasEvents) {
        const { target } = partsAt(json, skip(json, 0));
        const named = target === undefined ? undefined : scalar(target);
        if (named !== undefined) return named;
      }
      if (json[skip(json, 0)] === "[" && isPhoenix(json)) return unquoted(entryAt(json, hasEvents ? 3 : 2));
      return first(json);
    };
  };
}
