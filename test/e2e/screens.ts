import { setPanelSize } from "../../scripts/devtools-session.mjs";
import { click, clickOn, find, setFilter, untilShown } from "../../scripts/panel-actions.mjs";
import type { Speaker } from "../../src/words/speaker.ts";
import { until, type Stage } from "./stage.ts";

/** As DevTools is docked: at the side, narrow and less so; low; undocked; on a large display. */
export const SIZES = [
  { width: 300, height: 720 },
  { width: 420, height: 720 },
  { width: 700, height: 300 },
  { width: 1280, height: 600 },
  { width: 2560, height: 1000 },
] as const;

export type Size = (typeof SIZES)[number];

/** What a person does to get to a screen, in whatever language it speaks. */
export interface Hands {
  readonly stage: Stage;
  readonly words: Speaker["words"];
}

/** A state of the panel that is looked at. */
export interface Screen {
  readonly name: string;
  readonly show: (hands: Hands) => Promise<void>;
  /** Back to the table alone, with no filter. */
  readonly leave?: (hands: Hands) => Promise<void>;
  /** Where there is such a screen; everywhere by default. */
  readonly at?: (size: Size) => boolean;
}

const isNarrow = ({ width }: Size): boolean => width <= 700;
const seen = async ({ stage }: Hands, selector: string): Promise<void> => void (await stage.panel.waitForSelector(selector, { visible: true }));
const gone = async ({ stage }: Hands, selector: string): Promise<void> => void (await stage.panel.waitForSelector(selector, { hidden: true }));
const button = ({ stage }: Hands, name: string): Promise<void> => click(stage.panel, "button", name);
const filter = ({ stage, words }: Hands, text: string): Promise<void> => setFilter(stage, text, words("filter.name"));
const press = async ({ stage }: Hands, ...keys: ("Escape" | "End" | "Home" | "Enter" | "ArrowDown" | "F3" | "?" | "r")[]): Promise<void> => {
  for (const key of keys) await stage.devtools.keyboard.press(key);
};
const table = async ({ stage, words }: Hands): Promise<void> => {
  await untilShown(stage.panel);
  await stage.panel.focus(`.frames-grid[aria-label="${words("table.name")}"]`);
};

/** Opens the last row of a filter. */
async function openLast(hands: Hands, text: string): Promise<void> {
  await filter(hands, text);
  await table(hands);
  await until(async () => {
    await press(hands, "End");
    return await hands.stage.panel.$('.frame-row[aria-selected="true"]');
  }, (row) => row !== null);
  await press(hands, "Enter");
  await seen(hands, '.inspector[aria-busy="false"]');
}

async function closeInspector(hands: Hands): Promise<void> {
  if ((await hands.stage.panel.$(".inspector")) !== null) await button(hands, hands.words("inspector.close"));
  await gone(hands, ".inspector");
  await filter(hands, "");
}

/** A tab of the inspector on a row. */
const tabOf = (name: string, of: string, word: "inspector.raw" | "inspector.hex" | "inspector.handshake" | "compare.name" | "connection.name" | "findings.name", selector: string): Screen => ({
  name,
  show: async (hands) => {
    await openLast(hands, of);
    await click(hands.stage.panel, "tab", hands.words(word));
    await seen(hands, selector);
  },
  leave: async (hands) => {
    await click(hands.stage.panel, "tab", hands.words("inspector.message"));
    await closeInspector(hands);
  },
});

/** Something that a button opens and Escape closes. */
const opened = (name: string, word: (words: Hands["words"]) => string, selector: string, at?: Screen["at"]): Screen => ({
  name,
  show: async (hands) => {
    await button(hands, word(hands.words));
    await seen(hands, selector);
  },
  leave: async (hands) => {
    await press(hands, "Escape");
    await gone(hands, selector);
  },
  ...(at && { at }),
});

/** A context menu. */
const menuAt = (name: string, selector: string, before: (hands: Hands) => Promise<void>, at?: Screen["at"]): Screen => ({
  name,
  show: async (hands) => {
    await before(hands);
    await clickOn(hands.stage.panel, selector, { button: "right" });
    await seen(hands, ".context-menu");
  },
  leave: async (hands) => {
    await press(hands, "Escape");
    await gone(hands, ".context-menu");
    await closeInspector(hands);
  },
  ...(at && { at }),
});

