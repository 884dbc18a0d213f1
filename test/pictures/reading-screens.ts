import { click, clickOn } from "../../scripts/panel-actions.mjs";
import { button, closeInspector, filter, gone, isNarrow, openLast, press, seen, table, tabOf, type Hands, type Screen } from "../e2e/screen-hands.ts";
import { until } from "../e2e/stage.ts";

const CONTENT = '.inspector-content[data-state="active"]';

/** What the timeline shows: chosen, and messages again. */
const measured = (measure: "bytes" | "latency"): Screen => ({
  name: `timeline ${measure}`,
  at: ({ height }) => height > 400,
  show: async (hands) => {
    await table(hands);
    await hands.stage.panel.select(".timeline-measure", measure);
  },
  leave: async ({ stage }) => void (await stage.panel.select(".timeline-measure", "messages")),
});

const lanes = ({ words, stage }: Hands): Promise<void> => click(stage.panel, "button", words("timeline.lanes"));

/** A binary message of the page's, by its size, on the tab Message. */
const media = (name: string, size: string, selector: string): Screen => ({
  name,
  show: async (hands) => {
    await openLast(hands, `is:sent is:binary size:${size}`);
    await seen(hands, `${CONTENT} ${selector}`);
  },
  leave: closeInspector,
});

/** The views in which a capture is read, each as it has most to show. They want `sendMedia` and a kept capture before. */
export const READING_SCREENS: readonly Screen[] = [
  {
    ...tabOf("latency distribution", "type:order*", "connection.name", ".latencies"),
    show: async (hands) => {
      await tabOf("", "type:order*", "connection.name", ".latencies").show(hands);
      await hands.stage.panel.$eval(".latencies", (figure) => figure.scrollIntoView({ block: "center" }));
    },
  },
  {
    ...tabOf("raw, pretty and selected", "type:order*", "inspector.raw", ".text-line"),
    show: async (hands) => {
      await tabOf("", "type:order*", "inspector.raw", ".text-line").show(hands);
      await button(hands, hands.words("raw.pretty"));
      await seen(hands, ".text-fold");
      await clickOn(hands.stage.panel, ".text-line:nth-child(2) .text-characters");
      await hands.stage.devtools.keyboard.down("Shift");
      await press(hands, "ArrowDown", "ArrowDown");
      await hands.stage.devtools.keyboard.up("Shift");
      await seen(hands, ".text-selected");
    },
    leave: async (hands) => {
      await button(hands, hands.words("raw.pretty"));
      await click(hands.stage.panel, "tab", hands.words("inspector.message"));
      await closeInspector(hands);
    },
  },
  {
    name: "hex, selected",
    show: async (hands) => {
      await tabOf("", "type:order*", "inspector.hex", ".hex-line").show(hands);
      await clickOn(hands.stage.panel, '.hex-line:nth-child(2) [data-part="hex"]');
      await hands.stage.devtools.keyboard.down("Shift");
      await press(hands, "ArrowDown");
      await hands.stage.devtools.keyboard.up("Shift");
      await seen(hands, ".hex-readings");
    },
    leave: async (hands) => {
      await click(hands.stage.panel, "tab", hands.words("inspector.message"));
      await closeInspector(hands);
    },
  },
  tabOf("compare text", `is:sent "state closed"`, "compare.name", ".compare-added .compare-number"),
  tabOf("compare bytes", "is:sent is:binary size:101", "compare.name", ".compare-added .compare-offset"),
  media("image", "200..8kb", "img"),
  media("audio", ">8kb", "audio"),
  measured("bytes"),
  measured("latency"),
  {
    name: "timeline lanes",
    at: ({ height }) => height > 400,
    show: async (hands) => {
      await table(hands);
      await lanes(hands);
    },
    leave: lanes,
  },
  {
    name: "compare connections",
    at: (size) => !isNarrow(size),
    show: async (hands) => {
      await clickOn(hands.stage.panel, '.connections-option ::-p-text(/feed)');
      await click(hands.stage.panel, "tab", hands.words("compare.name"));
      await seen(hands, ".compare-tools");
    },
    leave: async (hands) => {
      await clickOn(hands.stage.panel, "#connection-all");
      // The next row opens on the tab that was left.
      await openLast(hands, "type:trade");
      await click(hands.stage.panel, "tab", hands.words("inspector.message"));
      await closeInspector(hands);
    },
  },
  {
    name: "compare captures",
    show: async (hands) => {
      await button(hands, hands.words("bar.captures"));
      await clickOn(hands.stage.panel, ".captures tbody tr:first-child button:has(.lucide-file-diff):enabled");
      await clickOn(hands.stage.panel, '.menu [role="menuitem"]');
      await seen(hands, '.captures h3');
    },
    leave: async (hands) => {
      await press(hands, "Escape");
      await gone(hands, ".captures");
    },
  },
  {
    name: "user column",
    // A narrower table has no room for it.
    at: ({ width }) => width >= 700,
    show: async (hands) => {
      await openLast(hands, "type:trade");
      await clickOn(hands.stage.panel, '.json-tree .json-key::-p-text(px)', { button: "right" });
      await clickOn(hands.stage.panel, `[role="menuitem"] ::-p-text(${hands.words("tree.add-column")})`);
      await closeInspector(hands);
      await filter(hands, "type:trade");
      await until(() => hands.stage.panel.$('[role="gridcell"][data-column=".px"]:not(:empty)'), (cell) => cell !== null);
    },
    leave: async (hands) => {
      await clickOn(hands.stage.panel, '[role="columnheader"][data-column=".px"]', { button: "right" });
      await click(hands.stage.panel, "menuitem", hands.words("menu.remove-column", { path: ".px" }));
      await closeInspector(hands);
    },
  },
  {
    name: "rows chosen",
    show: async (hands) => {
      await table(hands);
      await press(hands, "End");
      await hands.stage.devtools.keyboard.down("Shift");
      await press(hands, "Home");
      await hands.stage.devtools.keyboard.up("Shift");
      await seen(hands, ".status-selection b");
    },
    leave: closeInspector,
  },
];

