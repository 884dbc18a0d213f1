import { afterEach, expect, it } from "vitest";
import { readError } from "../../src/capture/sources/read-failure.ts";
import { connectionId, frameIndex, monotonicSeconds } from "../../src/model/units.ts";
import { opened, setupEngine } from "./setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

it.each([
  ["net::ERR_NAME_NOT_RESOLVED", "ws://no-such-host.invalid/feed", "Host not found: no-such-host.invalid"],
  ["net::ERR_UNSAFE_PORT", "ws://feed.test:6000/", "Port not allowed: feed.test:6000"],
  ["HTTP Authentication failed; no valid credentials available", "ws://feed.test/", "401 Unauthorized"],
  // What nobody knows is better said in Chrome's words than not at all.
  ["Something new", "ws://feed.test/", "“Something new”"],
])("the row of a failed connection says in plain words what Chrome means by “%s”, and the inspector has Chrome's own too", async (words, url, said) => {
  const engine = setupEngine();
  end = engine.end;
  engine.take([...opened(1, url), { type: "error", connection: connectionId(1), time: monotonicSeconds(1001), ...readError(words, url) }]);
  const { events } = await engine.until((changed) => changed.events > 0 && changed.rows === changed.events);
  const { rows } = await engine.call("rows", { from: 0, to: events });
  const row = rows.find(({ kind }) => kind === "error");
  expect(row?.preview).toBe(said);
  const lines = await engine.call("textLines", { frame: frameIndex(row?.index ?? 0), form: "sent", columns: 400, from: 0, to: 10 });
  expect(lines.map(({ text }) => text)).toEqual([said.includes(words) ? said : `${said} (“${words}”)`]);
});
