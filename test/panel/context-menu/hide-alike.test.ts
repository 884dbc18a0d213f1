import { expect, test } from "vitest";
import type { ConnectionRow } from "../../../src/contract/connections.ts";
import { readSettings, SETTINGS_KEY } from "../../../src/model/settings.ts";
import { byteLength, connectionId } from "../../../src/model/units.ts";
import { showHidden } from "../../../src/panel/connections/hidden-line.tsx";
import { connectionFilter } from "../../../src/panel/context-menu/connection-entries.ts";
import type { PanelSession } from "../../../src/panel/state/panel-session.ts";
import { en } from "../../words/speakers.ts";
import { sessionOver } from "../state/a-session.ts";
import { connectEngine, settle } from "../state/answering-engine.ts";
import { memoryArea } from "../state/memory-area.ts";

const row = (part: Partial<ConnectionRow>): ConnectionRow => ({ id: connectionId(1), root: connectionId(1), times: 1, openedAt: "page.test", url: "wss://h/ticks?token=a1b2", transport: "websocket", subprotocol: "", seenFromStart: true, state: "open", ending: "", frames: 0, bytes: byteLength(0), rate: 0, ...part });
const TICKS = { site: "page.test", pattern: "wss://h/ticks?token=*" };
const OF_ANOTHER_SITE = { site: "other.test", pattern: "wss://h/news?" };

async function setUp() {
  const area = memoryArea({ [SETTINGS_KEY]: { hiddenConnections: [OF_ANOTHER_SITE] } });
  const engine = connectEngine({
    setScope: () => null,
    // Of those that are hidden, the one of the page that is captured hides two.
    connections: ({ hidden = [] }) => {
      const at = hidden.findIndex(({ site }) => site === "page.test");
      return { lines: 0, connections: 0, items: [], chosen: null, watched: [], ...(at >= 0 && { hidden: { connections: 2, by: [at] } }) };
    },
  });
  const session = sessionOver(engine, { area });
  await session.begin();
  return {
    session,
    /** What outlives the panel. */
    remembered: () => readSettings(area.stored[SETTINGS_KEY]).hiddenConnections,
    scopes: () => engine.calls.flatMap(({ name, argument }) => (name === "setScope" ? [argument] : [])),
    push: engine.push,
  };
}

/** Presses the item of a connection's menu that hides those like it, if there is one. */
function hideAlike(session: PanelSession, one: ConnectionRow): string | undefined {
  const entries = connectionFilter({ session, speaker: en, target: { type: "connection", row: one }, from: null });
  const item = entries.find((entry) => entry.type === "item" && entry.hint === en.words("menu.remembered"));
  if (item?.type !== "item") return undefined;
  item.run();
  return item.text;
}

test("connections like one are hidden on their site, which is remembered, until they are wanted again; those of other sites stay hidden", async () => {
  const { session, remembered, scopes, push } = await setUp();
  expect(hideAlike(session, row({}))).toContain("page.test");
  // As for this one, which differs in its token alone.
  hideAlike(session, row({ url: "wss://h/ticks?token=c3d4" }));
  await settle();
  expect(remembered()).toEqual([OF_ANOTHER_SITE, TICKS]);
  expect(scopes().at(-1)).toMatchObject({ hidden: [OF_ANOTHER_SITE, TICKS] });
  push({ connections: { all: 2, ended: 0 }, connectionsRevision: 2 });
  await expect.poll(() => session.connections.store.getState().list.hidden).toEqual({ connections: 2, by: [1] });
  showHidden(session);
  await settle();
  expect(remembered()).toEqual([OF_ANOTHER_SITE]);
  expect(scopes().at(-1)).toMatchObject({ hidden: [OF_ANOTHER_SITE] });
});

test("of a connection whose address is not known, none is like it", async () => {
  const { session } = await setUp();
  expect(hideAlike(session, row({ url: "" }))).toBeUndefined();
});
