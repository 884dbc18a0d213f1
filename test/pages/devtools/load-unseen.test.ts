import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { loadUnseen } from "../../../src/pages/devtools/load-unseen.ts";

const PAGE = "/panel.html";
/** All that it does is done by then. Until no timer is left may be for ever: other files in this thread leave some that begin anew. */
const LONG_MS = 2000;

/** A frame that loads when it is told to. */
class Frame extends EventTarget {
  src = "";
  readonly remove = vi.fn<() => void>(() => void shown.splice(shown.indexOf(this), 1));
}

/** What stands in the devtools page. */
let shown: Frame[] = [];
const loaded: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  shown = [];
  loaded.length = 0;
  vi.stubGlobal("document", { createElement: () => new Frame() });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function parts(signal = new AbortController().signal) {
  const kept: Record<string, unknown> = {};
  return {
    kept,
    signal,
    area: { get: async () => ({ ...kept }), set: async (items: object) => void Object.assign(kept, items) } as unknown as chrome.storage.StorageArea,
    place: {
      append: (frame: unknown) => {
        shown.push(frame as Frame);
        loaded.push((frame as Frame).src);
        setTimeout(() => (frame as Frame).dispatchEvent(new Event("load")), 50);
      },
    },
  };
}

it("loads the panel twice, one after the other, and leaves none of them", async () => {
  const all = parts();
  let most = 0;
  const done = loadUnseen(PAGE, { ...all, place: { append: (frame) => { all.place.append(frame); most = Math.max(most, shown.length); } } });
  await vi.advanceTimersByTimeAsync(LONG_MS);
  await done;
  expect({ loaded, most, left: shown }).toEqual({ loaded: [PAGE, PAGE], most: 1, left: [] });
});

it("loads it once for all tabs until the browser ends", async () => {
  const first = parts();
  const done = Promise.all([loadUnseen(PAGE, first), vi.advanceTimersByTimeAsync(LONG_MS)]);
  await done;
  await Promise.all([loadUnseen(PAGE, { ...first }), vi.advanceTimersByTimeAsync(LONG_MS)]);
  expect(loaded).toEqual([PAGE, PAGE]);
});

it("loads nothing once a panel is looked at, and takes away what is being loaded", async () => {
  const early = new AbortController();
  const none = loadUnseen(PAGE, parts(early.signal));
  early.abort();
  await vi.advanceTimersByTimeAsync(LONG_MS);
  await none;
  expect(loaded).toEqual([]);

  const late = new AbortController();
  const begun = loadUnseen(PAGE, parts(late.signal));
  await vi.waitUntil(() => shown.length === 1);
  late.abort();
  await begun;
  expect({ loaded, left: shown }).toEqual({ loaded: [PAGE], left: [] });
});
