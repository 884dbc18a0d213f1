import type { Anew } from "../decoder.ts";
import type { EngineRevision } from "./engine-packet.ts";

/**
 * A WebSocket of Engine.IO most often takes over from HTTP polling: its URL names the session, and the first packets of it
 * went another way. One that begins by itself has no session yet, probes nothing, and joins its namespaces itself (of
 * Socket.IO 2 the main one is joined without a word): https://socket.io/docs/v4/engine-io-protocol/
 */
export function beginAnew(revision: EngineRevision, url: string, sent: readonly string[]): Anew {
  const alone = url.replace(/([?&])sid=[^&#]*&?/g, "$1").replace(/[?&](?=#|$)/, "");
  const tookOver = alone !== url;
  const joined = new Set(sent.flatMap((text) => JOIN.exec(text)?.[1] ?? (text.startsWith("40") ? "" : [])));
  const spoken = new Set(sent.flatMap((text) => (IN_NAMESPACE.test(text) ? (IN_NAMESPACE.exec(text)?.[1] ?? "") : [])));
  const missing = [...spoken].filter((namespace) => !joined.has(namespace) && (namespace !== "" || revision === 4));
  return {
    url: alone,
    sends: (text) => !HANDOVER.has(text),
    first: tookOver ? (spoken.size === 0 && joined.size === 0 && revision === 4 ? ["40"] : missing.map((namespace) => (namespace === "" ? "40" : `40${namespace},`))) : [],
    heartbeats: revision === 4 ? [{ on: "2", send: "3" }] : [],
    tookOver,
  };
}

const HANDOVER: ReadonlySet<string> = new Set(["2probe", "5"]);
const JOIN = /^40(\/[^,]*),?/;
/** An event, an answer, or either with attachments; in the main namespace, or in the one named. */
const IN_NAMESPACE = /^4(?:2|3|5\d+-|6\d+-)(\/[^,]*)?/;
