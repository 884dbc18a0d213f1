import { expect, test } from "vitest";
import { frameIndex } from "../../../src/model/units.ts";
import { headDelta } from "../../../src/panel/context-menu/head-entries.ts";
import type { Speaker } from "../../../src/words/speaker.ts";
import { aFrameRow } from "../a-frame-row.ts";
import { connectEngine, settle } from "./answering-engine.ts";
import { sessionOver } from "./a-session.ts";

test("what the column Δ counts from is asked for with the rows, and sorted by, as soon as it is chosen", async () => {
  const engine: ReturnType<typeof connectEngine> = connectEngine({
    setScope: ({ asked = 0 }) => {
      engine.push({ asked, rows: 108, shown: asked });
      return null;
    },
    rows: ({ from, to }) => ({ revision: 1, from, rows: Array.from({ length: to - from }, (_, i) => aFrameRow({ index: frameIndex(from + i) })) }),
  });
  const session = sessionOver(engine);
  await session.begin();
  session.frames.show(0, 15);
  const lastOf = (name: string): unknown => engine.calls.findLast((call) => call.name === name)?.argument;
  session.scope.sortBy("delta");
  await settle();
  expect(lastOf("rows")).not.toHaveProperty("deltaOf");
  expect(lastOf("setScope")).toMatchObject({ sort: { by: "delta", descending: true } });
  const choose = (part: "table" | "connection"): void => {
    const speaker = { words: (code: string) => code } as unknown as Speaker;
    const entries = headDelta({ session, speaker, target: { type: "head", column: "delta" }, from: null });
    const choices = entries.flatMap((entry) => (entry.type === "choices" ? entry.choices : []));
    choices.find(({ text }) => text === `columns.previous-${part}`)?.run();
  };
  choose("connection");
  await settle();
  expect(lastOf("rows")).toMatchObject({ deltaOf: "connection" });
  expect(lastOf("setScope")).toMatchObject({ sort: { by: "connection-delta", descending: true } });
  // The head shows its order all the same.
  expect(session.scope.store.getState().sort).toEqual({ by: "delta", descending: true });
  choose("table");
  await settle();
  expect(lastOf("rows")).not.toHaveProperty("deltaOf");
  expect(lastOf("setScope")).toMatchObject({ sort: { by: "delta" } });
  // Where nothing is sorted by it, the rows stay which they are.
  session.scope.setSort(null);
  await settle();
  const scopes = engine.calls.filter(({ name }) => name === "setScope").length;
  choose("connection");
  await settle();
  expect(engine.calls.filter(({ name }) => name === "setScope")).toHaveLength(scopes);
});
