import { formatBytes, type ByteFormat } from "../../model/byte-formats.ts";
import { say } from "../../model/said.ts";
import { saveText } from "../save-file.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { countPlaces, type PlaceRanges } from "../state/place-ranges.ts";
import { unmaskedFileName } from "../unmasked-file-name.ts";
import type { MenuPart } from "./menu-part.ts";

const FORMATS = [["hex", "hex.copy-hex"], ["base64", "hex.copy-base64"]] as const satisfies readonly (readonly [ByteFormat, string])[];

/** The bytes of the payloads selected, of one of several messages of a frame that message's: as text for the clipboard, a line each, and as a file. */
export const framePayload: MenuPart<"frame"> = ({ session, speaker: { words }, target: { row } }) => {
  const { ranges } = session.selection.store.getState();
  const isOne = countPlaces(ranges) <= 1;
  if (isOne && row.kind !== "message") return [];
  const copies = FORMATS.map(([format, name]) => ({ type: "item" as const, text: words(name), run: () => void session.clipboard.copyNamed(copied(session, ranges, format)) }));
  return [
    { type: "submenu", text: words(isOne ? "menu.copy-payload" : "menu.copy-payloads"), entries: copies },
    { type: "item", text: words(isOne ? "menu.save-payload" : "menu.save-payloads"), run: () => void save(session, ranges, isOne || session.scope.store.getState().connection !== null ? row.url : "") },
  ];
};

async function copied({ engine }: PanelSession, places: PlaceRanges, format: ByteFormat) {
  const files = await engine.call("payloads", { places });
  return { done: say("hex.copied", { n: files.reduce((sum, { bytes }) => sum + bytes.length, 0) }), text: files.map(({ bytes }) => formatBytes(bytes, format)).join("\n") };
}

/** `url`: of the connection whose payloads they are; empty where they may be of several. */
async function save({ engine, refusals }: PanelSession, places: PlaceRanges, url: string): Promise<void> {
  try {
    if (countPlaces(places) > 1) return saveText(unmaskedFileName(url, "payloads.zip"), "application/zip", await engine.call("payloadsZip", { places }));
    const [file] = await engine.call("payloads", { places });
    if (file !== undefined) saveText(unmaskedFileName(url, file.name), "application/octet-stream", file.bytes);
  } catch (problem) {
    refusals.tell((why) => say("menu.payload-not-saved", { why }), problem);
  }
}
