import type { Frame } from "puppeteer-core";
import { setPanelSize } from "../../scripts/devtools-session.mjs";
import { click, clickOn, setFilter, untilShown } from "../../scripts/panel-actions.mjs";
import type { Speaker } from "../../src/words/speaker.ts";
import { until, type Stage } from "./stage.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** As DevTools is docked: at the side, narrow and less so; low; undocked; on a large display. */
export const SIZES = [
  { width: 300, height: 720 },
  { width: 420, height: 720 },
  { width: 700, height: 300 },
  { width: 1280, height: 600 },
  { width: 2560, height: 1000 },
] as const satisfies readonly Size[];

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
  /** Only while the page goes on. */
  readonly isLive?: boolean;
}

export const isNarrow = ({ width }: Size): boolean => width <= 700;
export const seen = async ({ stage }: Hands, selector: string): Promise<void> => void (await stage.panel.waitForSelector(selector, { visible: true }));
export const gone = async ({ stage }: Hands, selector: string): Promise<void> => void (await stage.panel.waitForSelector(selector, { hidden: true }));
export const button = ({ stage }: Hands, name: string): Promise<void> => click(stage.panel, "button", name);
export const filter = ({ stage, words }: Hands, text: string): Promise<void> => setFilter(stage, text, words("filter.name"));
export const press = async ({ stage }: Hands, ...keys: ("Escape" | "End" | "Home" | "Enter" | "ArrowDown" | "F3" | "?" | "r")[]): Promise<void> => {
  for (const key of keys) await stage.devtools.keyboard.press(key);
};
export const table = async ({ stage, words }: Hands): Promise<void> => {
  await untilShown(stage.panel);
  await stage.panel.focus(`.frames-grid[aria-label="${words("table.name")}"]`);
};

/** Opens the last row of a filter. */
export async function openLast(hands: Hands, text: string): Promise<void> {
  await filter(hands, text);
  await table(hands);
  await until(async () => {
    await press(hands, "End");
    return await hands.stage.panel.$('.frame-row[aria-selected="true"]');
  }, (row) => row !== null);
  await press(hands, "Enter");
  await seen(hands, '.inspector[aria-busy="false"]');
}

export async function closeInspector(hands: Hands): Promise<void> {
  if ((await hands.stage.panel.$(".inspector")) !== null) await button(hands, hands.words("inspector.close"));
  await gone(hands, ".inspector");
  await filter(hands, "");
}

/** A tab of the inspector on a row. */
export const tabOf = (name: string, of: string, word: "inspector.raw" | "inspector.hex" | "inspector.handshake" | "compare.name" | "connection.name" | "findings.name", selector: string): Screen => ({
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
export const opened = (name: string, word: (words: Hands["words"]) => string, selector: string, at?: Screen["at"]): Screen => ({
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
export const menuAt = (name: string, selector: string, before: (hands: Hands) => Promise<void>, at?: Screen["at"]): Screen => ({
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

/** The last row, selected. */
export const LAST_ROW = {
  before: async (hands: Hands): Promise<void> => {
    await table(hands);
    await press(hands, "End");
    await seen(hands, '.frame-row[aria-selected="true"]');
  },
  selector: '.frame-row[aria-selected="true"] .cell-message',
} as const;

export const pressCommand = async ({ stage }: Hands, key: "KeyK"): Promise<void> => {
  await stage.devtools.keyboard.down("Control");
  await stage.devtools.keyboard.down("Shift");
  await stage.devtools.keyboard.press(key);
  await stage.devtools.keyboard.up("Shift");
  await stage.devtools.keyboard.up("Control");
};

/** What moves has moved, and what moved is painted. */
export async function untilStill(view: Frame): Promise<void> {
  await view.evaluate(async () => {
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
    const painted = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await painted();
    // CodeMirror keeps a list far above the view until it has measured it, and one that has no place.
    for (let i = 0; i < 60 && [...document.querySelectorAll(".cm-tooltip")].some((list) => list.getBoundingClientRect().bottom < 0); i++) await painted();
  });
}

export const resize = (hands: Hands, size: Size): Promise<void> => setPanelSize(hands.stage, size);
