import { afterEach, describe, expect, it, vi } from "vitest";
import type { EngineCalls } from "../../../src/contract/calls.ts";
import type { KeptCapture } from "../../../src/contract/captures.ts";
import { Refusal } from "../../../src/model/refusal.ts";
import { say } from "../../../src/model/said.ts";
import { byteLength, epochMilliseconds } from "../../../src/model/units.ts";
import { latestOffer, offerText, stateOf, titleOf } from "../../../src/panel/captures/capture-words.ts";
import { CapturesStore } from "../../../src/panel/state/captures-store.ts";
import { ExportStore } from "../../../src/panel/state/export-store.ts";
import { en } from "../../words/speakers.ts";
import { connectEngine, settle } from "./answering-engine.ts";

const AT = epochMilliseconds(new Date(2026, 10, 20, 14, 2).getTime());
const capture = (part: Partial<KeptCapture>): KeptCapture => ({
  id: "one",
  name: "",
  startedAt: AT,
  writtenAt: AT,
  page: "shop.test/cart",
  frames: 12_345,
  connections: 2,
  bytes: byteLength(1e6),
  state: "cut off",
  damaged: 0,
  problem: null,
  isOffered: true,
  ...part,
});

/** Answers with one capture. */
const one = (which: () => KeptCapture): EngineCalls["captures"] => (_, long) => (void long.give(which()), null);

let end = (): void => {};
afterEach(() => end());

function setup(answers: Partial<EngineCalls>, open?: () => Promise<unknown>) {
  const engine = connectEngine(answers);
  engine.client.listen(() => undefined);
  const opened: string[] = [];
  const exports = new ExportStore(engine.client, () => Promise.resolve({ canDiscard: Promise.resolve() }));
  const store = new CapturesStore(engine.client, exports, open ?? ((id) => Promise.resolve(opened.push(id))));
  end = () => {
    store.end();
    exports.end();
    engine.end();
  };
  return { store, opened, exports, calls: engine.calls, names: () => engine.calls.map(({ name }) => name) };
}

describe("the captures on this disk", () => {
  it("are read when the list is opened, and not before", async () => {
    const { store, names } = setup({ captures: one(() => capture({})) });
    expect(store.store.getState().list).toBeNull();
    store.open();
    await settle();
    expect(store.store.getState()).toMatchObject({ isOpen: true, list: [{ id: "one" }], problem: null });
    expect(names()).toEqual(["captures"]);
    store.close();
    expect(store.store.getState().isOpen).toBe(false);
  });

  it("are read again only once the engine has answered, however long it takes", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "setInterval"] });
    const { store, names } = setup({ captures: one(() => capture({})) });
    store.open();
    // No message is delivered meanwhile: the engine is busy.
    vi.advanceTimersByTime(60_000);
    for (let i = 0; i < 5; i++) void store.refresh();
    vi.useRealTimers();
    await settle();
    // What was asked meanwhile is answered by one reading more.
    expect(names()).toEqual(["captures", "captures"]);
  });

  it("are offered no more once opened", async () => {
    let isOffered = true;
    const { store, opened } = setup({ captures: one(() => capture({ isOffered })), dismissCapture: () => ((isOffered = false), null) });
    await store.show(capture({}));
    expect(opened).toEqual(["one"]);
    expect(store.store.getState().list?.[0]?.isOffered).toBe(false);
  });

  it("stay as they were, with a sentence, where something could not be done", async () => {
    const { store, opened } = setup({ captures: one(() => capture({})) });
    await store.remove(capture({}));
    expect(store.store.getState()).toMatchObject({ list: [{ id: "one" }], problem: say("captures.delete-failed", { why: "No answer to deleteCapture." }) });
    // Nothing of it has to be written to be read.
    await store.show(capture({}));
    expect(opened).toEqual(["one"]);
  });

  it("say where Chrome opens no page for one", async () => {
    const { store } = setup({ captures: one(() => capture({})) }, () => Promise.reject(new Refusal("No window.")));
    await store.show(capture({}));
    expect(store.store.getState().problem).toMatchObject({ code: "captures.open-failed", values: { title: "shop.test/cart" } });
  });

  it("say that the list cannot be read", async () => {
    const { store } = setup({});
    await store.refresh();
    expect(store.store.getState()).toMatchObject({ list: null, problem: { code: "captures.list-failed" } });
  });

  it("are exported one at a time, as any export", async () => {
    const file = { path: ["x"], name: "x.har", mimeType: "", bytes: byteLength(9), connections: 1, frames: 3, isMasked: false };
    const { store, exports, calls } = setup({ exportCapture: () => file, discardExport: () => null });
    await store.export(capture({}), { format: "har", sensitive: true });
    expect(calls.find(({ name }) => name === "exportCapture")?.argument).toMatchObject({ format: "har", sensitive: true });
    expect(exports.store.getState()).toMatchObject({ state: "saved", file: { name: "x.har" } });
  });
});

describe("what is said of captures", () => {
  it("offers the one written last, also where another began later", () => {
    const written = (id: string, began: number, last: number, isOffered = true) =>
      capture({ id, isOffered, startedAt: epochMilliseconds(began), writtenAt: epochMilliseconds(last) });
    expect(latestOffer([written("began last", 9, 10), written("written last", 1, 20), written("seen", 8, 30, false)])?.id).toBe("written last");
    expect(latestOffer([])).toBeUndefined();
  });

  it("names a capture as the user did, else by its page", () => {
    expect(titleOf(capture({ name: "Monday" }), en.words)).toBe("Monday");
    expect(titleOf(capture({}), en.words)).toBe("shop.test/cart");
    expect(titleOf(capture({ page: "" }), en.words)).toBe("Unnamed page");
  });

  it("calls a capture running only while this page captures", () => {
    expect(en.tell(stateOf(capture({ state: "running here" }), false))).toBe("Capturing here");
    expect(en.tell(stateOf(capture({ state: "running here" }), true))).toBe("Stopped, open here");
    expect(en.tell(stateOf(capture({ state: "running elsewhere" }), true))).toBe("Capturing elsewhere");
  });

  it("says of a damaged one in how many places, in the list and in the offer", () => {
    expect(en.tell(stateOf(capture({ state: "ended", damaged: 1 }), false))).toBe("Ended, 1 damaged place");
    expect(en.tell(stateOf(capture({ damaged: 2 }), false))).toBe("Interrupted, 2 damaged places");
    expect(offerText(capture({}), en.words)).toMatch(/12,345 frames\.$/);
    expect(offerText(capture({ frames: 4310, damaged: 2 }), en.words)).toMatch(/4,310 frames\. 2 places in it are damaged\.$/);
  });
});
