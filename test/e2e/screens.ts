import { click, clickOn, untilShown } from "../../scripts/panel-actions.mjs";
import { FORM_SCREENS } from "./form-screens.ts";
import { button, closeInspector, filter, gone, isNarrow, LAST_ROW, menuAt, opened, openLast, press, pressCommand, seen, tabOf, table, type Hands, type Screen } from "./screen-hands.ts";
import { until } from "./stage.ts";

/** Before any page: what an empty panel says, and its tour. */
export const EMPTY_SCREENS: readonly Screen[] = [
  { name: "nothing yet", show: (hands) => seen(hands, ".welcome-offers") },
  {
    name: "tour",
    show: async (hands) => {
      await button(hands, hands.words("welcome.tour"));
      await seen(hands, ".tour");
      await button(hands, hands.words("welcome.tour-next"));
    },
    leave: async (hands) => {
      await button(hands, hands.words("welcome.tour-leave"));
      await gone(hands, ".tour");
    },
  },
];

/** A text looked for from row to row, until what came of it is seen. */
const find = (name: string, text: string, came: string): Screen => ({
  name,
  show: async (hands) => {
    await table(hands);
    await press(hands, "F3");
    await seen(hands, ".find");
    await hands.stage.devtools.keyboard.sendCharacter(text);
    await press(hands, "Enter");
    await hands.stage.panel.waitForSelector(came);
  },
  leave: async (hands) => {
    await press(hands, "Escape");
    await gone(hands, ".find");
  },
});

const HANDSHAKE = tabOf("handshake", "type:order*", "inspector.handshake", ".handshake-findings li");

