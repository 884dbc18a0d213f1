import type { FrameRow } from "../../contract/rows.ts";
import { OPCODE_BINARY, OPCODE_TEXT } from "../../model/frame.ts";
import type { Speaker } from "../../words/speaker.ts";
import { splitUrl, type UrlParts } from "./web-socket-url.ts";

const OWN_TYPES = ["text", "binary", "error", "open", "close", "navigation", "paused", "report"] as const;

/** What stands in the Type column: a decoder's label as it is, or what the row is where nobody decoded it. */
export function rowType({ label, messageKind }: Pick<FrameRow, "label" | "messageKind">, { words }: Speaker): string {
  const own = messageKind === null ? OWN_TYPES.find((type) => type === label) : undefined;
  return own === undefined ? label : words(`table.type-${own}`);
}

export function opcodeName(opcode: number, { words }: Speaker): string {
  if (opcode === OPCODE_TEXT) return words("table.type-text");
  return opcode === OPCODE_BINARY ? words("table.type-binary") : words("table.type-opcode", { opcode });
}

/** A connection's URL in its parts, with words where Chrome has not told it. */
export const urlParts = (url: string, words: Speaker["words"]): UrlParts =>
  url === "" ? { host: "", path: words("connections.unknown-url") } : splitUrl(url);
