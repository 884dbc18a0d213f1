import type { Anew } from "../decoder.ts";
import type { EngineRevision } from "./engine-packet.ts";

/**
 * A WebSocket of Engine.IO most often takes over from HTTP polling: its URL names the session, and the first packets of it
 * went another way. One that begins by itself has no session yet, probes nothing, and joins its namespaces itself (of
 * Socket.IO 2 the main one is joined without a word), as the polling of the same session did where that is known:
 * https://socket.io/docs/v4/engine-io-protocol/
 */
export function beginAnew(revision: EngineRevision, url: string, sent: readonly string[], posted: readonly string[]): Anew {
  const alone = url.replace(/([?&])sid=[^&#]*&?/g, "$1").replace(/[?&](?=#|$)/, "");
  const tookOver = alone !== url;
  const joined = new Set(sent.flatMap((text) => JOIN.exec(text)?.[1] ?? (text.startsWith("40") ? "" : [])));
  const spoken = new Set(sent.flatMap((text) => (IN_NAMESPACE.test(text) ? (IN_NAMESPACE.exec(text)?.[1] ?? "") : [])));
  const polled = new Map(revision === 4 && tookOver ? joinsOf(posted) : []);
  const needed = spoken.size === 0 && joined.size === 0 && polled.size === 0 ? [""] : [...new Set([...polled.keys(), ...spoken])];
  const missing = needed.filter((namespace) => !joined.has(namespace) && (namespace !== "" || revision === 4));
  return {
    url: alone,
    sends: (text) => !HANDOVER.has(text),
    first: tookOver ? missing.map((namespace) => polled.get(namespace) ?? (namespace === "" ? "40" : `40${namespace},`)) : [],
    heartbeats: revision === 4 ? [{ on: "2", send: "3" }] : [],
    hidesBeginning: tookOver && (polled.size === 0 || missing.some((namespace) => !polled.has(namespace))),
  };
}

/** Packets that join a namespace, by its name: in a body of Engine.IO 4 a record separator stands between packets. */
const joinsOf = (posted: readonly string[]): [string, string][] =>
  posted.flatMap((body) => body.split("\u001e")).flatMap((packet): [string, string][] => (packet.startsWith("40") ? [[JOIN.exec(packet)?.[1] ?? "", packet]] : []));

const HANDOVER: ReadonlySet<string> = new Set(["2probe", "5"]);
const JOIN = /^40(\/[^,]*),?/;
/** An event, an answer, or either with attachments; in the main namespace, or in the one named. */
const IN_NAMESPACE = /^4(?:2|3|5\d+-|6\d+-)(\/[^,]*)?/;
