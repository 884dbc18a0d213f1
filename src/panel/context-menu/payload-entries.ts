import type { FrameRow } from "../../contract/rows.ts";
import { formatBytes, type ByteFormat } from "../../model/byte-formats.ts";
import { say } from "../../model/said.ts";
import { readRange } from "../inspector/read-range.ts";
import { saveText } from "../save-file.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { countPlaces } from "../state/place-ranges.ts";
import type { MenuPart } from "./menu-part.ts";

const FORMATS = [["hex", "hex.copy-hex"], ["base64", "hex.copy-base64"]] as const satisfies readonly (readonly [ByteFormat, string])[];

/** The bytes of one frame's payload, as text for the clipboard and as a file. */
export const framePayload: MenuPart<"frame"> = ({ session, speaker: { words }, target: { row } }) => {
  // Of one of several messages of a frame, the bytes are no payload.
  if (row.kind !== "message" || row.message !== null || row.size === null || countPlaces(session.selection.store.getState().ranges) > 1) return [];
  const { size } = row;
  const copies = FORMATS.map(([format, name]) => ({
    type: "item" as const,
    text: words(name),
    run: () => void session.clipboard.copy(say("hex.copied", { n: size }), readRange(session.engine, row.index, 0, size).then((bytes) => formatBytes(bytes, format))),
  }));
  return [
    { type: "submenu", text: words("menu.copy-payload"), entries: copies },
    { type: "item", text: words("menu.save-payload"), run: () => void savePayload(session, row, size) },
  ];
};

async function savePayload({ engine, refusals }: PanelSession, { index }: FrameRow, size: number): Promise<void> {
  try {
    const bytes = await readRange(engine, index, 0, size);
    saveText(`frame-${index + 1}.${isText(bytes) ? "txt" : "bin"}`, "application/octet-stream", bytes);
  } catch (problem) {
    refusals.tell((why) => say("menu.payload-not-saved", { why }), problem);
  }
}

function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
