import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { FromEngine, ToEngineView } from "../../src/contract/calls.ts";
import type { KeptCapture } from "../../src/contract/captures.ts";
import { CONTRACT_VERSION } from "../../src/contract/wire.ts";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { Finder } from "../../src/engine/finder.ts";
import { Cancelled, OpenCall } from "../../src/engine/open-call.ts";
import { Faults } from "../../src/model/faults.ts";
import { Refusal } from "../../src/model/refusal.ts";
import { frameIndex } from "../../src/model/units.ts";
import { EngineClient } from "../../src/panel/engine-client.ts";
import { connectView } from "../../src/worker/connect-view.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { opened, setupEngine, type Step } from "./setup-engine.ts";

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

const MESSAGES = 40;
const MANY: readonly Step[] = [...opened(1), ...Array.from({ length: MESSAGES }, (): Step => ({ payload: "x".repeat(1 << 18) }))];
const HAR = { format: "har", scope: "all", sensitive: false } as const;

/** An engine with 10 MiB in its log, and the panel's own end of a wire to it. */
function setup() {
  const faults = new Faults("recorder");
  const engine = setupEngine({ faults });
  engine.take(MANY);
  const { port1, port2 } = new MessageChannel();
  connectView(engine.engine, { type: "view", version: CONTRACT_VERSION, port: port2 }, faults);
  const client = new EngineClient(port1, (ready) => ready());
  client.listen(() => undefined);
  ends.push(() => (client.end("The test is over."), engine.end()));
  return { ...engine, faults, client };
}

/** The code that a call is refused with. */
const refusal = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => "answered",
    (error: unknown) => (error instanceof Refusal && typeof error.told !== "string" ? error.told.code : error),
  );

describe("a call that takes long", () => {
  it("tells how far it is, and never less than before", async () => {
    const { client } = setup();
    const told: number[] = [];
    const { answer } = client.run("export", HAR, { onProgress: ({ share }) => told.push(share) });
    expect((await answer).frames).toBe(MESSAGES);
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(Math.max(...told)).toBeLessThanOrEqual(1);
  });

  it("ends within a turn of being cancelled, and nothing of it stays", async () => {
    const { client, exported, faults } = setup();
    const run = client.run("export", HAR, { onProgress: () => run.cancel() });
    expect(await refusal(run.answer)).toBe("panel.cancelled");
    const [file] = [...exported.values()];
    await expect.poll(() => exported.size).toBe(0);
    expect(file?.size ?? 0).toBeLessThan((MESSAGES << 18) / 2);
    expect(faults.list).toEqual([]);
    // The next one is not disturbed by it.
    expect((await client.call("export", HAR)).frames).toBe(MESSAGES);
  });

  it("ends when the view that asked is gone", async () => {
    const { client, exported, faults } = setup();
    const run = client.run("export", HAR, { onProgress: () => client.end("Gone.") });
    await expect(run.answer).rejects.toThrow("Gone.");
    await expect.poll(() => exported.size).toBe(0);
    expect(faults.list).toEqual([]);
  });

  it("is heard of no more, and refused, when the engine is gone", async () => {
    const { client, engine } = setup();
    const run = client.run("export", HAR, { onProgress: () => engine.end() });
    expect(await refusal(run.answer)).toBe("panel.stopped");
    expect(await refusal(client.call("clear", null))).toBe("panel.stopped");
  });

  it("wakes when it is cancelled while it waits: a search for what is not decoded", async () => {
    const capture = new CaptureLog({ payloads: new MemoryFile(), journal: new MemoryFile() }, 1 << 20);
    const finder = new Finder(capture, { length: () => 5, shown: () => 1, tested: () => 5, rowAt: frameIndex, placeOf: (frame) => frame });
    const open = new OpenCall(1, { send: () => {}, now: () => 0 });
    const found = finder.next({ waitsForDecoding: true, matching: () => Promise.resolve(new Set()) }, null, false, open);
    const ended = expect(found).rejects.toThrow(Cancelled);
    open.cancel();
    await ended;
  });
});

describe("the two ends of a wire", () => {
  const STEPS = ["progress", "piece", "cancel", "answer", "engine ends", "view ends"] as const;

  it("agree on every call: pieces come whole and in order, nothing after its end, and each call ends once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { maxLength: 12 }), async (steps) => {
        const { port1, port2 } = new MessageChannel();
        const client = new EngineClient(port2, (ready) => ready());
        client.listen(() => undefined);
        const send = (message: FromEngine): void => port1.postMessage(message);
        let open: OpenCall | undefined;
        port1.onmessage = ({ data }: MessageEvent<ToEngineView>) => {
          if (data.type === "call") open = new OpenCall(data.id, { send, now: () => (now += 100) });
          else if (data.type === "cancel") open?.cancel();
          else if (data.type === "taken") open?.taken();
        };
        let now = 0;
        const heard: number[] = [];
        let settled = 0;
        let heardAtEnd = -1;
        const note = (): void => {
          settled++;
          heardAtEnd = heard.length;
        };
        const run = client.run("captures", null, { onPiece: ({ frames }) => heard.push(frames) });
        const over = run.answer.then(note, (error: unknown) => {
          expect(error).toBeInstanceOf(Refusal);
          note();
        });
        await turn();
        const given: number[] = [];
        for (const step of [...steps, "view ends"] as const) {
          if (step === "progress") open?.progress(0.5);
          else if (step === "piece") {
            const piece = given.push(given.length);
            void open?.give({ frames: piece } as KeptCapture).catch((error: unknown) => expect(error).toBeInstanceOf(Cancelled));
            await turn();
          } else if (step === "cancel") run.cancel();
          else if (step === "answer") send({ type: "answer", id: 1, value: null });
          else if (step === "engine ends") port1.close();
          else client.end("Over.");
        }
        await over;
        await turn();
        expect(settled).toBe(1);
        expect(heard).toEqual(heard.map((_, place) => place + 1));
        expect(heard.length).toBe(heardAtEnd);
        port1.close();
      }),
      { numRuns: 150 },
    );
  });
});

/** Until what was posted has come and been answered. */
async function turn(): Promise<void> {
  for (let i = 0; i < 4; i++) await new Promise((next) => setImmediate(next));
}
