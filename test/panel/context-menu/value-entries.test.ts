import "../a-navigator.ts";
import { expect, test } from "vitest";
import { isColumnPath, MOST_COLUMN_PATHS } from "../../../src/contract/column-paths.ts";
import type { JsonForm, JsonKind } from "../../../src/contract/inspect.ts";
import { Refusal } from "../../../src/model/refusal.ts";
import { say } from "../../../src/model/said.ts";
import type { CaptureClient } from "../../../src/panel/capture-client.ts";
import { entriesOf } from "../../../src/panel/context-menu/menu-parts.ts";
import type { MenuTarget } from "../../../src/panel/state/menu-store.ts";
import { addPath } from "../../../src/panel/state/path-columns.ts";
import { readPath } from "../../../src/query/path.ts";
import type { PathStep } from "../../../src/query/query.ts";
import { connectEngine, settle } from "../state/answering-engine.ts";
import { en } from "../../words/speakers.ts";
import { sessionOver } from "../state/a-session.ts";
import { choose, itemsOf } from "./menu-lines.ts";

function stepsOf(path: string): readonly PathStep[] {
  const read = readPath(path);
  if ("problem" in read) throw new Error(`${path} is no path.`);
  return read.value;
}

type ValueTarget = Extract<MenuTarget, { readonly type: "value" }>;

/** The menu of a value in a session; what it says as JSON is what a form of it is asked for with. */
function setup(part: Partial<ValueTarget>, json: Partial<Record<JsonForm, string>> = {}) {
  const engine = connectEngine({ setScope: () => null, setHighlights: (filters) => filters.map(() => null) });
  const kept: unknown[] = [];
  const copied: string[] = [];
  const session = sessionOver(engine, {
    capture: { live: (name: string, argument: unknown) => (kept.push([name, argument]), Promise.resolve({ name: "temp1" })), end: () => {} } as unknown as CaptureClient,
    writeClipboard: (text) => Promise.resolve(void copied.push(text)),
  });
  const folded: boolean[] = [];
  const target: ValueTarget = { type: "value", path: [], isInner: false, kind: "object", value: null, key: null, json: (form) => Promise.resolve(json[form] ?? `as ${form}`), isSentJson: true, fold: (opens) => folded.push(opens), showBytes: null, url: null, ...part };
  const entries = () => entriesOf("value", { session, speaker: en, target, from: null });
  return {
    session,
    kept,
    folded,
    copied,
    items: () => itemsOf(entries()),
    choose: (text: string) => choose(entries(), text),
    /** What an item copies, and what is said of it. */
    copy: async (text: string) => {
      choose(entries(), text);
      await settle();
      return [copied.at(-1), session.clipboard.store.getState().said?.said];
    },
  };
}

test.each(["object", "array"] as const)("an %s is copied indented, on one line and as it was sent", async (kind) => {
  const { copy, items } = setup({ path: stepsOf(".a"), kind });
  for (const [name, form] of [["Copy value as indented JSON", "pretty"], ["Copy value as JSON on one line", "line"], ["Copy value as it was sent", "sent"]]) expect(await copy(name as string)).toEqual([`as ${form}`, say("copy.value")]);
  expect(items().has("Copy value")).toBe(false);
});

test("what was sent as anything but JSON is not offered as if it had been", () => {
  const { items } = setup({ kind: "object", isSentJson: false });
  expect([...items().keys()].filter((name) => name.startsWith("Copy value"))).toEqual(["Copy value as indented JSON", "Copy value as JSON on one line"]);
});

test.each<readonly [JsonKind, string]>([
  ["number", "64012.50"],
  ["bigint", "9007199254740993"],
  ["boolean", "true"],
  ["null", "null"],
  ["time", '"2026-11-20T14:00:00.000Z"'],
  ["bytes", '{"$bytes":"AQ==","length":1}'],
])("a %s is copied as JSON has it, in one way", async (kind, json) => {
  const { copy, items } = setup({ path: stepsOf(".a"), kind, value: json }, { line: json });
  expect(await copy("Copy value")).toEqual([json, say("copy.value")]);
  expect([...items().keys()].filter((name) => /value as|without quotes|Expand|Collapse/.test(name))).toEqual([]);
});

test("a string is copied with its quotes and escapes, and without", async () => {
  const { copy } = setup({ path: stepsOf(".a"), kind: "string", value: '"a \\"b\\"\\n"' }, { line: '"a \\"b\\"\\n"' });
  expect(await copy("Copy value")).toEqual(['"a \\"b\\"\\n"', say("copy.value")]);
  expect(await copy("Copy text without quotes")).toEqual(['a "b"\n', say("copy.value")]);
});

