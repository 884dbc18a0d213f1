import { expect, it } from "vitest";
import { countFaults, Faults } from "../../src/model/faults.ts";
import { say } from "../../src/model/said.ts";
import { SpokenLanguage } from "../../src/worker/spoken-language.ts";
import type { Speaker } from "../../src/words/speaker.ts";
import { en, zh } from "../words/speakers.ts";

const TOLD = say("engine.no-storage-bug");

interface Load {
  readonly resolve: (speaker: Speaker) => void;
  readonly reject: (error: Error) => void;
}

/** Languages whose catalogues load when the test says so, in any order. */
function setup() {
  const loads = new Map<string, Load>();
  const faults = new Faults("recorder");
  const language = new SpokenLanguage((name) => new Promise<Speaker>((resolve, reject) => loads.set(name, { resolve, reject })), faults);
  let settled = 0;
  const settle = (): Promise<void> => language.settled().then(() => void settled++);
  const load = (name: string): Load => {
    const found = loads.get(name);
    if (found === undefined) throw new Error(`Nobody asked for "${name}".`);
    return found;
  };
  return { language, faults, load, settle, settled: () => settled };
}

it("the language that was asked for last is spoken, whichever loads last, and a view waits for it", async () => {
  const { language, load, settle, settled } = setup();
  const view = settle();
  const chosen = language.speak("zh_CN");
  load("zh_CN").resolve(zh);
  await chosen;
  expect(language.tell(TOLD)).toBe(zh.tell(TOLD));
  load("").resolve(en);
  await view;
  expect(language.tell(TOLD)).toBe(zh.tell(TOLD));
  const [other, another] = [language.speak("en"), settle()];
  load("en").resolve(en);
  await Promise.all([other, another]);
  expect([language.tell(TOLD), settled()]).toEqual([en.tell(TOLD), 2]);
});

it("a view that began to wait for the browser's language waits for the one that is asked for meanwhile", async () => {
  const { language, load, settle, settled } = setup();
  const view = settle();
  const chosen = language.speak("zh_CN");
  load("").resolve(en);
  // Long enough for whoever waits for the first alone.
  for (let i = 0; i < 10; i++) await Promise.resolve();
  expect(settled()).toBe(0);
  load("zh_CN").resolve(zh);
  await Promise.all([chosen, view]);
  expect(language.tell(TOLD)).toBe(zh.tell(TOLD));
});

it("a language that does not load is counted, keeps no view waiting, and leaves what is spoken", async () => {
  const { language, faults, load, settle } = setup();
  const view = settle();
  load("").reject(new TypeError("Failed to fetch"));
  await view;
  await settle();
  expect([countFaults(faults.list), language.tell(TOLD)]).toEqual([1, ""]);
  const chosen = language.speak("en");
  load("en").resolve(en);
  await chosen;
  const other = language.speak("zh_CN");
  load("zh_CN").reject(new TypeError("Failed to fetch"));
  await Promise.all([other, settle()]);
  expect([countFaults(faults.list), language.tell(TOLD)]).toEqual([2, en.tell(TOLD)]);
});
