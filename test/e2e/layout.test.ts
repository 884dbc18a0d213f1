import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDemo, type Demo } from "../../demo/demo-server.mjs";
import { setLanguage } from "../../scripts/devtools-session.mjs";
import { ensureChineseFont } from "../../scripts/find-fonts.mjs";
import { en, zh } from "../words/speakers.ts";
import { IN_FULL } from "../some-of.ts";
import { axeFaults } from "./axe-faults.ts";
import { layoutFaults } from "./layout-faults.ts";
import { LAST_ROW, resize, SIZES, untilStill, type Hands, type Size } from "./screen-hands.ts";
import { recordDemo, SCREENS } from "./screens.ts";
import { hearing, misnamed, shownTexts } from "./spoken.ts";
import { borrowStage, until, type Stage } from "./stage.ts";

/** Those that have most to say, or are hung on something near an edge. `npm run test:pictures` goes through all of them. */
const LOOKED_AT = ["order", "hex", "connection", "wrong filter", "menu of a frame", "menu of several frames", "menu of a value", "export", "captures", "keys", "send and rules"];
/** What opens over the screen: what is under it was looked at before. */
const OVER = '[role="dialog"], [role="menu"]';
/** Fonts differ by a pixel or two from machine to machine. */
const TOLERANCE = 4;
const PARTS = { bar: ".top-bar", timeline: ".timeline", table: ".frames", head: ".frames-head", inspector: ".inspector", tabs: ".inspector-tab-list", status: ".status-bar" } as const;

type Boxes = Readonly<Record<keyof typeof PARTS, readonly [left: number, top: number, width: number, height: number] | null>>;

let demo: Demo;
let stage: Stage;
beforeAll(async () => {
  await ensureChineseFont();
  demo = await startDemo();
  stage = await borrowStage("about:blank");
  await recordDemo({ stage, words: en.words }, demo.url);
  await stage.freeze();
});
afterAll(async () => {
  await stage.end();
  await demo.close();
});

async function boxes(): Promise<Boxes> {
  return await stage.panel.evaluate((parts) => {
    const boxOf = (selector: string) => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return box === undefined || box.height === 0 ? null : ([box.left, box.top, box.width, box.height].map(Math.round) as unknown as Boxes[keyof Boxes]);
    };
    return Object.fromEntries(Object.entries(parts).map(([name, selector]) => [name, boxOf(selector)])) as Boxes;
  }, PARTS);
}

/** Docked at the side, low, and undocked: where each part stands with an order open in the inspector. */
const PLACES: readonly { readonly size: Size; readonly language: "en" | "zh_CN"; readonly screens: readonly string[]; readonly isForAxe: boolean; readonly places: Boxes }[] = [
  {
    size: SIZES[0],
    language: "zh_CN",
    screens: LOOKED_AT,
    isForAxe: true,
    places: { bar: [0, 0, 300, 88], timeline: [0, 88, 300, 52], table: [0, 140, 300, 279], head: [0, 140, 300, 22], inspector: [0, 420, 300, 279], tabs: [0, 470, 300, 28], status: [0, 698, 300, 22] },
  },
  {
    size: SIZES[2],
    language: "en",
    screens: LOOKED_AT,
    // What is drawn here is drawn there too, or at the third size.
    isForAxe: false,
    places: { bar: [0, 0, 700, 60], timeline: null, table: [0, 60, 377, 218], head: [0, 60, 377, 22], inspector: [378, 60, 322, 218], tabs: [378, 85, 322, 22], status: [0, 278, 700, 22] },
  },
  {
    size: SIZES[3],
    language: "zh_CN",
    screens: ["order", "connection"],
    isForAxe: true,
    places: { bar: [0, 0, 1280, 30], timeline: [0, 30, 1280, 52], table: [213, 82, 682, 496], head: [213, 82, 682, 22], inspector: [896, 82, 384, 496], tabs: [896, 132, 384, 28], status: [0, 578, 1280, 22] },
  },
];

it("a menu that has no room but under the pointer takes nothing for chosen as the button that opened it comes up", async () => {
  const { panel, devtools } = stage;
  const hands: Hands = { stage, words: en.words };
  await resize(hands, SIZES[0]);
  await LAST_ROW.before(hands);
  const box = await (await panel.$(LAST_ROW.selector))?.boundingBox();
  if (box === null || box === undefined) throw new Error("The row is not drawn.");
  await devtools.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await devtools.mouse.down({ button: "right" });
  await until(() => panel.$('.context-menu [role="menuitem"]:hover'), (item) => item !== null);
  await devtools.mouse.up({ button: "right" });
  await untilStill(panel);
  expect(await panel.$(".context-menu")).not.toBeNull();
  await devtools.keyboard.press("Escape");
  await panel.waitForSelector(".context-menu", { hidden: true });
});

describe.each(PLACES.filter(({ size }) => IN_FULL || size !== SIZES[3]))("at $size.width × $size.height, in $language", ({ size, language, screens, isForAxe, places }) => {
  const hands = (): Hands => ({ stage, words: (language === "en" ? en : zh).words });

  it("nothing is cut off, covered or out of reach, nor wrong for axe, nor in no catalogue, and each part stands in its place", { timeout: 300_000 }, async () => {
    await setLanguage(stage, language);
    await resize(hands(), size);
    const faults: string[] = [];
    // In Chinese, words of the panel's own that are in no catalogue show as in English they do not.
    const isSpoken = language === "zh_CN" ? await hearing(language) : null;
    for (const screen of SCREENS) {
      if (!screens.includes(screen.name) || screen.at?.(size) === false) continue;
      await screen.show(hands());
      await untilStill(stage.panel);
      if (screen.name === "order") {
        const found = await boxes();
        const isNear = (name: keyof Boxes): boolean => (found[name] === null || places[name] === null ? found[name] === places[name] : found[name].every((edge, i) => Math.abs(edge - (places[name]?.[i] ?? 0)) <= TOLERANCE));
        for (const name of Object.keys(places) as (keyof Boxes)[]) if (!isNear(name)) faults.push(`${screen.name}: ${name} stands at ${String(found[name])}, not ${String(places[name])}`);
      }
      const wrong = await layoutFaults(stage.panel);
      if (isForAxe) wrong.push(...(await axeFaults(stage.panel, (await stage.panel.$(OVER)) === null ? "html" : OVER)));
      if (isSpoken !== null) {
        for (const one of await shownTexts(stage.panel)) if (!isSpoken(one)) wrong.push(`in no catalogue: ${one.where}: ${one.texts[0]?.trim() ?? ""}`);
        wrong.push(...(await misnamed(stage.panel)));
      }
      for (const fault of wrong) faults.push(`${screen.name}: ${fault}`);
      await screen.leave?.(hands());
    }
    // However few columns have room.
    await stage.panel.waitForSelector(".frame-message");
    for (const row of await stage.panel.$$eval(".frame-message", (rows) => rows.filter((one) => one.querySelector(".mark") === null).map(({ ariaRowIndex }) => ariaRowIndex))) faults.push(`row ${row ?? ""} does not say of which connection it is`);
    expect(faults).toEqual([]);
  });
});
