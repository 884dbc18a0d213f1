import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { RowScroller } from "../../../src/panel/virtual/row-scroller.ts";

const ROW = 22;

/** A list of 1,000 rows whose view is 20 rows high and begins at row 100. */
function setup(keptRow: number | null): RowScroller {
  const scroller = new RowScroller(ROW);
  scroller.follow(1_000, false);
  scroller.resized(20 * ROW);
  scroller.scrollToOffset(100, 0);
  scroller.keptRow = keptRow;
  return scroller;
}

describe("a list that gets lower", () => {
  it("keeps a row that was on view there, with as many rows behind it as there were, up to three", () => {
    for (const [row, behind] of [[119, 0], [118, 1], [116, 3], [110, 3]] as const) {
      const scroller = setup(row);
      scroller.resized(8 * ROW);
      expect(scroller.offsetOf(row)).toBe((7 - behind) * ROW);
    }
  });

  it("keeps it wholly on view where less than it could be seen, and in the middle where there is no room for rows behind it", () => {
    const cut = setup(120);
    cut.scrollToOffset(100, -ROW / 2);
    cut.keptRow = 120;
    cut.resized(19 * ROW);
    expect(cut.offsetOf(120)).toBe(18 * ROW);
    const low = setup(116);
    low.resized(2 * ROW);
    expect(low.offsetOf(116)).toBe(ROW / 2);
  });

  it("keeps the row that it was scrolled to since, until another is set", () => {
    const scroller = setup(2);
    scroller.scrollToOffset(350, 19 * ROW);
    scroller.scrollToRow(350, true);
    scroller.resized(19 * ROW);
    expect(scroller.offsetOf(350)).toBe(15 * ROW);
    scroller.keptRow = 340;
    scroller.resized(4 * ROW);
    expect([scroller.isOnView(340), scroller.isOnView(350)]).toEqual([true, false]);
  });

  it("stays where it is while the row is still on view, was not before, or there is none", () => {
    for (const kept of [103, 400, null]) {
      const scroller = setup(kept);
      scroller.resized(8 * ROW);
      expect(scroller.offsetOf(100)).toBe(0);
    }
  });

  it("stays where it is while it is hidden", () => {
    const scroller = setup(118);
    scroller.resized(0);
    scroller.resized(20 * ROW);
    expect(scroller.offsetOf(100)).toBe(0);
  });

  it("does not move where it gets higher, or follows its end", () => {
    const higher = setup(119);
    higher.resized(30 * ROW);
    expect(higher.offsetOf(100)).toBe(0);
    const following = setup(118);
    following.follow(1_000, true);
    following.resized(8 * ROW);
    following.follow(1_000, true);
    expect(following.offsetOf(999)).toBe(7 * ROW);
  });
});

describe("the last row on view", () => {
  it("is the one of which something is seen, and at the end the last of all", () => {
    const scroller = setup(null);
    expect(scroller.endRow).toBe(120);
    scroller.scrollToOffset(100, -1);
    expect(scroller.endRow).toBe(121);
    scroller.scrollToRow(999);
    expect(scroller.endRow).toBe(1_000);
    scroller.follow(8, false);
    expect(scroller.endRow).toBe(8);
  });
});

describe("a row that was looked for", () => {
  it("stands in the middle where it was off view or under what covers the first rows", () => {
    for (const row of [400, 101, 100, 102]) {
      const scroller = setup(null);
      scroller.scrollToMiddle(row, 3 * ROW);
      expect(scroller.offsetOf(row)).toBe((19 * ROW) / 2);
    }
  });

  it("stays where it is on view, and at an end is as near the middle as the end lets it be", () => {
    for (const row of [103, 119]) {
      const scroller = setup(null);
      scroller.scrollToMiddle(row, 3 * ROW);
      expect(scroller.offsetOf(100)).toBe(0);
    }
    const last = setup(null);
    last.scrollToMiddle(999, 3 * ROW);
    expect(last.offsetOf(999)).toBe(19 * ROW);
  });
});

describe("a row that is put where it stood in another list", () => {
  const offsetOf = (row: number, wanted: number): number => {
    const scroller = setup(null);
    scroller.scrollToOffset(row, wanted);
    scroller.scrollToRow(row, true);
    return scroller.offsetOf(row);
  };

  it("stands there, or three rows from either edge", () => {
    for (const [wanted, stands] of [[8, 8], [19, 16], [25, 16], [0, 3], [-1, 3]] as const) expect(offsetOf(400, wanted * ROW)).toBe(stands * ROW);
  });

  it("stands nearer to an edge where the list ends there, and in the middle of a view that is too low", () => {
    expect(offsetOf(1, 8 * ROW)).toBe(ROW);
    expect(offsetOf(998, 8 * ROW)).toBe(18 * ROW);
    const low = setup(null);
    low.resized(3 * ROW);
    low.scrollToOffset(400, 2 * ROW);
    low.scrollToRow(400, true);
    expect(low.offsetOf(400)).toBe(ROW);
  });
});

/** What Chrome does with the position of an element that scrolls: within its ends, and no finer than its numbers are. */
class ScrolledElement extends EventTarget {
  clientHeight: number;
  readonly heightOf: () => number;
  #top = 0;

  constructor(clientHeight: number, heightOf: () => number) {
    super();
    this.clientHeight = clientHeight;
    this.heightOf = heightOf;
  }

