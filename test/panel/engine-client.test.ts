import { afterEach, describe, expect, test, vi } from "vitest";
import type { FromEngine, ToEngineView } from "../../src/contract/calls.ts";
import type { Changed } from "../../src/contract/changed.ts";
import { frameIndex } from "../../src/model/units.ts";
import { EngineClient } from "../../src/panel/engine-client.ts";
import { connectEngine, NOTHING, settle } from "./state/answering-engine.ts";

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

  test("refuses what is under way when another engine takes over, and speaks to that one from then on", async () => {
    const { client, changes } = setup();
    const other = new MessageChannel();
    ends.push(() => other.port1.close());
    other.port1.onmessage = ({ data }: MessageEvent<ToEngineView>) => {
      if (data.type === "call") other.port1.postMessage({ type: "answer", id: data.id, value: 42 } satisfies FromEngine);
    };
    const call = client.call("placeOf", { frame: frameIndex(1) });
    client.connect(other.port2);
    await expect(call).rejects.toThrow("panel.restarted");
    expect(await client.call("placeOf", { frame: frameIndex(1) })).toBe(42);
    other.port1.postMessage({ type: "changed", changed: { ...NOTHING, rows: 7 } } satisfies FromEngine);
    await settle();
    expect(changes.map(({ rows }) => rows)).toEqual([7]);
  });

  test("refuses a call of which the engine says nothing any more, and waits for one that it works on", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    ends.push(() => vi.useRealTimers());
    const { port1, port2 } = new MessageChannel();
    ends.push(() => port1.close());
    const ids: number[] = [];
    port1.onmessage = ({ data }: MessageEvent<ToEngineView>) => void (data.type === "call" && ids.push(data.id));
    const client = new EngineClient(port2, (ready) => ready());
    client.listen(() => undefined);
    const settled: string[] = [];
    const exported = client.call("export", { format: "har", scope: "all", sensitive: false }).catch(() => settled.push("export"));
    const lost = client.call("placeOf", { frame: frameIndex(1) }).catch((error: Error) => settled.push(error.message));
    await settle();
    for (let second = 0; second < 60; second++) {
      port1.postMessage({ type: "working", ids: ids.slice(0, 1) } satisfies FromEngine);
      await settle();
      vi.advanceTimersByTime(1000);
    }
    await lost;
    expect(settled).toEqual(["panel.no-answer"]);
    client.end("Over.");
    await exported;
  });
});
