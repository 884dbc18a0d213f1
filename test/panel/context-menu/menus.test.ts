import "../a-navigator.ts";
import { describe, expect, test } from "vitest";
import { connectionId } from "../../../src/model/units.ts";
import { entriesOf } from "../../../src/panel/context-menu/menu-parts.ts";
import { askSnippets } from "../../../src/panel/context-menu/snippet-entries.ts";
import { settle } from "../state/answering-engine.ts";
import { en } from "../../words/speakers.ts";
import { aConnectionRow, itemsOf, selectRows, setUpMenus } from "./a-menu.ts";

type Menus = Awaited<ReturnType<typeof setUpMenus>>;
/** What is to be seen once a line was chosen, and what that is. */
type Effects = Readonly<Record<string, readonly [seen: (menus: Menus) => unknown, is: unknown]>>;

const filter = ({ session }: Menus) => session.scope.store.getState().text;
const copied = ({ copied: texts }: Menus) => texts.at(-1);
const saved = ({ saved: files }: Menus) => files.at(-1);
const wish = ({ session }: Menus) => session.sending.store.getState().wish;
const asked = ({ session }: Menus) => session.menu.store.getState().asked;
const call = (name: string) => ({ engine }: Menus) => engine.calls.findLast((one) => one.name === name)?.argument;
const exportOf = ({ engine, saved: files }: Menus) => [engine.calls.findLast(({ name }) => name === "export")?.argument, files.at(-1)?.[0]];

async function frameMenu(n: number) {
  const menus = await setUpMenus();
  const row = selectRows(menus.session, 4, n);
  askSnippets(menus.session);
  await settle();
  return { menus, items: itemsOf(entriesOf("frame", { session: menus.session, speaker: en, target: { type: "frame", row, column: "type", text: "" }, from: null })) };
}

const ONE_PLACE = [{ from: 4, to: 5 }];
const ONE: Effects = {
  "Show only type:trade": [filter, "type:trade"],
  "Hide type:trade": [filter, "-type:trade"],
  Highlight: [({ session }) => session.filters.store.getState().highlights, ["type:trade"]],
  "Mute type:trade": [({ session }) => session.filters.store.getState().saved, [{ name: "-type:trade", text: "-type:trade", isOn: true }]],
  "Show only this connection": [filter, "conn:1"],
  "Hide this connection": [filter, "-conn:1"],
  "Show rows before and after": [filter, "near:#5±20"],
  Pin: [call("pin"), { frame: 4, pinned: true }],
  "Add note…": [asked, { type: "note", frame: 4, text: "", from: null }],
  "Resend …": [wish, expect.objectContaining({ connection: 1, again: expect.objectContaining({ index: 4 }) })],
  "Rule for messages like this…": [({ session }) => [session.areRulesOpen.getState(), session.editedRule.getState()?.filter], [true, "type:trade"]],
  "Copy message": [copied, 'texts at [{"from":4,"to":5}]'],
  "Copy as JSON string": [copied, '"{\\"px\\":1}"'],
  "Copy payload as › Hex": [copied, "04 ff"],
  "Copy payload as › Base64": [copied, "BP8="],
  "Save payload as file": [saved, ["framescope-frame-5-unmasked.bin", 2]],
  "Copy as … › curl": [copied, "curl -N"],
  "Export this row › HAR": [exportOf, [expect.objectContaining({ format: "har", sensitive: false, scope: { places: ONE_PLACE } }), "a.har"]],
  "Export this row › HAR with sensitive data": [exportOf, [expect.objectContaining({ format: "har", sensitive: true, scope: { places: ONE_PLACE } }), "a.har"]],
};

const THREE_PLACES = [{ from: 4, to: 7 }];
const THREE: Effects = {
  "Pin 3 rows": [call("pinPlaces"), { places: THREE_PLACES, pinned: true }],
  "Copy 3 rows": [copied, 'texts at [{"from":4,"to":7}]'],
  "Copy payloads as › Hex": [copied, "04 ff\n05 ff\n06 ff"],
  "Copy payloads as › Base64": [copied, "BP8=\nBf8=\nBv8="],
  "Save payloads as zip file": [({ saved: files, engine }) => [files.at(-1), engine.calls.findLast(({ name }) => name === "payloadsZip")?.argument], [["framescope-payloads-unmasked.zip", 2], { places: THREE_PLACES }]],
  "Export 3 rows › HAR": [exportOf, [expect.objectContaining({ scope: { places: THREE_PLACES } }), "a.har"]],
  "Export 3 rows › HAR with sensitive data": [exportOf, [expect.objectContaining({ scope: { places: THREE_PLACES }, sensitive: true }), "a.har"]],
};

