import type { ElementHandle } from "puppeteer-core";
import { click, clickOn } from "../../scripts/panel-actions.mjs";
import { button, closeInspector, filter, gone, LAST_ROW, openLast, press, seen, table, type Hands, type Screen } from "./screen-hands.ts";

type Words = Hands["words"];

async function leaveBy(hands: Hands, selector: string): Promise<void> {
  await press(hands, "Escape");
  await gone(hands, selector);
}

/** What an item of a menu asks for; the menu is that of what `selector` finds, or opens where that is pressed. */
const asked = (name: string, how: { readonly before: (hands: Hands) => Promise<void>; readonly selector: string; readonly pressed?: boolean }, item: (words: Words) => string): Screen => ({
  name,
  show: async (hands) => {
    await how.before(hands);
    await clickOn(hands.stage.panel, how.selector, how.pressed === true ? undefined : { button: "right" });
    await seen(hands, ".context-menu");
    await click(hands.stage.panel, "menuitem", item(hands.words));
    await seen(hands, ".ask");
  },
  leave: async (hands) => {
    await leaveBy(hands, ".ask");
    await closeInspector(hands);
  },
});

const DECODERS = { before: (hands: Hands) => openLast(hands, "type:order*"), selector: ".layers-choose", pressed: true } as const;

/** What a button of the drawer opens; `back`: what closes it, Escape by default. */
const ofDrawer = (name: string, part: (words: Words) => string, selector: string, back?: (words: Words) => string): Screen => ({
  name,
  show: async (hands) => {
    await openLast(hands, "type:order*");
    await press(hands, "r");
    await seen(hands, ".send-text");
    await button(hands, part(hands.words));
    await seen(hands, selector);
  },
  leave: async (hands) => {
    await (back === undefined ? leaveBy(hands, selector) : button(hands, back(hands.words)));
    await gone(hands, selector);
    await button(hands, hands.words("bar.send"));
    await gone(hands, ".send");
    await closeInspector(hands);
  },
});

/** Where something is asked for or filled in. */
export const FORM_SCREENS: readonly Screen[] = [
  asked("note", LAST_ROW, (words) => words("menu.add-note")),
  asked("add a column", { before: table, selector: ".head-cell.cell-message" }, (words) => words("menu.add-column")),
  {
    name: "decoders",
    show: async (hands) => {
      await DECODERS.before(hands);
      await clickOn(hands.stage.panel, DECODERS.selector);
      await seen(hands, ".context-menu");
    },
    leave: async (hands) => {
      await leaveBy(hands, ".context-menu");
      await closeInspector(hands);
    },
  },
  asked("schema", DECODERS, (words) => words("schema.menu")),
  asked("prefix", DECODERS, (words) => words("prefix.menu")),
  asked("pairs", DECODERS, (words) => words("pairs.menu")),
  ofDrawer("connect", (words) => words("live.connect"), ".send-connect"),
  // It is offered once the socket was heard.
  { ...ofDrawer("close a connection", (words) => words("live.close"), ".send-close"), isLive: true },
  ofDrawer("sent before", (words) => words("live.kept"), ".send-kept"),
  ofDrawer("transcript", (words) => words("replay.open"), ".send-transcript", (words) => words("replay.back")),
  {
    name: "new rule",
    show: async (hands) => {
      await button(hands, hands.words("bar.rules"));
      await seen(hands, ".rules-bar");
      await button(hands, hands.words("rules.new"));
      await seen(hands, ".rules-form");
    },
    leave: async (hands) => {
      await button(hands, hands.words("rules.hide"));
      await gone(hands, ".rules");
    },
  },
  {
    name: "columns of a file",
    show: async (hands) => {
      await button(hands, hands.words("bar.export"));
      await click(hands.stage.panel, "menuitem", hands.words("menu.export-columns", { format: "CSV" }));
      await seen(hands, ".secrets-columns");
    },
    leave: async (hands) => {
      await leaveBy(hands, ".secrets-columns");
      await filter(hands, "");
    },
  },
  {
    name: "import",
    show: async ({ stage, ...hands }) => {
      const input = (await stage.panel.waitForSelector('input[type="file"][multiple]')) as ElementHandle<HTMLInputElement>;
      await input.uploadFile("package.json", "tsconfig.json");
      await seen({ stage, ...hands }, ".import-list li + li");
    },
    leave: (hands) => leaveBy(hands, ".import-outcomes"),
  },
];
