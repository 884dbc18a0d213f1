import type { ByteReader } from "./read-bytes.ts";
import type { Natives } from "./take-natives.ts";

/** A socket under the rules. */
export interface RuledSocket {
  readonly id: number;
  readonly socket: WebSocket;
  readonly url: string;
  /** Messages that came. */
  heard: number;
}

export interface Reporter {
  /** Has whoever asked for the rules hear of something; its `kind` says of what. */
  readonly report: (kind: string, note: object | null) => void;
  /**
   * What a rule did to a message. `data`: what the row holds; `of`: the number of the message that came, or of the answer;
   * `wire`: what goes out, undefined where nothing does.
   */
  readonly tell: (state: RuledSocket, isSent: boolean, rules: string, did: string, data: unknown, of: number, wire?: unknown) => void;
}

/** Makes reports; one that cannot be made is lost, and never the message that it is of. `secret` stands in each. */
export function tellDeeds({ stringify }: Natives, { told }: ByteReader, bound: (text: string) => void, secret: string): Reporter {
  const report: Reporter["report"] = (kind, note) => {
    try {
      bound(stringify({ __proto__: null, secret, kind, ...note }));
    } catch {
      // Nobody hears of it.
    }
  };
  const tell: Reporter["tell"] = (state, isSent, rules, did, data, of, wire) => {
    try {
      report("did", { __proto__: null, socket: state.id, isSent, rules, did, isText: typeof data === "string", data: told(data), of, goesOut: wire !== undefined, wireIsText: typeof wire === "string", wire: wire === undefined ? null : told(wire) });
    } catch {
      // Its row is lost.
    }
  };
  return { report, tell };
}
