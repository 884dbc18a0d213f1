import type { ConnectionEnd, ConnectionItem, ConnectionRow } from "../../contract/connections.ts";
import { assertNever } from "../../model/assert-never.ts";
import type { Speaker } from "../../words/speaker.ts";
import { splitUrl } from "../figures/web-socket-url.ts";

/**
 * The second line of a connection in the list, a few words: what it speaks, how it ended or what shows it whole, and its host
 * where that is another than its page's.
 */
export function describeConnection(row: ConnectionRow, speaker: Speaker): string {
  const { transport, url, subprotocol, seenFromStart, end, speaks, openedAt } = row;
  if (transport === "event-source") return describeStream(row, speaker);
  // A subprotocol is often a token; what is spoken says more.
  const spoken = speaks ?? subprotocol;
  const { host } = splitUrl(url);
  const state = end === undefined ? (seenFromStart ? "" : speaker.words("connections.not-from-start")) : describeEnd(end, speaker);
  const parts = [spoken, state].filter((part) => part !== "");
  const isElsewhere = openedAt !== "" && host !== openedAt;
  if (end === undefined && (parts.length === 0 || (isElsewhere && seenFromStart))) parts.push(host);
  return parts.join(" · ");
}

function describeStream({ url, seenFromStart, end, reconnects }: ConnectionRow, { words, ...speaker }: Speaker): string {
  const what = reconnects === undefined ? words("connections.event-stream") : words("connections.reconnection", { n: reconnects.times });
  if (end?.kind === "failed") {
    const why = end.status === null ? words("connections.stream-failed") : end.status === 200 ? words("connections.no-stream") : words("connections.stream-refused", { status: end.status });
    return `${what} · ${why}`;
  }
  if (end !== undefined) return `${what} · ${describeEnd(end, { words, ...speaker })}`;
  return `${what} · ${seenFromStart ? splitUrl(url).host : words("connections.not-from-start")}`;
}

function describeEnd(end: ConnectionEnd, { words }: Speaker): string {
  switch (end.kind) {
    case "closed":
      return end.code === null ? words("connections.closed") : words("connections.closed-code", { code: end.code });
    case "failed":
      return end.status === null ? words("connections.handshake-failed") : words("connections.handshake-refused", { status: end.status });
    case "capture ended":
      return words("connections.capture-ended");
    default:
      return assertNever(end);
  }
}

const TARGET_CODES = {
  page: "connections.page",
  frame: "connections.frame",
  worker: "connections.worker",
  "service worker": "connections.service-worker",
  "shared worker": "connections.shared-worker",
  popup: "connections.popup",
  user: "connections.user",
  other: "connections.other",
  host: "connections.host",
  protocol: "connections.protocol",
} as const satisfies Record<ConnectionItem<"target">["targetType"], string>;

/** The heading of a target's connections. */
export function describeTarget({ targetType, targetName }: Pick<ConnectionItem<"target">, "targetType" | "targetName">, { words }: Speaker): string {
  if (targetType === "protocol" && targetName === "") return words("connections.no-protocol");
  const type = words(TARGET_CODES[targetType]);
  return targetName === "" ? type : `${type} · ${targetName}`;
}
