import { expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { frameRule } from "../../../src/panel/context-menu/rule-entries.ts";
import { frameResend } from "../../../src/panel/context-menu/send-entries.ts";
import { frameCopyAs } from "../../../src/panel/context-menu/snippet-entries.ts";
import type { PanelSession } from "../../../src/panel/state/panel-session.ts";
import { loadSpeaker } from "../../../src/words/languages.ts";
import { aFrameRow as row } from "../a-frame-row.ts";

test("the menu of a message of an event stream, on which nothing can be sent, offers nothing that sends; that of a WebSocket does", async () => {
  const session = { abilities: createStore(() => ["send"]), selection: { store: createStore(() => ({ ranges: [] })) } } as unknown as PanelSession;
  const speaker = await loadSpeaker("en");
  const offered = (transport: "websocket" | "event-source"): number[] => [frameResend, frameRule, frameCopyAs].map((part) => part({ session, speaker, target: { type: "frame", row: row({ transport }), column: "message", text: "" }, from: null }).length);
  expect(offered("event-source")).toEqual([0, 0, 0]);
  expect(offered("websocket")).toEqual([1, 1, 1]);
});
