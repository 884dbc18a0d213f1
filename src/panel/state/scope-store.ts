import { createStore, type StoreApi } from "zustand/vanilla";
import type { DeltaBasis, FilterProblem, Scope, Sort, SortKey } from "../../contract/rows.ts";
import { toldBy } from "../told-by.ts";
import { isSameTold, say } from "../../model/said.ts";
import type { HiddenAddress } from "../../model/hidden-address.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { EngineClient } from "../engine-client.ts";
import { combineFilters, type SavedFilter } from "./kept-filters.ts";
import { newestCall } from "./newest-call.ts";

export interface ScopeState {
  /** What the filter box holds; while it has a problem, the filter in force is the last one that stood. */
  readonly text: string;
  readonly connection: ConnectionId | null;
  readonly sent: boolean;
  readonly received: boolean;
  readonly sort: Sort | null;
  readonly problem: FilterProblem | null;
  /** Grows each time the engine answered a scope: the rows shown are others from here on. */
  readonly taken: number;
  /** Grows each time a scope is asked for. */
  readonly asked: number;
}

/** A text whose rows are shown for so long is one that the user looks at. */
const STANDS_AFTER_MS = 700;

const EVERYTHING: Scope = { filter: "", connection: null, sent: true, received: true, sort: null };

/** What one looks for in these columns is the largest, the slowest, the longest gap. */
const LARGEST_FIRST: ReadonlySet<SortKey> = new Set(["size", "latency", "delta"]);

/** What a click on a column's header makes of the sorting: what one looks for first, the other way round, and no more. */
export function nextSort(sort: Sort | null, by: SortKey): Sort | null {
  const isFirst = LARGEST_FIRST.has(by);
  if (sort?.by !== by) return { by, descending: isFirst };
  return sort.descending === isFirst ? { by, descending: !isFirst } : null;
}

/** What the table shows: sent to the engine as the user changes it. */
export class ScopeStore {
  readonly store: StoreApi<ScopeState>;
  readonly #send: (scope: Scope) => void;
  readonly #saved: () => readonly SavedFilter[];
  readonly #hidden: () => readonly HiddenAddress[];
  readonly #now: () => number;
  readonly #deltaOf: () => DeltaBasis;
  /** The last filter that stood: not one on the way to another. */
  #stood = "";
  /** Since when the rows of the text are shown: `Infinity` while they are looked for, `-Infinity` once the text is meant. */
  #shownAt = -Infinity;

  /** `saved`: filters that are asked for too, as they are now; `hidden`: connections that are not shown; `deltaOf`: what the column Δ counts from. */
  constructor(engine: EngineClient, saved: () => readonly SavedFilter[] = () => [], now: () => number = () => performance.now(), hidden: () => readonly HiddenAddress[] = () => [], deltaOf: () => DeltaBasis = () => "table") {
    this.#saved = saved;
    this.#hidden = hidden;
    this.#now = now;
    this.#deltaOf = deltaOf;
    const { filter, ...rest } = EVERYTHING;
    this.store = createStore<ScopeState>(() => ({ text: filter, ...rest, problem: null, taken: 0, asked: 0 }));
    this.#send = newestCall(
      (scope: Scope) => engine.call("setScope", scope),
      (problem) => this.#answered(problem),
      (problem) => this.#answered({ message: toldBy(problem), from: 0, to: 0 }),
    );
  }

  /** Makes the engine show what this store says. */
  begin(): void {
    this.#change({});
  }

  /** The saved filters are others, or what is hidden, or what the column Δ counts from. */
  refresh(): void {
    this.#change({});
  }

  setFilter(text: string): void {
    this.#shownAt = -Infinity;
    this.#change({ text });
  }

  /** A text on the way to another: it stands once it is left, or its rows are shown for a while. */
  typeFilter(text: string): void {
    const { text: before, problem } = this.store.getState();
    if (problem === null && this.#now() - this.#shownAt >= STANDS_AFTER_MS) this.#stood = before;
    this.#shownAt = Infinity;
    this.#change({ text });
  }

  /** The user goes on from the box: what it holds was meant. */
  settle(): void {
    this.#shownAt = -Infinity;
  }

  setConnection(connection: ConnectionId | null): void {
    if (connection !== this.store.getState().connection) this.#change({ connection });
  }

  toggle(direction: "sent" | "received"): void {
    this.#change({ [direction]: !this.store.getState()[direction] });
  }

  /** What a click on the head of a column means. */
  sortBy(by: SortKey): void {
    this.setSort(nextSort(this.store.getState().sort, by));
  }

  setSort(sort: Sort | null): void {
    this.#change({ sort });
  }

  /** The engine ended the filter in force, because it took too long. */
  filterEnded(problem: FilterProblem | null): void {
    if (problem === null) return;
    const inBox = this.#inBox(problem);
    if (!isSameTold(this.store.getState().problem?.message, inBox.message)) this.store.setState({ problem: inBox });
  }

  #change(part: Partial<ScopeState>): void {
    const before = this.store.getState();
    const change = { ...part, asked: before.asked + 1 };
    // First, as the engine looks for the rows while the panel draws what was chosen.
    this.#send(this.#scopeOf({ ...before, ...change }));
    this.store.setState(change);
  }

  #scopeOf({ text, connection, sent, received, sort, asked }: ScopeState): Scope {
    const saved = this.#saved();
    const hidden = this.#hidden();
    const by = combineFilters("", saved).filter;
    return { ...(hidden.length > 0 && { hidden }), ...(by !== "" && { mute: { filter: text, instead: this.#stood, by } }), filter: combineFilters(text, saved).filter, instead: combineFilters(this.#stood, saved).filter, asked, connection, sent, received, sort: sort?.by === "delta" && this.#deltaOf() === "connection" ? { ...sort, by: "connection-delta" } : sort };
  }

  /** With a problem, the filter is the last one that stood; the rest of the scope is in force. */
  #answered(problem: FilterProblem | null): void {
    if (this.#shownAt === Infinity) this.#shownAt = this.#now();
    this.store.setState((state) => ({ taken: state.taken + 1, problem: problem === null ? null : this.#inBox(problem) }));
  }

  /** The engine knows one filter; the box holds a part of it. */
  #inBox({ message, from, to, instead }: FilterProblem): FilterProblem {
    const shown = instead === undefined ? {} : { instead };
    const { text } = this.store.getState();
    const { filter, shift } = combineFilters(text, this.#saved());
    if (filter === text) return { message, from, to, ...shown };
    const end = text.trim() === "" ? -1 : text.length + shift;
    if (from > end) return { message: say("filter.in-saved", { problem: message }), from: -1, to: -1, ...shown };
    return { message, from: Math.max(0, from - shift), to: Math.min(text.length, to - shift), ...shown };
  }
}