/** What an item of a menu asks for; the menu is that of what `selector` finds, or opens where that is pressed. */
const asked = (name: string, how: { readonly before: (hands: Hands) => Promise<void>; readonly selector: string; readonly pressed?: boolean }, item: (words: Hands["words"]) => string): Screen => ({
  name,
  show: async (hands) => {
    await how.before(hands);
    await clickOn(hands.stage.panel, how.selector, how.pressed === true ? undefined : { button: "right" });
    await seen(hands, ".context-menu");
    await click(hands.stage.panel, "menuitem", item(hands.words));
    await seen(hands, ".ask");
  },
  leave: async (hands) => {
    await press(hands, "Escape");
    await gone(hands, ".ask");
    await closeInspector(hands);
  },
});

const lastRow = { before: async (hands: Hands) => (await table(hands), await press(hands, "End"), await seen(hands, '.frame-row[aria-selected="true"]')), selector: '.frame-row[aria-selected="true"] .cell-message' };
const decoderMenu = { before: (hands: Hands) => openLast(hands, "type:order*"), selector: ".layers-choose", pressed: true };

/** What a button of the drawer opens. */
const drawerPopup = (name: string, word: (words: Hands["words"]) => string, selector: string): Screen => ({
  name,
  show: async (hands) => {
    await openLast(hands, "type:order*");
    await press(hands, "r");
    await seen(hands, ".send-text");
    await button(hands, word(hands.words));
    await seen(hands, selector);
  },
  leave: async (hands) => {
    await press(hands, "Escape");
    await gone(hands, selector);
    await button(hands, hands.words("bar.send"));
    await gone(hands, ".send");
    await closeInspector(hands);
  },
});

const pressCommand = async ({ stage }: Hands, key: "KeyK"): Promise<void> => {
  await stage.devtools.keyboard.down("Control");
  await stage.devtools.keyboard.down("Shift");
  await stage.devtools.keyboard.press(key);
  await stage.devtools.keyboard.up("Shift");
  await stage.devtools.keyboard.up("Control");
};

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

/** On the demo, paused: each begins at the table without a filter, and ends there. */
export const SCREENS: readonly Screen[] = [
  { name: "table", show: table },
  { name: "order", show: (hands) => openLast(hands, "type:order*"), leave: closeInspector },
  tabOf("raw", "type:order*", "inspector.raw", ".text-line"),
  tabOf("hex", "type:order*", "inspector.hex", ".hex-line"),
  tabOf("handshake", "type:order*", "inspector.handshake", ".handshake-findings li"),
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
  {
    name: "find",
    show: async (hands) => {
      await table(hands);
      await press(hands, "F3");
      await seen(hands, ".find");
      await hands.stage.devtools.keyboard.sendCharacter("btc");
      await press(hands, "Enter");
      await hands.stage.panel.waitForSelector(".find mark, .find [role=status]:not(:empty)");
    },
    leave: async (hands) => {
      await press(hands, "Escape");
      await gone(hands, ".find");
    },
  },
  menuAt("menu of a frame", lastRow.selector, lastRow.before),
  menuAt("menu of a head", ".head-cell.cell-size", table),
  menuAt("menu of a connection", ".connections-option:nth-child(3)", table, (size) => !isNarrow(size)),
  menuAt("menu of a value", ".json-line[data-line]:nth-child(2)", (hands) => openLast(hands, "type:order*")),
  asked("note", lastRow, (words) => words("menu.add-note")),
  asked("add a column", { before: table, selector: ".head-cell.cell-message" }, (words) => words("menu.add-column")),
  asked("schema", decoderMenu, (words) => words("schema.menu")),
  asked("prefix", decoderMenu, (words) => words("prefix.menu")),
  asked("pairs", decoderMenu, (words) => words("pairs.menu")),
  drawerPopup("connect", (words) => words("live.connect"), ".send-connect"),
  drawerPopup("close a connection", (words) => words("live.close"), ".send-close"),
  drawerPopup("sent before", (words) => words("live.kept"), ".send-kept"),
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
  await find(stage.panel, "button", words("bar.record"));
  await button(hands, words("bar.record"));
  const hint = `[aria-label="${words("welcome.hint-close")}"]`;
  if ((await stage.panel.$(hint)) !== null) await clickOn(stage.panel, hint);
}

/** What moves has moved, and what moved is painted. */
export async function untilStill({ stage }: Hands): Promise<void> {
  await stage.panel.evaluate(async () => {
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

export const resize = (hands: Hands, size: Size): Promise<void> => setPanelSize(hands.stage, size);
