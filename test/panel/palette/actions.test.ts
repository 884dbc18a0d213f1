import "../a-navigator.ts";
import { expect, it } from "vitest";
import type { Action } from "../../../src/panel/palette/action.ts";
import { ACTION_GROUPS } from "../../../src/panel/palette/actions.ts";
import { entriesOf } from "../../../src/panel/context-menu/menu-parts.ts";
import { COLUMN_IDS } from "../../../src/panel/state/column-layout.ts";
import type { PanelSession } from "../../../src/panel/state/panel-session.ts";
import { DEFAULT_SETTINGS } from "../../../src/model/settings.ts";
import { LANGUAGES } from "../../../src/words/languages.ts";
import { itemsOf, selectRows, setUpMenus } from "../context-menu/a-menu.ts";
import { NOTHING, settle } from "../state/answering-engine.ts";
import { en } from "../../words/speakers.ts";

const listed = (session: PanelSession): readonly Action[] => ACTION_GROUPS.flatMap(({ actions }) => actions({ session, speaker: en, focusFilter: () => {} }));
const names = (session: PanelSession): readonly string[] => listed(session).map(({ name }) => name);

function run(session: PanelSession, name: string): void {
  const action = listed(session).find((one) => one.name === name);
  if (action === undefined) throw new Error(`${name} is not listed.`);
  action.run();
}

it("no two commands are one, and each has a name", async () => {
  const { session } = await setUpMenus();
  const actions = listed(session);
  expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
  expect(actions.filter(({ name }) => name === "")).toEqual([]);
});

it("every switch of the settings is one, every language, and what is done with all of them", async () => {
  const { session, saved } = await setUpMenus();
  const switches = Object.entries(DEFAULT_SETTINGS).filter(([, value]) => typeof value === "boolean").map(([key]) => key);
  const ids = listed(session).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([...switches.map((key) => `setting ${key}`), ...Object.keys(LANGUAGES).map((language) => `language ${language}`)]));
  run(session, "Turn on: Show close codes");
  expect(session.settings.store.getState().observeClosings).toBe(true);
  run(session, "Turn off: Show close codes");
  expect(session.settings.store.getState().observeClosings).toBe(false);
  run(session, "Language › 简体中文");
  expect(session.settings.store.getState().language).toBe("zh_CN");
  run(session, "Reset settings");
  expect(session.settings.store.getState()).toEqual(DEFAULT_SETTINGS);
  run(session, "Export settings");
  expect(saved.at(-1)?.[0]).toBe("framescope-settings.json");
});

it("all that the menu of the columns holds is one, and what their heads do", async () => {
  const { session } = await setUpMenus();
  const head = entriesOf("head", { session, speaker: en, target: { type: "head", column: null }, from: null });
  const missing = [...itemsOf(head).keys()].filter((name) => !names(session).some((one) => one === name || one === `Time › ${name}` || one === `Previous row › ${name}`));
  expect(missing).toEqual([]);
  const ids = listed(session).map(({ id }) => id);
  for (const id of COLUMN_IDS) {
    if (id !== "message") expect(ids).toContain(`column ${id}`);
    if (id !== "size" && id !== "latency") expect(ids).toContain(`sort ${id}`);
  }
  run(session, "Show column Connection");
  expect(session.columns.store.getState().hidden).not.toContain("connection");
  run(session, "Hide column Connection");
  expect(session.columns.store.getState().hidden).toContain("connection");
  run(session, "Sort by time since previous row");
  expect(session.scope.store.getState().sort).toEqual({ by: "delta", descending: true });
  run(session, "Sort in capture order");
  expect(session.scope.store.getState().sort).toBeNull();
  run(session, "Previous row › Of the same connection");
  expect(session.columns.store.getState().deltaOf).toBe("connection");
});

it("what is filtered can be kept, and every filter used before comes back", async () => {
  const { session } = await setUpMenus();
  for (let i = 0; i < 30; i++) session.filters.used(`type:t${i}`);
  expect(names(session).filter((name) => name.startsWith("Filter by type:t"))).toHaveLength(30);
  expect(names(session)).not.toContain("Save filter");
  session.scope.setFilter("-type:tick");
  run(session, "Save filter");
  expect([session.filters.store.getState().saved, session.scope.store.getState().text]).toEqual([[{ name: "-type:tick", text: "-type:tick", isOn: true }], ""]);
  session.scope.setFilter("type:order");
  run(session, "Highlight rows of the filter");
  expect(session.filters.store.getState().highlights).toEqual(["type:order"]);
});

it("what buttons offer now and then is listed while they do", async () => {
  const { session, engine } = await setUpMenus();
  const offered = ["Undo clear", "Find silent connections", "Show hidden connections"];
  expect(names(session).filter((name) => offered.includes(name))).toEqual([]);
  session.silent.setState("perhaps", true);
  session.counts.setState({ changed: { ...NOTHING, cleared: { frames: 3, connections: 1, isKept: false } } });
  session.connections.store.setState(({ list }) => ({ list: { ...list, hidden: { connections: 2, by: [0] } } }));
  session.settings.change({ hiddenConnections: [{ site: "shop.test", address: "wss://api.shop.test/live" } as never] });
  expect(names(session)).toEqual(expect.arrayContaining(offered));
  run(session, "Undo clear");
  await settle();
  expect(engine.calls.at(-1)?.name).toBe("undoClear");
  run(session, "Connect…");
  expect(session.sending.store.getState().wish).toMatchObject({ connect: { like: null } });
});

it("all frames are exported as those that are shown are, and what the menu of the row selected does is done", async () => {
  const { session, engine } = await setUpMenus();
  const all = ACTION_GROUPS.find(({ name }) => name === "palette.group-export-all")?.actions({ session, speaker: en, focusFilter: () => {} });
  expect(all?.map(({ name }) => name)).toEqual(["HAR", "HAR with sensitive data"]);
  all?.[0]?.run();
  await expect.poll(() => engine.calls.find(({ name }) => name === "export")?.argument).toMatchObject({ scope: "all", format: "har" });
  const row = selectRows(session, 0, 1);
  Object.assign(session.frames, { at: () => row });
  expect(names(session)).toContain("Save payload as file");
});
