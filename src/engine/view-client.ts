import type { CaptureLog } from "./capture-log.ts";
import type { CallAnswer, FromEngine } from "../contract/calls.ts";
import type { Changed } from "../contract/changed.ts";
import { FEW_CORES } from "./few-cores.ts";
import { OpenCall } from "./open-call.ts";
import type { Timers } from "./timers.ts";
import { workAWhile, type Turns } from "./turns.ts";
import type { View } from "./view.ts";

/** A new filter is told of after this. */
const FIRST_LOOK_MS = 10;
/**
 * A view is told no sooner again than after this: rows that pass faster than that nobody reads, and drawing them on
 * the thread that also takes in Chrome's events would only cost frames.
 */
const TOLD_APART_MS = 50;
/** More rows a second than this nobody reads one by one: several at once move no less smoothly past the eye. */
const QUICK_ROWS = 20;
const QUICK_TOLD_APART_MS = 100;
/** More rows a second than this fill the screen anew ten times a second, which nobody reads. */
const UNREAD_ROWS = 300;
const UNREAD_TOLD_APART_MS = 200;
/** More rows or bytes a second than this leave hardly a core to spare: the capture comes first, and the view is told less often. */
const BUSY_ROWS = 1500;
const BUSY_BYTES = 8 * 2 ** 20;
const BUSY_TOLD_APART_MS = 200;
/** And rests so many times as long as it took to paint, up to the longest rest. */
const BUSY_RESTS = 5;
const BUSY_LONGEST_REST_MS = 500;
/**
 * Where cores are few, painting is most of what a burst costs the page that waits for it (docs/performance.md, bursts),
 * and a slow machine hears no more than this a second when all of it is busy.
 */
const BUSY_ROWS_ON_FEW_CORES = 750;
const BUSY_TOLD_APART_ON_FEW_CORES_MS = 1000;
const BUSY_RESTS_ON_FEW_CORES = 10;
const BUSY_LONGEST_REST_ON_FEW_CORES_MS = 2000;
/** While much comes, so long without a row is its end: a megabyte at a time, batches stand that far apart where cores are few. */
const BUSY_SILENCE_MS = 250;
/** Fewer at once are no rate yet. */
const SCREENFUL = 32;
const SCREENFUL_BYTES = 256 * 2 ** 10;

/** The engine's end of the wire to a view. */
export interface ViewWire {
  readonly send: (message: FromEngine) => void;
  readonly close: () => void;
}

/** What a client of the engine needs from it. */
export interface ViewClientEdges {
  readonly capture: CaptureLog;
  readonly view: View;
  readonly wire: ViewWire;
  readonly turns: Turns;
  readonly timers: Timers;
  /** How many threads can run at once. */
  readonly cores: number;
  /** What there is to tell now. */
  readonly changed: () => Changed;
}

/** One view's end of its wire: lets it find its rows, in slices, and tells it of changes, at most once a painted frame. */
export class ViewClient {
  readonly #edges: ViewClientEdges;
  /** How a view is told while much comes. */
  readonly #busy: { readonly rows: number; readonly toldApart: number; readonly rests: number; readonly longestRest: number };
  /** The view has painted what it was told last. */
  #isReady = true;
  #told = "";
  /** Of the log that it was told of last. */
  #generation: number | undefined;
  /** When it may be told again. */
  #nextTell = 0;
  /** Rows and bytes of the log when it was told last, and when that was. */
  #toldOf = { rows: 0, bytes: 0, at: 0 };
  #pace: "read" | "quick" | "unread" | "busy" = "read";
  /** What is shown while somebody waits for all rows of another scope: these are told of at once when they are there. */
  #awaitedBeside: number | undefined;
  /** It hears the next change by a timer, which this calls off. */
  #timer: (() => void) | undefined;
  /** The next slice of its filter is already on its way. */
  #hasSlice = false;
  #isEnded = false;
  /** Calls that are not answered yet, by their ids. */
  readonly #calls = new Map<number, OpenCall>();

  constructor(edges: ViewClientEdges) {
    this.#edges = edges;
    this.#busy =
      edges.cores <= FEW_CORES
        ? { rows: BUSY_ROWS_ON_FEW_CORES, toldApart: BUSY_TOLD_APART_ON_FEW_CORES_MS, rests: BUSY_RESTS_ON_FEW_CORES, longestRest: BUSY_LONGEST_REST_ON_FEW_CORES_MS }
        : { rows: BUSY_ROWS, toldApart: BUSY_TOLD_APART_MS, rests: BUSY_RESTS, longestRest: BUSY_LONGEST_REST_MS };
  }

