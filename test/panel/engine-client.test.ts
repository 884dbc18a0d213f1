import { afterEach, describe, expect, test } from "vitest";
import type { Changed } from "../../src/engine/contract.ts";
import { frameIndex } from "../../src/model/units.ts";
import { connectEngine, settle } from "./state/answering-engine.ts";

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

function setup() {
  const engine = connectEngine({ placeOf: ({ frame }) => frame + 1 });
  ends.push(engine.end);
  const changes: Changed[] = [];
  engine.client.listen((changed) => changes.push(changed));
  return { ...engine, changes };
}

describe("the view's end of the engine's wire", () => {
  test("answers each call with its own answer", async () => {
    const { client } = setup();
    const places = [3, 1, 2].map((frame) => client.call("placeOf", { frame: frameIndex(frame) }));
    expect(await Promise.all(places)).toEqual([4, 2, 3]);
  });

  test("makes the engine's plain sentence an error", async () => {
    const { client } = setup();
    await expect(client.call("clear", null)).rejects.toThrow("No answer to clear.");
  });

  test("says that it is ready once for each change", async () => {
    const { push, changes, readies } = setup();
    push({ rows: 1 });
    push({ rows: 2 });
    await settle();
    expect(changes.map(({ rows }) => rows)).toEqual([1, 2]);
    expect(readies()).toBe(2);
  });

  test("refuses what is under way when it ends, and everything after", async () => {
    const { client } = setup();
    const call = client.call("placeOf", { frame: frameIndex(1) });
    client.end("Closed.");
    await expect(call).rejects.toThrow("Closed.");
    await expect(client.call("clear", null)).rejects.toThrow("Closed.");
  });
});