test("its key and its path are copied, the path in the words of the filter and of each language that it is written in", async () => {
  const { copy } = setup({ path: stepsOf('.fills[0]."a key".$px'), kind: "number", value: "1", key: "$px" });
  expect(await copy("Copy key")).toEqual(["$px", say("tree.key-copied")]);
  expect(await copy("Copy path")).toEqual(['.fills[0]."a key".$px', say("copy.path")]);
  expect(await copy("Copy path as … › JavaScript")).toEqual(['fills[0]["a key"].$px', say("copy.path")]);
  expect(await copy("Copy path as … › jq")).toEqual(['.fills[0]["a key"]["$px"]', say("copy.path")]);
  expect(await copy("Copy path as … › JSONPath")).toEqual(['$.fills[0]["a key"]["$px"]', say("copy.path")]);
});

test("a copy that fails says why", async () => {
  const { copy } = setup({ kind: "number", json: () => Promise.reject(new Refusal(say("headers.cleared"))) });
  const [text, said] = await copy("Copy value");
  expect([text, said]).toEqual([undefined, say("copy.failed", { why: say("headers.cleared") })]);
});

test("all that is below it is opened and closed", () => {
  const { choose: pick, folded } = setup({ kind: "array" });
  pick("Expand all");
  pick("Collapse all");
  expect(folded).toEqual([true, false]);
});

test("it is a condition of the filter: only what has it, all but that, and that in a colour, which goes again", () => {
  const { session, choose: pick } = setup({ path: stepsOf(".user.name"), kind: "string", value: '"ann"' });
  const text = (): string => session.scope.store.getState().text;
  pick('Show only .user.name = "ann"');
  expect(text()).toBe('.user.name = "ann"');
  session.scope.setFilter("type:trade");
  pick('Hide .user.name = "ann"');
  expect(text()).toBe('type:trade -.user.name = "ann"');
  const highlights = () => session.filters.store.getState().highlights;
  pick("Highlight");
  expect(highlights()).toEqual(['.user.name = "ann"']);
  pick("Remove highlight");
  expect(highlights()).toEqual([]);
});

test("its path is a column, before the message, until it is taken away, as long as there is room for one more", () => {
  const { session, choose: pick, items } = setup({ path: stepsOf(".px"), kind: "number", value: "1" });
  const order = () => session.columns.store.getState().order;
  pick("Add as column");
  expect(order().slice(order().indexOf(".px"))).toEqual([".px", "message", "size", "latency"]);
  session.scope.setSort({ by: ".px", descending: true });
  pick("Remove column .px");
  expect(order().filter(isColumnPath)).toEqual([]);
  expect(session.scope.store.getState().sort).toBeNull();
  for (let n = 0; n < MOST_COLUMN_PATHS; n++) session.columns.change(addPath(session.columns.store.getState(), `.other${n}`));
  expect(items().get("Add as column")).toMatchObject({ reason: en.words("menu.most", { n: MOST_COLUMN_PATHS }) });
});

test("it is stored as a global variable of the page, whose name is copied, where there is a page", async () => {
  const { session, items, copy, kept } = setup({ kind: "object" }, { line: '{"a":1}' });
  expect(items().has("Store as global variable")).toBe(false);
  session.abilities.setState(["send"], true);
  expect(await copy("Store as global variable")).toEqual(["temp1", say("tree.stored-global", { name: "temp1" })]);
  expect(kept).toEqual([["keepGlobal", { json: '{"a":1}' }]]);
});

test("its bytes are shown where the payload has them", () => {
  let shown = 0;
  const { choose: pick } = setup({ showBytes: () => shown++ });
  pick("Show bytes in Hex");
  expect(shown).toBe(1);
  expect(setup({ showBytes: null }).items().has("Show bytes in Hex")).toBe(false);
});

test("of a value inside a string the menu says why it has no path, no filter and no column; all else it has", async () => {
  const { items, copy, choose: pick, folded } = setup({ isInner: true, key: "px", kind: "array" });
  const off = [...items()].flatMap(([name, { reason }]) => (reason === undefined ? [] : [[name, reason]]));
  expect(off).toEqual(["Filter by value", "Add as column", "Copy path"].map((name) => [name, "not inside a string"]));
  expect(await copy("Copy value as it was sent")).toEqual(["as sent", say("copy.value")]);
  expect(await copy("Copy key")).toEqual(["px", say("tree.key-copied")]);
  pick("Expand all");
  expect(folded).toEqual([true]);
});

test("the whole value has no path to filter by, to copy or to be a column of", () => {
  const { items } = setup({});
  expect([...items().keys()].filter((name) => /path|column|Show only|Hide/.test(name))).toEqual([]);
});
