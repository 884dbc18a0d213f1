import "../a-navigator.ts";
import { readdirSync, readFileSync } from "node:fs";
import { createElement } from "react";
import { expect, it, vi } from "vitest";
import { ACTION_GROUPS } from "../../../src/panel/palette/actions.ts";
import { importsOf } from "../../../src/panel/import/import-store.ts";
import type { PanelSession } from "../../../src/panel/state/panel-session.ts";
import { viewsOf } from "../../../src/panel/state/views-store.ts";
import { timelineOf } from "../../../src/panel/timeline/timeline-store.ts";
import { TopBar } from "../../../src/panel/top-bar/top-bar.tsx";
import { setUpMenus } from "../context-menu/a-menu.ts";
import { drawn } from "../frames/drawn.ts";
import { en } from "../../words/speakers.ts";

/** The command that does what a button of the top bar does, by its name. */
const OF_TOP_BAR: Readonly<Record<string, string>> = {
  "Choose a tab": "tab",
  Record: "pause",
  Clear: "clear",
  "Connection: All connections": "connections",
  Views: "save view",
  "Filter examples": "filter examples",
  "Clear input": "no filter",
  "Save or highlight this filter": "save filter",
  Sent: "sent",
  Received: "received",
  Send: "send",
  Rules: "rules",
  Import: "import",
  Export: "export shown har false",
  Captures: "captures",
  Settings: "settings",
};

/** The same of the status bar, by what its source calls them; `text`: how many findings there are. */
const OF_STATUS_BAR: Readonly<Record<string, string>> = {
  text: "findings",
  'words("import.cancel")': "cancel import",
  'words("live.rules-lift")': "lift rules",
  'words("offers.open-captures")': "captures",
  'words("palette.settings")': "settings",
  'words("replay.show-run")': "send",
  'words("rules.all-off")': "rules off",
  'words("rules.show")': "rules",
  'words("status.dismiss")': "dismiss export",
  'words("status.export-cancel")': "cancel export",
  'words("status.faults-copy", { n: count })': "copy report",
};

const PANEL = new URL("../../../src/panel/", import.meta.url).pathname;

const listed = (session: PanelSession) => ACTION_GROUPS.flatMap(({ actions }) => actions({ session, speaker: en, focusFilter: () => {} }));
const ids = (session: PanelSession): readonly string[] => listed(session).map(({ id }) => id);
const run = (session: PanelSession, id: string): void => listed(session).find((one) => one.id === id)?.run();

it("every button of the top bar is a command", async () => {
  const { session } = await setUpMenus();
  // A page is drawn without a browser from what its stores began with.
  vi.spyOn(session.abilities, "getInitialState").mockReturnValue(["send", "choose tab"]);
  session.abilities.setState(["send", "choose tab"], true);
  session.captureState.setState({ state: "capturing" }, true);
  session.scope.setFilter("type:tick");
  vi.spyOn(session.scope.store, "getInitialState").mockReturnValue(session.scope.store.getState());
  const bar = drawn(createElement(TopBar, { isNarrow: true, filterRef: { current: null }, onLeaveFilter: () => {} }), session);
  const buttons = [...bar.matchAll(/<button\b[^>]*?aria-label="([^"]*)"/g)].map(([, name = ""]) => name);
  expect(buttons.toSorted()).toEqual(Object.keys(OF_TOP_BAR).toSorted());
  expect(Object.values(OF_TOP_BAR).filter((id) => !ids(session).includes(id))).toEqual([]);
});

it("every button of the status bar is a command, while it is there", async () => {
  const files = [...readdirSync(`${PANEL}status-bar`).filter((file) => file.endsWith(".tsx")).map((file) => `status-bar/${file}`), "rules/rules-status.tsx", "import/import-status.tsx"];
  const buttons = files.flatMap((file) => [...readFileSync(PANEL + file, "utf8").matchAll(/<Button\b[^>]*?\bname=\{((?:[^{}]|\{[^}]*\})*)\}/g)].map(([, name = ""]) => name));
  expect([...new Set(buttons)].toSorted()).toEqual(Object.keys(OF_STATUS_BAR).toSorted());
  const { session } = await setUpMenus();
  const there = new Set(ids(session));
  for (const id of ["cancel import", "lift rules", "rules off", "dismiss export", "cancel export", "copy report"]) expect(there).not.toContain(id);
  session.rules.setState([{ meets: "pattern", url: "*" } as never], true);
  session.messageRules.setState({ on: [{ id: "one" } as never] });
  session.faults.store.setState({ faults: [{} as never] });
  importsOf(session).store.setState({ running: { name: "a.har", waiting: 0, progress: null } });
  for (const state of [{ state: "writing", progress: null }, { state: "failed", why: "no room" }] as const) {
    session.exports.store.setState(state, true);
    for (const id of ids(session)) there.add(id);
  }
  expect(Object.values(OF_STATUS_BAR).filter((id) => !there.has(id))).toEqual([]);
});

it("the views' menu opens for the name of another one", async () => {
  const { session } = await setUpMenus();
  const clicked: string[] = [];
  vi.stubGlobal("document", { querySelector: (selector: string) => ({ click: () => clicked.push(selector) }) });
  run(session, "save view");
  expect([viewsOf(session).takeNaming(), viewsOf(session).takeNaming(), clicked]).toEqual([true, false, ['.filter [data-opens="views"]']]);
});

it("what the timeline shows is chosen, and its lanes are kept for the next time", async () => {
  const { session } = await setUpMenus();
  const timeline = timelineOf(session).store;
  run(session, "measure latency");
  run(session, "lanes");
  expect(timeline.getState()).toMatchObject({ measure: "latency", hasLanes: true });
  expect(localStorage.getItem("timeline-lanes")).toBe("yes");
  expect(ids(session)).not.toContain("measure latency");
  run(session, "lanes");
  expect([timeline.getState().hasLanes, localStorage.getItem("timeline-lanes")]).toEqual([false, "no"]);
});

it("what the status bar ends is ended", async () => {
  const { session } = await setUpMenus();
  const asked: unknown[] = [];
  Object.assign(session.capture, { live: async (...call: unknown[]) => asked.push(call) });
  session.rules.setState([{ meets: "pattern", url: "*" } as never], true);
  session.messageRules.setState({ on: [{ id: "one" } as never] });
  run(session, "lift rules");
  run(session, "rules off");
  expect(asked).toEqual([["liftRules", null], ["setMessageRules", { rules: [] }]]);
  session.exports.store.setState({ state: "failed", why: "no room" }, true);
  run(session, "dismiss export");
  expect(session.exports.store.getState().state).toBe("none");
});
