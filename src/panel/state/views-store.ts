import type { StoreApi } from "zustand/vanilla";
import type { ColumnLayout } from "./column-layout.ts";
import { readKeptViews, saveView, textOfView, viewOfText, VIEWS_KEY, type KeptView, type KeptViews } from "./kept-views.ts";
import { KeptStore } from "./kept-store.ts";
import type { PanelSession } from "./panel-session.ts";
import type { ScopeStore } from "./scope-store.ts";

/** The user's own views: filter, order and columns under a name. */
class ViewsStore {
  readonly store: StoreApi<KeptViews>;
  readonly #kept: KeptStore<KeptViews>;
  readonly #scope: ScopeStore;
  readonly #columns: KeptStore<ColumnLayout>;

  constructor({ area, scope, columns, ended }: PanelSession) {
    this.#kept = new KeptStore(area, VIEWS_KEY, readKeptViews);
    this.store = this.#kept.store;
    this.#scope = scope;
    this.#columns = columns;
    // Where storage gives nothing, there are none yet.
    this.#kept.begin().catch(() => undefined);
    ended.addEventListener("abort", () => this.#kept.end());
  }

  /** Shows the table so. Without `columns` those of now stay. */
  show({ filter, sort, columns }: Pick<KeptView, "filter" | "sort"> & { readonly columns?: ColumnLayout }): void {
    this.#scope.setFilter(filter);
    this.#scope.setSort(sort);
    if (columns !== undefined) this.#columns.change(columns);
  }

  /** Keeps what the table shows now. */
  save(name: string): void {
    const { text, sort } = this.#scope.store.getState();
    this.#add({ name: name.trim(), filter: text, sort, columns: this.#columns.store.getState() });
  }

  remove(name: string): void {
    this.#kept.change({ views: this.#views.filter((view) => view.name !== name) });
  }

  /** Keeps a view that somebody shared, and shows it; false where the text is none. */
  addText(text: string): boolean {
    const view = viewOfText(text);
    if (view === undefined) return false;
    this.#add(view);
    this.show(view);
    return true;
  }

  textOf(name: string): string {
    const view = this.#views.find((one) => one.name === name);
    return view === undefined ? "" : textOfView(view);
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

const STORES = new WeakMap<PanelSession, ViewsStore>();

/** The session's: made when it is first asked for, since the first paint has no need of it. */
export function viewsOf(session: PanelSession): ViewsStore {
  const known = STORES.get(session) ?? new ViewsStore(session);
  STORES.set(session, known);
  return known;
}
