import type { StoreApi } from "zustand/vanilla";
import { say, type Said } from "../../model/said.ts";
import type { ColumnLayout } from "./column-layout.ts";
import type { FiltersStore } from "./filters-store.ts";
import { combineFilters, type SavedFilter } from "./kept-filters.ts";
import { DIRECTIONS, MOST_VIEWS, readKeptViews, saveView, textOfView, viewOfText, VIEWS_KEY, type KeptView, type KeptViews } from "./kept-views.ts";
import { KeptStore } from "./kept-store.ts";
import type { PanelSession } from "./panel-session.ts";
import type { ScopeStore } from "./scope-store.ts";

/** What `show` shows of a view. */
export type ShownView = Pick<KeptView, "filter" | "sort" | "hides"> & {
  /** The columns that it has, by those of now. */
  readonly columns: (now: ColumnLayout) => Partial<ColumnLayout>;
};

/**
 * The user's own views: under a name all that says which messages the table shows and how: filter, directions, order, columns.
 * Of which connection is no part of it: any view can be looked at of one, or of all.
 */
class ViewsStore {
  readonly store: StoreApi<KeptViews>;
  readonly #kept: KeptStore<KeptViews>;
  readonly #scope: ScopeStore;
  readonly #filters: FiltersStore;
  readonly #columns: KeptStore<ColumnLayout>;
  #isNaming = false;

  constructor({ area, scope, filters, columns, ended }: PanelSession) {
    this.#kept = new KeptStore(area, VIEWS_KEY, readKeptViews);
    this.store = this.#kept.store;
    this.#scope = scope;
    this.#filters = filters;
    this.#columns = columns;
    // Where storage gives nothing, there are none yet.
    this.#kept.begin().catch(() => undefined);
    ended.addEventListener("abort", () => this.#kept.end());
  }

  /** Shows the table so, whatever was filtered before: saved filters are off, since what was on is in the view's own. */
  show({ filter, sort, hides = [], columns }: ShownView): void {
    if (this.#filters.store.getState().saved.some(({ isOn }) => isOn)) this.#filters.allOff();
    for (const direction of DIRECTIONS) {
      if (this.#scope.store.getState()[direction] === hides.includes(direction)) this.#scope.toggle(direction);
    }
    this.#scope.setFilter(filter);
    this.#scope.setSort(sort);
    this.#columns.change(columns(this.#columns.store.getState()));
  }

  showKept(view: KeptView): void {
    this.show({ ...view, columns: () => view.columns });
  }

  /** Keeps what the table shows now, with the saved filters that are on; `canSave` of the name is asked first. */
  save(name: string): void {
    const { text, sort, ...scope } = this.#scope.store.getState();
    const hides = DIRECTIONS.filter((direction) => !scope[direction]);
    this.#add({ name: name.trim(), filter: oneFilter(text, this.#filters.store.getState().saved), sort, columns: this.#columns.store.getState(), ...(hides.length > 0 && { hides }) });
  }

  /** The next time that their menu opens, it is for a name to be given. */
  askName(): void {
    this.#isNaming = true;
  }

  /** Whether that was asked for; once. */
  takeNaming(): boolean {
    const isNaming = this.#isNaming;
    this.#isNaming = false;
    return isNaming;
  }

  remove(name: string): void {
    this.#kept.change({ views: this.#views.filter((view) => view.name !== name) });
  }

  /** Keeps a view that somebody shared, and shows it; answers why not, null where it did. */
  addText(text: string): Said | null {
    const view = viewOfText(text);
    if (view === undefined) return say("views.not-one");
    if (!this.canSave(view.name)) return say("views.full", { most: MOST_VIEWS });
    this.#add(view);
    this.showKept(view);
    return null;
  }

  textOf(name: string): string {
    const view = this.#views.find((one) => one.name === name);
    return view === undefined ? "" : textOfView(view);
  }

  /** Another one of the same name takes its place, however many there are. */
  canSave(name: string): boolean {
    return this.#views.length < MOST_VIEWS || this.#views.some((view) => view.name === name.trim());
  }

  replace(views: KeptViews): void {
    this.#kept.change(views);
  }

  #add(view: KeptView): void {
    this.#kept.change({ views: saveView(this.#views, view) });
  }

  get #views(): readonly KeptView[] {
    return this.store.getState().views;
  }
}

/** What the box and the saved filters that are on ask for together, as short as it can be said. */
function oneFilter(text: string, saved: readonly SavedFilter[]): string {
  const [only, ...others] = saved.filter(({ isOn }) => isOn);
  return text.trim() === "" && only !== undefined && others.length === 0 ? only.text : combineFilters(text, saved).filter;
}

const STORES = new WeakMap<PanelSession, ViewsStore>();

/** The session's: made when it is first asked for, since the first paint has no need of it. */
export function viewsOf(session: PanelSession): ViewsStore {
  const known = STORES.get(session) ?? new ViewsStore(session);
  STORES.set(session, known);
  return known;
}
