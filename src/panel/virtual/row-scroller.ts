import {
  heightOf,
  isAtEnd,
  kept,
  lastTop,
  moved,
  placeAtTop,
  placeInMiddle,
  placeShowing,
  settled,
  START,
  topOf,
  type ScrollMap,
  type ScrollPlace,
} from "./scroll-map.ts";

/** Rows that react-virtual is told of, and the step by which that window moves. */
const WINDOW = 1_500;
const WINDOW_STEP = 500;
/** After this long without a scroll event, the thumb is put where it belongs. */
const SETTLE_AFTER = 160;
/** Rows that one reads a row with: before it and behind it. */
const BESIDE = 3;
/** A scroll event is told of within a few painted frames. */
const JUST_NOW_MS = 100;

/** The one owner of a list's scroll position: follows the element's events and writes to it. */
export class RowScroller {
  readonly #rowHeight: number;
  #count = 0;
  #viewport = 0;
  #following = false;
  #place: ScrollPlace = START;
  #windowStart = 0;
  #element: HTMLElement | null = null;
  #drawnShift = 0;
  /** The element's scroll position as last written or read. */
  #written = 0;
  /** What was asked for when it was last written: the element may have rounded it. */
  #asked = 0;
  #report: ((offset: number, isScrolling: boolean) => void) | null = null;
  #redraw: () => void = () => undefined;
  #onHold: (isHeld: boolean) => void = () => undefined;
  /** Where the end was before rows were last added, and when that was. */
  #endBefore = { top: Infinity, at: 0 };
  /** When there were last fewer rows than before, or another height: Chrome scrolls such a list itself, and tells of it later. */
  #changedAt = -Infinity;
  /** Of the element, when it was last scrolled to the place drawn. */
  #clientHeight = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;
  onScroll: ((isAtEnd: boolean) => void) | undefined;
  /** The row that stays on view where the list gets lower, and what was beside it with it: the one set, or scrolled to since. */
  keptRow: number | null = null;

  constructor(rowHeight: number) {
    this.#rowHeight = rowHeight;
  }

  get #map(): ScrollMap {
    return { rows: this.#count, rowHeight: this.#rowHeight, viewport: this.#viewport };
  }

