import "../a-navigator.ts";
import { onTestFinished, vi } from "vitest";
import type { ConnectionRow } from "../../../src/contract/connections.ts";
import type { ExportedFile } from "../../../src/contract/files.ts";
import type { FrameRow } from "../../../src/contract/rows.ts";
import { byteLength, connectionId, frameIndex } from "../../../src/model/units.ts";
import { CaptureClient } from "../../../src/panel/capture-client.ts";
import type { MenuEntry } from "../../../src/panel/context-menu/menu-entry.ts";
import { actionsOf } from "../../../src/panel/palette/entry-actions.ts";
import { sessionOver } from "../state/a-session.ts";
import { connectEngine, settle } from "../state/answering-engine.ts";
import { aFrameRow } from "../a-frame-row.ts";

export const aConnectionRow = (part: Partial<ConnectionRow> = {}): ConnectionRow => ({
  id: connectionId(3),
  root: connectionId(3),
  times: 1,
  url: "wss://api.shop.test/live",
  transport: "websocket",
  subprotocol: "",
  openedAt: "shop.test",
  seenFromStart: true,
  state: "open",
  ending: "",
  frames: 12,
  bytes: byteLength(900),
  rate: 0,
  ...part,
});

const exported: ExportedFile = { path: ["out", "a.har"], name: "a.har", mimeType: "", bytes: byteLength(1), connections: 1, frames: 1, isMasked: false };
const handshake = { connection: { transport: "websocket", handshake: { status: 101, statusText: "Switching Protocols", requestHeaders: [{ name: "Host", value: "api.shop.test" }], responseHeaders: [{ name: "Upgrade", value: "websocket" }] } } };
const bytes = (...own: number[]) => Uint8Array.of(...own);

/** A session beside a page, with all that leaves it written down: what is asked of the engine, copied and saved. */
export async function setUpMenus() {
  const copied: string[] = [];
  const saved: [name: string, bytes: number][] = [];
  const engine = connectEngine({
    setScope: () => null,
    setHighlights: (filters) => filters.map(() => null),
    inspect: () => null,
    summarise: () => ({ frames: 1, bytes: byteLength(1), span: 0 as never }),
    copyText: ({ places }) => ({ messages: places.length, isJsonLines: false, text: `texts at ${JSON.stringify(places)}` }),
    payloadText: () => '{"px":1}',
    payloads: ({ places }) => places.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => ({ name: `frame-${from + i + 1}.bin`, bytes: bytes(from + i, 255) }))),
    payloadsZip: () => bytes(80, 75),
    pin: () => null,
    pinPlaces: () => null,
    exportForms: () => [{ format: "har", name: "HAR", sensitive: false }, { format: "har", name: "HAR", sensitive: true }],
    findSecrets: () => ({ secrets: [], rows: 20 }),
    export: () => exported,
    handshake: () => handshake as never,
    firstRow: () => ({ frame: frameIndex(2), note: "seen" }),
    ruleFilter: () => "type:trade",
    snippetForms: () => [{ target: "curl", name: "curl", side: "client" }],
    snippet: () => ({ text: "curl -N", url: "wss://api.shop.test/live", messages: 1, secrets: [] }),
  });
  const { port1: page, port2 } = new MessageChannel();
  const session = sessionOver(engine, {
    capture: Object.assign(new CaptureClient(port2), { live: async () => [] }),
    writeClipboard: async (text) => void copied.push(text),
    saveFile: async ({ name }) => {
      saved.push([name, 0]);
      return { canDiscard: new Promise(() => {}) };
    },
  });
  const realUrl = URL.createObjectURL.bind(URL);
  const blobs: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    blobs.push(blob as Blob);
    return realUrl(blob);
  });
  const link = { href: "", download: "", click: () => saved.push([link.download, blobs.at(-1)?.size ?? 0]) };
  vi.stubGlobal("document", { createElement: () => link });
  // No DevTools beside, whose log could be read.
  vi.stubGlobal("chrome", {});
  const choices = new Map<string, string>();
  vi.stubGlobal("localStorage", { getItem: (name: string) => choices.get(name) ?? null, setItem: (name: string, value: string) => void choices.set(name, value) });
  onTestFinished(() => {
    page.close();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
  await session.begin();
  session.exports.askForms();
  session.abilities.setState(["send"], true);
  await settle();
  return { session, engine, copied, saved };
}

/** Selects so many rows from the one at this place on. */
export function selectRows(session: Awaited<ReturnType<typeof setUpMenus>>["session"], place: number, n: number, part: Partial<FrameRow> = {}): FrameRow {
  const row = aFrameRow({ index: frameIndex(place), ...part });
  session.selection.select(row, place);
  if (n > 1) session.selection.select(aFrameRow({ index: frameIndex(place + n - 1) }), place + n - 1, "extend");
  return row;
}

/** What a menu can do, by the path to it: `Copy payload as › Hex`. */
export const itemsOf = (entries: readonly MenuEntry[]): ReadonlyMap<string, () => void> => new Map(actionsOf("menu", entries).map(({ name, run }) => [name, run]));
