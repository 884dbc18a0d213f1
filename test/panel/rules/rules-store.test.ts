import { expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import type { MessageRule } from "../../../src/model/message-rule.ts";
import { NO_RULES, type RulesInForce } from "../../../src/model/rules-in-force.ts";
import { RulesStore } from "../../../src/panel/rules/rules-store.ts";
import type { PanelSession } from "../../../src/panel/state/panel-session.ts";
import { pageRule } from "../../../src/query/page-rule.ts";
import { connectEngine } from "../state/answering-engine.ts";
import { memoryArea } from "../state/memory-area.ts";

const RULE: MessageRule = { id: "1", name: "quiet", direction: "received", filter: "tick", action: { type: "drop" }, most: null };

/** A session whose capture takes what is set, and says so. */
async function setup(area = memoryArea()) {
  const set: (readonly string[])[] = [];
  const messageRules = createStore<RulesInForce>(() => NO_RULES);
  const engine = connectEngine({
    pageRule: (rule) => {
      const read = pageRule(rule);
      if ("problem" in read) throw new Error("No rule of the test is refused.");
      return read.value;
    },
  });
  const session = {
    area,
    messageRules,
    engine: engine.client,
    capture: {
      live: (name: string, { rules }: { readonly rules: readonly { readonly name: string; readonly rule: { readonly id: string } }[] }) => {
        expect(name).toBe("setMessageRules");
        set.push(rules.map((one) => one.name));
        messageRules.setState({ ...NO_RULES, on: rules.map(({ rule: { id } }) => ({ id, applied: 0, aside: null, passed: 0 })) }, true);
        return Promise.resolve(null);
      },
    },
  } as unknown as PanelSession;
  engine.client.listen(() => {});
  const store = new RulesStore(session);
  const end = store.begin();
  await new Promise((resolve) => setTimeout(resolve, 0));
  return { store, area, set, names: () => store.kept.store.getState().rules.map(({ name }) => name), end: () => (end(), engine.end()) };
}

const file = (rules: unknown, more: object = {}): string => JSON.stringify({ kind: "framescope-rules", rules, ...more });

it("rules come back as they were exported, off", async () => {
  const first = await setup();
  await first.store.save(RULE);
  const text = first.store.exportText();
  first.end();
  const { store, set, names, end } = await setup();
  await store.importFile(text);
  expect([names(), set]).toEqual([["quiet"], []]);
  end();
});

it.each([
  ["names of a switch", [{ ...RULE, on: true, isOn: true, enabled: true, state: "on" }], { on: ["1"], turnOn: true, enabled: true }],
  ["the id of a rule that is on", [{ ...RULE, name: "other" }, { ...RULE, name: "another" }], {}],
  ["what all objects inherit", JSON.parse('[{"__proto__":{"on":true},"id":"7","name":"other","direction":"sent","filter":"","action":{"type":"drop","__proto__":{"on":true}},"most":null}]') as unknown, {}],
])("no file switches a rule on, nor changes one that is on: %s", async (_, rules, more) => {
  const { store, set, names, end } = await setup();
  await store.save(RULE);
  await store.turn("1", true);
  await store.importFile(file(rules, more));
  expect(names()[0]).toBe("quiet");
  expect(set.every((on) => on.length === 1 && on[0] === "quiet")).toBe(true);
  await store.turn("1", false);
  expect(set.at(-1)).toEqual([]);
  end();
});

it("none is on in a new session, whatever was on in the one before or stands in the storage", async () => {
  const before = await setup();
  await before.store.save(RULE);
  await before.store.turn("1", true);
  before.end();
  const { stored } = before.area;
  for (const key of Object.keys(stored)) Object.assign(stored[key] as object, { on: ["1"], isOn: true });
  const { store, set, names, end } = await setup(memoryArea(stored));
  expect([names(), set]).toEqual([["quiet"], []]);
  // One that is turned on takes no other with it.
  await store.save({ ...RULE, id: "2", name: "loud" });
  await store.turn("2", true);
  expect(set).toEqual([["loud"]]);
  end();
});

it.each(["", "null", "[]", '{"rules":[]}', "{", '{"kind":"framescope-rules"'])("%s is no file of rules, and says so", async (text) => {
  const { store, names, end } = await setup();
  await store.importFile(text);
  expect(names()).toEqual([]);
  expect(store.told.getState().told).toMatchObject({ code: "rules.not-a-file" });
  end();
});
