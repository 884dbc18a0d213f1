import { expect, test } from "vitest";
import { connectionsText } from "../../../src/panel/inspector/connections-text.ts";
import type { ConnectionDifference } from "../../../src/contract/compare.ts";
import { connectionId, frameIndex } from "../../../src/model/units.ts";
import { en, zh } from "../../words/speakers.ts";

const sides = { before: "#1 ws://feed.test/a", after: "#2 ws://feed.test/b" };
const message = (frame: number, label: string) => ({ frame: frameIndex(frame), message: 0, label });
const difference: ConnectionDifference = {
  before: connectionId(1),
  after: connectionId(2),
  url: "ws://feed.test/a",
  facts: [
    { about: "response header", name: "Server", before: null, after: "b", isCounted: true },
    { about: "request header", name: "Cookie", before: "id=1", after: "id=2", isCounted: false },
  ],
  same: 3,
  changed: 1,
  onlyBefore: 0,
  onlyAfter: 1201,
  differences: [
    { direction: "sent", label: "subscribe", before: message(1, "subscribe"), after: message(6, "subscribe"), values: [{ path: ".depth", before: "20", after: "5" }, { path: "", before: null, after: "new" }], moreValues: 4 },
    { direction: "received", label: "error", before: null, after: message(8, "error"), values: [], moreValues: 0 },
  ],
  paths: [{ path: ".depth", messages: 1 }, { path: "", messages: 1 }],
};

test("two connections as text have all that is shown of them, and say how much is not", () => {
  expect(connectionsText(difference, sides, en)).toBe(`--- #1 ws://feed.test/a
+++ #2 ws://feed.test/b

Handshake and ending
+ Response header Server: b
- Request header Cookie (not counted): id=1
+ Request header Cookie (not counted): id=2

Messages, matched in order by type
Same: 3
Changed: 1
Only in the other: 0
Only in this one: 1,201

Values that changed, by messages
.depth: 1

First differences
↑ subscribe -#2 +#7
  - .depth: 20
  + .depth: 5
  + new
  4 more
↓ error +#9
1,200 more
`);
});

test("of two that are the same it says that, in the language of the panel", () => {
  const same = { ...difference, facts: [], changed: 0, onlyAfter: 0, differences: [], paths: [] };
  expect(connectionsText(same, sides, zh)).toBe(`--- #1 ws://feed.test/a
+++ #2 ws://feed.test/b

握手与结束
两者的开始和结束相同。

按类型依次匹配的消息
相同: 3
有变化: 0
仅在另一个连接上: 0
仅在此连接上: 0
`);
});