describe("the menu of a frame", () => {
  test("has what this test runs; what it compares with has tests of its own", async () => {
    const { items } = await frameMenu(1);
    expect([...items.keys()].filter((name) => !name.startsWith("Compare with …"))).toEqual(Object.keys(ONE));
  });

  test.each(Object.entries(ONE))("%s", async (name, [seen, is]) => {
    const { menus, items } = await frameMenu(1);
    items.get(name)?.();
    await expect.poll(() => seen(menus)).toEqual(is);
  });

  test.each(Object.entries(THREE))("of three rows: %s", async (name, [seen, is]) => {
    const { menus, items } = await frameMenu(3);
    items.get(name)?.();
    await expect.poll(() => seen(menus)).toEqual(is);
  });

  test("all that a protocol says is muted by one item, of a message of it and of its connection, which is not offered again", async () => {
    const { menus } = await frameMenu(1);
    const { session } = menus;
    const frame = { type: "frame", row: selectRows(session, 4, 1, { protocol: "dev-server" }), column: "type", text: "" } as const;
    const connection = { type: "connection", row: aConnectionRow({ protocol: "dev-server" }) } as const;
    const frameItems = (): ReadonlyMap<string, () => void> => itemsOf(entriesOf("frame", { session, speaker: en, target: frame, from: null }));
    const connectionItems = (): ReadonlyMap<string, () => void> => itemsOf(entriesOf("connection", { session, speaker: en, target: connection, from: null }));
    const mute = "Mute protocol:dev-server";
    expect([frameItems().has(mute), connectionItems().has(mute)]).toEqual([true, true]);
    connectionItems().get(mute)?.();
    expect(session.filters.store.getState().saved).toEqual([{ name: "-protocol:dev-server", text: "-protocol:dev-server", isOn: true }]);
    expect([frameItems().has(mute), connectionItems().has(mute)]).toEqual([false, false]);
  });

  test("a message that is muted is not offered to be muted again, and an event has no payload", async () => {
    const { menus, items } = await frameMenu(1);
    items.get("Mute type:trade")?.();
    const row = selectRows(menus.session, 4, 1);
    const at = (target: typeof row) => [...itemsOf(entriesOf("frame", { session: menus.session, speaker: en, target: { type: "frame", row: target, column: "type", text: "" }, from: null })).keys()];
    expect(at(row)).not.toContain("Mute type:trade");
    expect(at(row).filter((name) => name.startsWith("Mute"))).toEqual([]);
    expect(at({ ...row, kind: "close", direction: null, size: null }).filter((name) => /payload|Mute|JSON/.test(name))).toEqual([]);
  });
});

async function connectionMenu() {
  const menus = await setUpMenus();
  askSnippets(menus.session);
  await settle();
  const row = aConnectionRow();
  return { menus, items: itemsOf(entriesOf("connection", { session: menus.session, speaker: en, target: { type: "connection", row }, from: null })) };
}

const CONNECTION: Effects = {
  "Send a message…": [wish, { connection: 3, again: null }],
  "Send again what it sent…": [wish, { connection: 3, again: null, isWhole: true }],
  "Connect again…": [wish, expect.objectContaining({ connect: { like: expect.objectContaining({ id: 3 }) } })],
  "Close connection…": [wish, { connection: 3, again: null, isClosing: true }],
  "Show only conn:3": [filter, "conn:3"],
  "Hide conn:3": [filter, "-conn:3"],
  Highlight: [({ session }) => session.filters.store.getState().highlights, ["conn:3"]],
  "Hide connections like this on shop.test": [({ session }) => session.settings.store.getState().hiddenConnections, [expect.objectContaining({ site: "shop.test" })]],
  "Note…": [asked, { type: "note", frame: 2, text: "seen", from: null }],
  "Copy as … › curl": [copied, "curl -N"],
  "Export this connection › HAR": [exportOf, [expect.objectContaining({ sensitive: false, scope: { connection: connectionId(3) } }), "a.har"]],
  "Export this connection › HAR with sensitive data": [exportOf, [expect.objectContaining({ sensitive: true, scope: { connection: connectionId(3) } }), "a.har"]],
  "Copy URL": [copied, "wss://api.shop.test/live"],
  "Copy handshake headers": [copied, "Host: api.shop.test\n\nHTTP 101 Switching Protocols\nUpgrade: websocket"],
};

describe("the menu of a connection", () => {
  test("has what this test runs; how it is decoded and slowed has tests of its own", async () => {
    const { items } = await connectionMenu();
    expect([...items.keys()].filter((name) => !/^(?:Decode as|Network)/.test(name))).toEqual(Object.keys(CONNECTION));
  });

  test.each(Object.entries(CONNECTION))("%s", async (name, [seen, is]) => {
    const { menus, items } = await connectionMenu();
    items.get(name)?.();
    await expect.poll(() => seen(menus)).toEqual(is);
  });
});