  get height(): number {
    return heightOf(this.#map);
  }

  resized(viewport: number): void {
    if (viewport === this.#viewport) return;
    const row = this.keptRow ?? -1;
    const above = this.offsetOf(row);
    const beside = Math.min(above, this.#viewport - above - this.#rowHeight, BESIDE * this.#rowHeight);
    // A list that is hidden has no height; it comes back as it was.
    const isKept = viewport >= this.#rowHeight && viewport < this.#viewport && this.isOnView(this.keptRow) && !this.#following;
    this.#viewport = viewport;
    this.#changedAt = performance.now();
    if (isKept) this.#goTo(placeShowing(this.#map, this.#place, row, beside));
    this.#redraw();
  }

  get windowStart(): number {
    return this.#windowStart;
  }

  get windowLength(): number {
    return Math.min(WINDOW, this.#count - this.#windowStart);
  }

  /** What react-virtual takes for the scroll position. */
  get windowOffset(): number {
    return topOf(this.#place) - this.#windowStart * this.#rowHeight;
  }

  get isAtEnd(): boolean {
    return isAtEnd(this.#map, this.#place);
  }

  /** Rows were added between the user's scrolling to the end and the event that tells of it. */
  get #wasAtEnd(): boolean {
    const { top, at } = this.#endBefore;
    return topOf(this.#place) >= top - 2 && performance.now() - at < JUST_NOW_MS;
  }

  /** Where a row stands in the element that scrolls. */
  yOf(row: number): number {
    return row * this.#rowHeight + this.#place.shift;
  }

  /** The first row on view. */
  get firstRow(): number {
    return Math.floor(topOf(this.#place) / this.#rowHeight);
  }

  /** Behind the last row of which something is on view. */
  get endRow(): number {
    return Math.min(this.#count, Math.ceil((topOf(this.#place) + this.#viewport) / this.#rowHeight));
  }

  /** Takes the number of rows that are drawn now; the element itself is scrolled by `commit`, once it has its new height. */
  follow(count: number, following: boolean): void {
    if (count !== this.#count) this.#endBefore = { top: count > this.#count ? lastTop(this.#map) : Infinity, at: performance.now() };
    if (count < this.#count) this.#changedAt = performance.now();
    this.#count = count;
    this.#following = following;
    this.#place = following ? placeAtTop(this.#map, lastTop(this.#map)) : kept(this.#map, this.#place);
    this.#moveWindow();
    this.#drawnShift = this.#place.shift;
  }

  /** Scrolls the element to the place drawn. */
  commit(): void {
    const element = this.#element;
    if (element === null || this.#viewport === 0 || this.#place.scrollTop === this.#written) return;
    const isOther = this.#hasChanged(element);
    this.#clientHeight = element.clientHeight;
    if (this.#following && !isOther && this.#isLeft(element)) return this.#scrolled();
    // Written again, it would undo a turn of the wheel whose event is still to come.
    if (this.#place.scrollTop !== this.#asked) {
      this.#asked = this.#place.scrollTop;
      element.scrollTop = this.#asked;
      this.#written = element.scrollTop;
    }
    // The element may round to a pixel of the screen: the rows keep their place in it, so the shift stays.
    this.#place = { scrollTop: this.#written, shift: this.#place.shift };
  }

  /** Moves no farther than needed for a row, and where asked for some on either side of it, to be on view. */
  scrollToRow(row: number, isAmongOthers = false): void {
    this.keptRow = row;
    this.#goTo(placeShowing(this.#map, this.#place, row, isAmongOthers ? BESIDE * this.#rowHeight : 0));
  }

  /** Puts a row in the middle, unless it is on view below the `covered` pixels at the top. */
  scrollToMiddle(row: number, covered: number): void {
    this.keptRow = row;
    this.#goTo(placeInMiddle(this.#map, this.#place, row, covered));
  }

  /** Scrolls so that `row` stands `offset` pixels below the upper edge. */
  scrollToOffset(row: number, offset: number): void {
    this.keptRow = row;
    this.#goTo(placeAtTop(this.#map, row * this.#rowHeight - offset));
  }

  /** How far below the upper edge a row stands. */
  offsetOf(row: number): number {
    return row * this.#rowHeight - topOf(this.#place);
  }

  attach(element: HTMLElement | null): (() => void) | undefined {
    this.#element = element;
    if (element === null) return undefined;
    this.#written = element.scrollTop;
    this.#asked = this.#written;
    const listening = new AbortController();
    const options = { passive: true, signal: listening.signal };
    element.addEventListener("scroll", () => this.#scrolled(), options);
    // While the end is followed, a scroll position that the user just left would be written over before its event.
    element.addEventListener("wheel", (event) => event.deltaY < 0 && this.#leave(), options);
    element.addEventListener("touchmove", () => this.#leave(), options);
    element.addEventListener("pointerdown", (event) => isOnScrollbar(element, event) && this.#hold(), options);
    for (const end of ["pointerup", "pointercancel"] as const) addEventListener(end, () => this.#onHold(false), options);
    return () => {
      listening.abort();
      clearTimeout(this.#settling);
      this.#element = null;
    };
  }

  /** Told when the scrollbar is held: Chrome lets go of it where the element's height changes. */
  holding(onHold: (isHeld: boolean) => void): void {
    this.#onHold = onHold;
  }

  /** Lets react-virtual know of each new place. */
  observe(report: (offset: number, isScrolling: boolean) => void, redraw: () => void): () => void {
    this.#report = report;
    this.#redraw = redraw;
    return () => {
      this.#report = null;
    };
  }

  #scrolled(): void {
    const element = this.#element;
    if (element === null || Math.abs(element.scrollTop - this.#written) < 1) return;
    const isDown = element.scrollTop > this.#written;
    const isAtLast = element.scrollTop >= lastScrollTopOf(element) - 1;
    // No move of the user's: the list got shorter, or its pane grew, and ends before where it stood.
    const isCut = isAtLast && this.#written > lastScrollTopOf(element);
    this.#written = element.scrollTop;
    this.#asked = this.#written;
    // A pane that grew is scrolled by Chrome, not by the user, and is told of before its new height is.
    if (this.#following && isAtLast) return;
    // Who scrolls with the wheel or the scrollbar has left the end by now.
    if (this.#following && this.#hasChanged(element)) return this.commit();
    this.#place = moved(this.#map, this.#place, element.scrollTop);
    this.#following = false;
    // Before anything is drawn: a table told that it still follows would scroll back.
    if (!isCut) this.onScroll?.(this.isAtEnd || (isDown && this.#wasAtEnd));
    this.#show();
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      if (!this.#following) this.#goTo(settled(this.#map, this.#place));
    }, SETTLE_AFTER);
  }

  /** A scroll event may be of Chrome's own scrolling. `element` may have a height that is still to be told of. */
  #hasChanged(element: HTMLElement): boolean {
    return performance.now() - this.#changedAt < JUST_NOW_MS || element.clientHeight !== this.#clientHeight;
  }

  #hold(): void {
    this.#leave();
    this.#onHold(true);
  }

  /** Whether something of a row can be seen. */
  isOnView(row: number | null): boolean {
    if (row === null || row >= this.#count) return false;
    const offset = this.offsetOf(row);
    return offset > -this.#rowHeight && offset < this.#viewport;
  }

  #leave(): void {
    if (!this.#following || this.height <= this.#viewport) return;
    this.#following = false;
    this.onScroll?.(false);
  }

  /** The user scrolled away, but the event that says so is still to come (a list that got shorter is at its end). */
  #isLeft(element: HTMLElement): boolean {
    return element.scrollTop < Math.min(this.#written, lastScrollTopOf(element)) - 1;
  }

  #goTo(place: ScrollPlace): void {
    if (place === this.#place) return;
    this.#place = place;
    this.#show();
  }

  #show(): void {
    // react-virtual draws again for another range of rows only, not for the same rows at another height.
    if (this.#moveWindow() || this.#place.shift !== this.#drawnShift) this.#redraw();
    this.#report?.(this.windowOffset, true);
    this.commit();
  }

  #moveWindow(): boolean {
    const row = Math.floor(topOf(this.#place) / this.#rowHeight);
    const start = Math.max(0, (Math.floor(row / WINDOW_STEP) - 1) * WINDOW_STEP);
    if (start === this.#windowStart) return false;
    this.#windowStart = start;
    return true;
  }
}

const lastScrollTopOf = (element: HTMLElement): number => element.scrollHeight - element.clientHeight;

function isOnScrollbar(element: HTMLElement, event: PointerEvent): boolean {
  return event.target === element && event.clientX >= element.getBoundingClientRect().left + element.clientWidth;
}
