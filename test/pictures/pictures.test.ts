/** Every screen in each language, theme and size, as pictures to be looked at, and with no text that is in no catalogue: out/pictures, with a sheet for each screen. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDemo, type Demo } from "../../demo/demo-server.mjs";
import { screenshotPanel, setLanguage } from "../../scripts/devtools-session.mjs";
import { ensureChineseFont } from "../../scripts/find-fonts.mjs";
import { axeFaults } from "../e2e/axe-faults.ts";
import { layoutFaults } from "../e2e/layout-faults.ts";
import { openedBy } from "../e2e/recovery-scenarios.ts";
import { button, closeInspector, openLast, resize, SIZES, untilStill, type Hands, type Screen, type Size } from "../e2e/screen-hands.ts";
import { EMPTY_SCREENS, recordDemo, SCREENS } from "../e2e/screens.ts";
import { hearing, misnamed, shownTexts } from "../e2e/spoken.ts";
import { setStage } from "../e2e/stage.ts";
import { en, zh } from "../words/speakers.ts";
import { READING_SCREENS, sendMedia } from "./reading-screens.ts";
import { END_SCREENS, STATE_SCREENS } from "./state-screens.ts";

const FOLDER = new URL("../../out/pictures/", import.meta.url);
const THEMES = ["light", "dark"] as const;
/** Its keyboard is the box's (`aria-activedescendant`), and the box is a text box: a checker does not take it for its list. */
const CODEMIRRORS_LIST = 'id="cm-ac-';
/** Those of the tests, and what lies between. */
const PICTURED: readonly Size[] = [...SIZES, { width: 360, height: 720 }, { width: 800, height: 600 }];
/** Only the screens whose name holds one of these, between commas, where it is set. */
const { SCREEN = "" } = process.env;

let demo: Demo;
beforeAll(async () => {
  await ensureChineseFont();
  if (SCREEN === "") await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  demo = await startDemo();
});
afterAll(() => demo.close());

describe.each([["en", en], ["zh_CN", zh]] as const)("every screen in %s", (language, { words }) => {
  it("is looked at in each theme and size, says nothing that is in no catalogue, and has nothing cut off, covered or out of reach", { timeout: 3_000_000 }, async () => {
    const stage = await setStage({ url: "about:blank" });
    const hands: Hands = { stage, words };
    const faults: string[] = [];
    const isSpoken = await hearing(language);

    async function picture(screen: Screen, size: Size): Promise<void> {
      for (const theme of THEMES) {
        await stage.panel.evaluate((wanted) => void (document.documentElement.dataset["theme"] = wanted), theme);
        await untilStill(stage.panel);
        await screenshotPanel(stage, fileURLToPath(new URL(nameOf(screen, language, theme, size), FOLDER)));
      }
    }
    async function walk(screens: readonly Screen[], size: Size): Promise<void> {
      await resize(hands, size);
      for (const screen of screens) {
        if (screen.at?.(size) === false || !SCREEN.split(",").some((part) => screen.name.includes(part))) continue;
        const where = `${language}, ${size.width} × ${size.height}, ${screen.name}`;
        try {
          await screen.show(hands);
          await untilStill(stage.panel);
          for (const fault of await layoutFaults(stage.panel)) faults.push(`${where}: ${fault}`);
          for (const one of await shownTexts(stage.panel)) if (!isSpoken(one)) faults.push(`${where}: in no catalogue: ${one.where}: ${one.texts[0]?.trim() ?? ""}`);
          for (const one of await misnamed(stage.panel)) faults.push(`${where}: ${one}`);
          await picture(screen, size);
          for (const fault of await axeFaults(stage.panel)) if (!fault.includes(CODEMIRRORS_LIST)) faults.push(`${where}: ${fault}`);
          await screen.leave?.(hands);
        } catch (error) {
          faults.push(`${where}: ${String(error)}`);
          await picture({ ...screen, name: `${screen.name}, failed` }, size);
          for (let i = 0; i < 3; i++) await stage.devtools.keyboard.press("Escape");
        }
      }
    }

    try {
      // To be compared with; it is waited for by its English names.
      const kept = await openedBy(stage.browser, () => button(hands, en.words("welcome.demo")));
      await kept.page().close();
      await stage.devtools.bringToFront();
      await setLanguage(stage, language);
      for (const size of PICTURED) await walk(EMPTY_SCREENS, size);
      await resize(hands, SIZES[3]);
      await recordDemo(hands, demo.url);
      // While the page is heard: one that nobody looks at loses its connections in the end.
      for (const size of PICTURED) await walk(SCREENS.filter(({ isLive }) => isLive === true), size);
      await button(hands, words("bar.record"));
      await sendMedia(hands, demo.url);
      // Found by a filter: others soon push its row out of the table.
      await openLast(hands, "is:sent is:binary size:>8kb");
      await closeInspector(hands);
      await button(hands, words("bar.record"));
      for (const size of PICTURED) await walk([...SCREENS.filter(({ isLive }) => isLive !== true), ...STATE_SCREENS, ...READING_SCREENS], size);
      for (const size of PICTURED) await walk(END_SCREENS, size);
      for (const screen of [...EMPTY_SCREENS, ...SCREENS, ...STATE_SCREENS, ...READING_SCREENS, ...END_SCREENS]) await makeSheets(screen, language);
    } finally {
      await stage.end();
      await writeFile(new URL(`faults-${language}.txt`, FOLDER), `${faults.join("\n")}\n`);
    }
    expect(faults).toEqual([]);
  });
});

const nameOf = ({ name }: Screen, language: string, theme: string, { width, height }: Size): string => `${name}, ${language}, ${theme}, ${width} × ${height}.png`;

/** All sizes of a screen in one page. */
async function makeSheets(screen: Screen, language: string): Promise<void> {
  for (const theme of THEMES) {
    const pictures = PICTURED.filter((size) => screen.at?.(size) !== false).map((size) => `<img src="${encodeURIComponent(nameOf(screen, language, theme, size))}" width="${size.width}">`);
    await writeFile(new URL(`${screen.name}, ${language}, ${theme}.html`, FOLDER), `<!doctype html><meta charset="utf-8"><title>${screen.name}</title><style>body{margin:12px;background:#888}img{margin:6px;vertical-align:top}</style>${pictures.join("\n")}\n`);
  }
}