/** On the demo, paused: each begins at the table without a filter, and ends there. */
export const SCREENS: readonly Screen[] = [
  { name: "table", show: table },
  { name: "order", show: (hands) => openLast(hands, "type:order*"), leave: closeInspector },
  tabOf("raw", "type:order*", "inspector.raw", ".text-line"),
  tabOf("hex", "type:order*", "inspector.hex", ".hex-line"),
  HANDSHAKE,
  tabOf("compare", "type:trade", "compare.name", '.inspector-content[data-state="active"] > *'),
  tabOf("connection", "type:trade", "connection.name", '.inspector-content[data-state="active"] > *'),
  tabOf("findings", "type:trade", "findings.name", '.inspector-content[data-state="active"] > *'),
  { name: "error", show: (hands) => openLast(hands, "type:error"), leave: closeInspector },
  { name: "close", show: (hands) => openLast(hands, "type:close"), leave: closeInspector },
  {
    name: "wrong filter",
    show: async (hands) => {
      await filter(hands, "typo:trade");
      await seen(hands, ".filter-alert");
    },
    leave: closeInspector,
  },
  {
    name: "no match",
    show: async (hands) => {
      await filter(hands, "px > 100");
      await seen(hands, ".frames-empty");
    },
    leave: closeInspector,
  },
  {
    name: "completion",
    show: async (hands) => {
      await filter(hands, "is:");
      await seen(hands, ".filter-completion");
    },
    leave: async (hands) => {
      await press(hands, "Escape");
      await closeInspector(hands);
    },
  },
  opened("examples", (words) => words("filter.examples"), ".filter-help"),
  {
    name: "keep a filter",
    show: async (hands) => {
      await filter(hands, "type:tick");
      await button(hands, hands.words("filter.keep"));
      await seen(hands, ".filter-keep");
    },
    leave: async (hands) => {
      await press(hands, "Escape");
      await gone(hands, ".filter-keep");
      await closeInspector(hands);
    },
  },
  opened("views", (words) => words("filter.views"), ".views"),
  find("find", "btc", ".find mark, .find [role=status]:not(:empty)"),
  find("find nothing", "no frame holds this", ".find-wrong:not(:empty)"),
  menuAt("menu of a frame", LAST_ROW.selector, LAST_ROW.before),
  menuAt("menu of several frames", '.frame-message[aria-selected="true"] .cell-message', async (hands) => {
    await table(hands);
    await press(hands, "End");
    await hands.stage.devtools.keyboard.down("Shift");
    await press(hands, "Home");
    await hands.stage.devtools.keyboard.up("Shift");
    await seen(hands, ".status-selection b");
  }),
  menuAt("menu of a head", ".head-cell.cell-size", table),
  {
    name: "menu of a header",
    show: async (hands) => {
      await HANDSHAKE.show(hands);
      await clickOn(hands.stage.panel, ".headers-list > div", { button: "right" });
      await seen(hands, ".context-menu");
    },
    leave: async (hands) => {
      await press(hands, "Escape");
      await gone(hands, ".context-menu");
      await HANDSHAKE.leave?.(hands);
    },
  },
  menuAt("menu of a connection", ".connections-option:nth-child(3)", table, (size) => !isNarrow(size)),
  menuAt("menu of a value", ".json-line[data-line]:nth-child(2)", (hands) => openLast(hands, "type:order*")),
  opened("columns", (words) => words("table.columns"), '[role="menu"]'),
  opened("export", (words) => words("bar.export"), ".menu"),
  opened("settings", (words) => words("bar.settings"), ".settings"),
  opened("captures", (words) => words("bar.captures"), ".captures tbody tr"),
  opened("connections", (words) => words("connections.chosen", { name: words("connections.all") }), ".connections-popup", isNarrow),
  {
    name: "commands",
    show: async (hands) => {
      await table(hands);
      await pressCommand(hands, "KeyK");
      await seen(hands, ".palette-item");
    },
    leave: async (hands) => {
      await press(hands, "Escape");
      await gone(hands, ".palette");
    },
  },
  {
    name: "keys",
    show: async (hands) => {
      await table(hands);
      await press(hands, "?");
      await seen(hands, ".shortcuts");
    },
    leave: async (hands) => {
      await press(hands, "Escape");
      await gone(hands, ".palette");
    },
  },
  {
    name: "send and rules",
    show: async (hands) => {
      await button(hands, hands.words("bar.send"));
      await seen(hands, ".send-text");
      await button(hands, hands.words("bar.rules"));
      await seen(hands, ".rules-bar");
    },
    leave: async (hands) => {
      await button(hands, hands.words("bar.rules"));
      await gone(hands, ".rules");
      await button(hands, hands.words("bar.send"));
      await gone(hands, ".send");
    },
  },
  ...FORM_SCREENS,
  {
    name: "secrets",
    show: async (hands) => {
      await button(hands, hands.words("bar.export"));
      await click(hands.stage.panel, "menuitem", "HAR");
      await seen(hands, ".secrets-write");
    },
    leave: async (hands) => {
      await press(hands, "Escape");
      await gone(hands, ".secrets-write");
    },
  },
  {
    name: "cleared",
    show: async (hands) => {
      await button(hands, hands.words("bar.clear"));
      await seen(hands, ".frames-cleared");
    },
    leave: async (hands) => {
      await clickOn(hands.stage.panel, ".frames-cleared button");
      await gone(hands, ".frames-cleared");
      await untilShown(hands.stage.panel);
    },
  },
];

/** Records the demo until there is something of everything, and pauses. */
export async function recordDemo(hands: Hands, url: string): Promise<void> {
  const { stage, words } = hands;
  await stage.page.goto(url);
  await until(() => stage.panel.$$eval(".connections-over", (rows) => rows.length), (count) => count > 0);
  await filter(hands, "type:close");
  await until(() => stage.panel.$$eval(".frame-close", (rows) => rows.length), (count) => count > 0);
  await filter(hands, "type:order*");
  await until(() => stage.panel.$$eval(".frame-message", (rows) => rows.filter((row) => row.querySelector(".cell-latency")?.textContent?.includes("ms") === true).length), (count) => count > 1);
  await filter(hands, "");
  await button(hands, words("bar.record"));
  const hint = `[aria-label="${words("welcome.hint-close")}"]`;
  if ((await stage.panel.$(hint)) !== null) await clickOn(stage.panel, hint);
}
