import type { ConnectionEnd, ConnectionRow } from "../../engine/contract.ts";
import { assertNever } from "../../model/assert-never.ts";
import { splitUrl } from "../figures/web-socket-url.ts";

/** The second line of a connection in the list, a few words: what it speaks, how it ended, or what shows it whole. */
export function describeConnection({ url, subprotocol, seenFromStart, end }: ConnectionRow): string {
  if (end !== undefined) return subprotocol === "" ? describeEnd(end) : `${subprotocol} · ${describeEnd(end)}`;
  if (!seenFromStart) return ["reload to see its start", subprotocol].filter((part) => part !== "").join(" · ");
  return subprotocol === "" ? splitUrl(url).host : subprotocol;
}

function describeEnd(end: ConnectionEnd): string {
  switch (end.kind) {
    case "closed":
      return end.code === null ? "closed" : `closed ${end.code}`;
    case "failed":
      return end.status === null ? "handshake failed" : `${end.status} · handshake refused`;
    case "capture ended":
      return "capture ended here";
    default:
      return assertNever(end);
  }
}