  called(id: number): OpenCall {
    const call = new OpenCall(id, { send: this.#edges.wire.send, now: this.#edges.timers.now });
    this.#calls.set(id, call);
    return call;
  }

  /** Who cancelled a call hears too how it ended: it may have been done by then. */
  answer(message: CallAnswer): void {
    this.#calls.delete(message.id);
    if (!this.#isEnded) this.#edges.wire.send(message);
  }

  taken(id: number): void {
    this.#calls.get(id)?.taken();
  }

  cancel(id: number): void {
    this.#calls.get(id)?.cancel();
    this.#calls.delete(id);
  }

  /** The view has painted and can be told again. */
  ready(): void {
    this.#isReady = true;
    if (this.#pace === "busy") {
      const now = this.#edges.timers.now();
      this.#nextTell = Math.max(this.#nextTell, now + Math.min((now - this.#toldOf.at) * this.#busy.rests, this.#busy.longestRest));
    }
    this.tell();
  }

  /** Lets the view find its new rows, in slices, and tells it. */
  advance(): void {
    const { view, timers, turns } = this.#edges;
    if (workAWhile(() => view.advance(), timers.now) && !this.#hasSlice) {
      this.#hasSlice = true;
      turns.soon(() => {
        this.#hasSlice = false;
        if (!this.#isEnded) this.advance();
      });
    }
    this.tell();
  }

  tick(): void {
    if (this.#calls.size > 0) this.#edges.wire.send({ type: "working", ids: [...this.#calls.keys()] });
    this.#edges.view.tick();
    this.tell();
  }

  /** Somebody waits for what comes: it is told soon, but not before the first rows can be there. */
  tellSoon(): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#nextTell = this.#edges.timers.now() + FIRST_LOOK_MS;
    this.#awaitedBeside = this.#edges.view.shown;
  }

  /** That the log is another it hears at once, before any answer out of that: what it shows and asks for is of the one before. */
  tell(): void {
    const { generation } = this.#edges.capture;
    const isOtherLog = generation !== this.#generation;
    if (this.#isEnded || !(this.#isReady || isOtherLog)) return;
    const now = this.#edges.timers.now();
    const { shown, rows } = this.#edges.view;
    const isAwaited = this.#awaitedBeside !== undefined && shown !== this.#awaitedBeside && rows.progress === 1;
    if (isAwaited) this.#awaitedBeside = undefined;
    if (isAwaited || isOtherLog) {
      this.#timer?.();
      this.#timer = undefined;
      this.#nextTell = now;
    }
    if (this.#timer !== undefined) return;
    const wait = this.#nextTell - now;
    // The clock may have been set back meanwhile.
    if (wait > 0 && wait <= this.#busy.longestRest) {
      const { length } = this.#edges.capture.log;
      this.#timer = this.#edges.timers.later(() => {
        this.#timer = undefined;
        // Nothing more comes: there is nothing to wait for.
        if (this.#edges.capture.log.length === length) this.#nextTell = this.#edges.timers.now();
        this.tell();
      }, Math.min(wait, this.#pace === "busy" ? BUSY_SILENCE_MS : TOLD_APART_MS));
      return;
    }
    const changed = this.#edges.changed();
    // A revision alone is no news: it grows with batches that changed nothing a view shows.
    const told = JSON.stringify({ ...changed, revision: 0 });
    if (told === this.#told) return;
    this.#told = told;
    this.#generation = generation;
    this.#noteRate(now);
    this.#nextTell = now + this.#toldApart;
    this.#isReady = false;
    this.#edges.wire.send({ type: "changed", changed });
  }

  end(): void {
    this.#isEnded = true;
    this.#timer?.();
    for (const id of this.#calls.keys()) this.cancel(id);
    this.#edges.view.end();
    this.#edges.wire.close();
  }

  get #toldApart(): number {
    switch (this.#pace) {
      case "read":
        return TOLD_APART_MS;
      case "quick":
        return QUICK_TOLD_APART_MS;
      case "unread":
        return UNREAD_TOLD_APART_MS;
      case "busy":
        return this.#busy.toldApart;
    }
  }

  /** Whether so much comes that nobody reads it, or that the capture needs the core. */
  #noteRate(now: number): void {
    const { length: rows, messageBytes: bytes } = this.#edges.capture.log;
    const before = this.#toldOf;
    this.#toldOf = { rows, bytes, at: now };
    const seconds = (now - before.at) / 1000;
    const come = { rows: rows - before.rows, bytes: bytes - before.bytes };
    const isFast = come.rows > this.#busy.rows * seconds || come.bytes > BUSY_BYTES * seconds;
    if (isFast && (come.rows > SCREENFUL || come.bytes > SCREENFUL_BYTES)) this.#pace = "busy";
    else if (come.rows > UNREAD_ROWS * seconds) this.#pace = "unread";
    else this.#pace = come.rows > QUICK_ROWS * seconds && come.rows > 1 ? "quick" : "read";
  }
}