  get scrollHeight(): number {
    return Math.max(this.clientHeight, this.heightOf());
  }

  get scrollTop(): number {
    return this.#top;
  }

  set scrollTop(top: number) {
    this.#top = Math.fround(Math.max(0, Math.min(top, this.scrollHeight - this.clientHeight)));
  }
}

describe("a list whose end is followed", () => {
  beforeAll(() => {
    vi.stubGlobal("addEventListener", () => {});
    // On a busy machine a moment ago is soon long ago.
    vi.useFakeTimers({ toFake: ["performance"] });
  });
  afterAll(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is followed still where it got shorter and longer again before Chrome told of its scrolling", () => {
    const scroller = new RowScroller(ROW);
    const element = new ScrolledElement(440, () => scroller.height);
    const left = vi.fn<(isAtEnd: boolean) => void>();
    scroller.onScroll = left;
    const draw = (rows: number): void => {
      scroller.follow(rows, true);
      // Chrome's own: no finer than the ends are now.
      element.scrollTop = Math.min(element.scrollTop, element.scrollHeight - 440);
      scroller.commit();
    };
    draw(1_000);
    scroller.attach(element as unknown as HTMLElement);
    scroller.resized(440);
    for (const rows of [1_000, 3, 900]) draw(rows);
    element.scrollTop = 0;
    element.dispatchEvent(new Event("scroll"));
    draw(905);
    expect(left).not.toHaveBeenCalled();
    expect(scroller.firstRow).toBe(905 - 20);
    expect(element.scrollTop).toBe((905 - 20) * ROW);
  });
});

describe("a list that ends before where it stood", () => {
  beforeAll(() => void vi.stubGlobal("addEventListener", () => {}));
  afterAll(() => void vi.unstubAllGlobals());

  it("tells of no scrolling where Chrome took it to its new end, and of the user's after that", () => {
    const scroller = new RowScroller(ROW);
    const element = new ScrolledElement(424, () => scroller.height);
    const told = vi.fn<(isAtEnd: boolean) => void>();
    scroller.onScroll = told;
    const draw = (rows: number): void => {
      scroller.follow(rows, false);
      scroller.commit();
    };
    draw(115);
    scroller.attach(element as unknown as HTMLElement);
    scroller.resized(424);
    scroller.scrollToOffset(53, 402);
    draw(115);
    draw(54);
    const scrolledTo = (top: number): void => {
      element.scrollTop = top;
      element.dispatchEvent(new Event("scroll"));
    };
    element.clientHeight = 446;
    scrolledTo(764);
    scroller.resized(446);
    expect(told).not.toHaveBeenCalled();
    expect(scroller.endRow).toBe(54);
    expect(scroller.offsetOf(53)).toBe(446 - ROW);
    scrolledTo(700);
    expect(told.mock.calls).toEqual([[false]]);
  });
});

describe("the table's window on ten million rows", () => {
  beforeAll(() => void vi.stubGlobal("addEventListener", () => {}));
  afterAll(() => void vi.unstubAllGlobals());

  const moves = fc.oneof(
    fc.record({ drag: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ wheel: fc.integer({ min: -5000, max: 5000 }) }),
    fc.record({ reveal: fc.integer({ min: 0, max: 9_999_999 }) }),
    fc.record({ added: fc.integer({ min: 1, max: 100_000 }) }),
    fc.constant({ end: true }),
  );

  it("holds the rows on view, each where it belongs, wherever the user has come", () => {
    fc.assert(
      fc.property(fc.array(moves, { minLength: 1, maxLength: 25 }), fc.integer({ min: 60, max: 1500 }), (all, viewport) => {
        const scroller = new RowScroller(ROW);
        const element = new ScrolledElement(viewport, () => scroller.height);
        let rows = 10_000_000;
        const draw = (): void => {
          scroller.follow(rows, false);
          scroller.commit();
        };
        draw();
        scroller.attach(element as unknown as HTMLElement);
        scroller.resized(viewport);
        draw();
        for (const move of all) {
          if ("added" in move) rows += move.added;
          else if ("reveal" in move) scroller.scrollToRow(move.reveal);
          else if ("end" in move) scroller.scrollToOffset(rows, 0);
          else {
            element.scrollTop = "drag" in move ? move.drag * (element.scrollHeight - viewport) : element.scrollTop + move.wheel;
            element.dispatchEvent(new Event("scroll"));
          }
          draw();
          const first = scroller.firstRow;
          const last = Math.min(rows - 1, first + Math.floor(viewport / ROW));
          expect(first).toBeGreaterThanOrEqual(0);
          expect(first).toBeLessThan(rows);
          expect(scroller.windowStart).toBeLessThanOrEqual(first);
          expect(scroller.windowStart + scroller.windowLength).toBeGreaterThan(last);
          for (const row of [first, last]) {
            // Where the element draws it is where the scroller says that it stands, to a pixel.
            expect(Math.abs(scroller.yOf(row) - element.scrollTop - scroller.offsetOf(row))).toBeLessThanOrEqual(1);
            expect(scroller.yOf(row)).toBeGreaterThanOrEqual(0);
            expect(scroller.yOf(row) + ROW).toBeLessThanOrEqual(scroller.height + 1);
          }
          if ("end" in move) expect(last).toBe(rows - 1);
          if ("reveal" in move) expect(move.reveal >= first && move.reveal <= last).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