/** The page sends two texts and two binary messages to be compared, a picture and a sound, while it is recorded. */
export async function sendMedia({ stage }: Hands, url: string): Promise<void> {
  await stage.page.evaluate(async (address) => {
    const socket = new WebSocket(address);
    await new Promise((resolve) => socket.addEventListener("open", resolve));
    const report = (state: string, last: readonly string[]): string => [...Array.from({ length: 12 }, (_, i) => `GET /orders/${4100 + i} HTTP/1.1`), `# a long line: ${"session=9c20, ".repeat(40)}${state}`, `state ${state}`, ...Array.from({ length: 12 }, (_, i) => `row ${i}`), ...last].join("\n");
    socket.send(report("open", ["end"]));
    socket.send(report("closed", ["one more", "end"]));
    // No text, no MessagePack.
    const bytes = Uint8Array.from({ length: 96 }, (_, i) => (i === 0 ? 0xc1 : (i * 151) % 256));
    socket.send(bytes);
    socket.send(Uint8Array.from([...bytes.subarray(0, 20), 0xff, 0xfe, ...bytes.subarray(22, 60), 1, 2, 3, 4, 5, ...bytes.subarray(60)]));
    const canvas = new OffscreenCanvas(160, 90);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("There is nothing to draw on.");
    context.fillStyle = "#1a73e8";
    context.fillRect(20, 20, 120, 50);
    socket.send(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
    // A second of 8,000 samples of a byte: see RIFF, WAVE.
    const sound = new DataView(new ArrayBuffer(44 + 8000));
    for (const [at, text] of [[0, "RIFF"], [8, "WAVEfmt "], [36, "data"]] as const) for (let i = 0; i < text.length; i++) sound.setUint8(at + i, text.charCodeAt(i));
    for (const [at, value] of [[4, 36 + 8000], [16, 16], [20, 0x0001_0001], [24, 8000], [28, 8000], [32, 0x0008_0001], [40, 8000]] as const) sound.setUint32(at, value, true);
    socket.send(sound.buffer);
  }, url.replace("http", "ws").replace(/\/?$/, "/feed?media"));
}
