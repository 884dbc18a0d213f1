import type { ConnectionRow } from "../../engine/contract.ts";
import { splitUrl } from "../figures/web-socket-url.ts";

/** How Chrome names the status of a handshake that was refused. */
const REFUSED = /(?:Unexpected response code: |^)(\d{3})\b/;
/** How a kept capture names the end of a socket that outlived it. */
const CAPTURE_END = /^The capture (?:ended|was cut off) here/;
const CLOSE_CODE = /\b([1-4]\d{3})\b/;

/** The second line of a connection in the list, a few words: what it speaks, how it ended, or what shows it whole. */
export function describeConnection(row: ConnectionRow): string {
  const { subprotocol } = row;
  if (!row.seenFromStart && row.ending === "") return ["reload to see its start", subprotocol].filter((part) => part !== "").join(" · ");
  if (row.state !== "closed" && row.state !== "failed") return subprotocol === "" ? splitUrl(row.url).host : subprotocol;
  return subprotocol === "" ? describeEnd(row) : `${subprotocol} · ${describeEnd(row)}`;
}

function describeEnd({ state, ending }: ConnectionRow): string {
  if (state === "closed") {
    if (CAPTURE_END.test(ending)) return "capture ended here";
    const code = CLOSE_CODE.exec(ending)?.[1];
    return code === undefined ? "closed" : `closed ${code}`;
  }
  const status = REFUSED.exec(ending)?.[1];
  return status === undefined ? "handshake failed" : `${status} · handshake refused`;
}
