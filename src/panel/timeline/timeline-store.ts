import { createStore, type StoreApi } from "zustand/vanilla";
import type { Span, TimelineRange, TimelineView } from "../../contract/timeline.ts";
import { putField } from "../../query/edit.ts";
import { keepChoice, readChoice } from "../controls/kept-choice.ts";
import { newestCall } from "../state/newest-call.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { timeCondition } from "./time-condition.ts";
import { TimelineClock } from "./timeline-clock.ts";
import { pan, zoom } from "./timeline-scale.ts";

export const MEASURES = ["messages", "bytes", "latency"] as const;
export type Measure = (typeof MEASURES)[number];

/** Rows come first: it is those that a person looks at, and drawing beside them would hold them up. */
const AFTER_ROWS_MS = 100;

export interface TimelineState {
  /** Null until the engine answered, and while the log is empty. */
  readonly view: TimelineView | null;
  /** What the filter leaves; what was just chosen, until the filter is in force. */
  readonly window: Span | null;
  readonly measure: Measure;
  /** Whether each connection is drawn by itself too. */
  readonly hasLanes: boolean;
}

const LANES = "timeline-lanes";

/** A stretch of time as the user looks at it: followed as the log grows, zoomed, and made a part of the filter. */
class TimelineStore {
  readonly store: StoreApi<TimelineState> = createStore<TimelineState>(() => ({ view: null, window: null, measure: "messages", hasLanes: readChoice(LANES, false) }));
  readonly #session: PanelSession;
  readonly #ask: (query: { readonly range: TimelineRange; readonly buckets: number; readonly taken: number }) => void;
  #range: TimelineRange = null;
  #buckets = 0;
  #lanes = 0;
  /** The scope that shows what was chosen last has this number, or a later one. */
  #chosen = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(session: PanelSession) {
    this.#session = session;
    this.#ask = newestCall(
      ({ range, buckets }: { readonly range: TimelineRange; readonly buckets: number; readonly taken: number }) => session.engine.call("timeline", { range, buckets, latency: this.store.getState().measure === "latency", lanes: this.#lanes }),
      (view, { taken }) => this.store.setState(({ window }) => ({ view, window: taken >= this.#chosen ? (view?.window ?? null) : window })),
      // It is asked again with the next change.
      () => undefined,
    );
  }

  /** Follows the log and the scope; answers how to end that. */
  begin(): () => void {
    const { counts, scope } = this.#session;
    const ends = [
      counts.subscribe((now, before) => now.changed?.revision !== before.changed?.revision && this.#readSoon()),
      scope.store.subscribe((now, before) => now.taken !== before.taken && this.#readSoon()),
    ];
    this.#read();
    return () => {
      clearTimeout(this.#soon);
      for (const end of ends) end();
    };
  }

  /** How many buckets there is room for; 0: nothing is drawn. */
  setBuckets(buckets: number): void {
    if (buckets === this.#buckets) return;
    this.#buckets = buckets;
    this.#read();
  }

  /** How many connections there is room for, each by itself; 0: none is drawn so. */
  setLanes(lanes: number): void {
    if (lanes === this.#lanes) return;
    this.#lanes = lanes;
    this.#read();
  }

  showLanes(hasLanes: boolean): void {
    keepChoice(LANES, hasLanes);
    this.store.setState({ hasLanes });
  }

  setMeasure(measure: Measure): void {
    this.store.setState({ measure });
    this.#read();
  }

  zoom(factor: number, around: number): void {
    const { view } = this.store.getState();
    if (view !== null) this.#look(zoom(view, factor, around));
  }

  pan(by: number): void {
    const { view } = this.store.getState();
    if (view !== null) this.#look(pan(view, by));
  }

  /** Whether something but the whole log is on view, or the filter leaves a part of it. */
  get isNarrowed(): boolean {
    return this.#range !== null || this.store.getState().window !== null;
  }

  /** All of the log, and nothing of the filter's on time. */
  reset(): void {
    if (this.store.getState().window !== null) this.choose(null);
    this.#look(null);
  }

  /** Shows only rows of a stretch of time: writes it into the filter. Null: of any time. */
  choose(span: Span | null): void {
    const { view } = this.store.getState();
    const { scope, filters } = this.#session;
    if (view === null) return;
    const text = span === null ? null : timeCondition(span, { ...view, clock: new TimelineClock(view), precision: (view.to - view.from) / Math.max(1, this.#buckets * 4), utcOffset });
    this.#chosen = scope.store.getState().taken + 1;
    this.store.setState({ window: span });
    const filter = putField(scope.store.getState().text, "time", text);
    scope.setFilter(filter);
    filters.used(filter);
  }

  #look(range: TimelineRange): void {
    this.#range = range;
    this.#read();
  }

  #readSoon(): void {
    this.#soon ??= setTimeout(() => this.#read(), AFTER_ROWS_MS);
  }

  #read(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    if (this.#buckets > 0) this.#ask({ range: this.#range, buckets: this.#buckets, taken: this.#session.scope.store.getState().taken });
  }
}

export type { TimelineStore };

const STORES = new WeakMap<PanelSession, TimelineStore>();

/** The session's, which its commands know too: made when it is first asked for. */
export function timelineOf(session: PanelSession): TimelineStore {
  const known = STORES.get(session) ?? new TimelineStore(session);
  STORES.set(session, known);
  return known;
}

/** By the clock of this machine, in minutes. */
export const utcOffset = (epoch = Date.now()): number => -new Date(epoch).getTimezoneOffset();
