import { createStore, type StoreApi } from "zustand/vanilla";
import type { Changed } from "../../contract/changed.ts";
import type { ConnectionList, ConnectionRow, ConnectionSort, ConnectionsQuery } from "../../contract/connections.ts";
import type { HiddenAddress } from "../../model/hidden-address.ts";
import type { ConnectionGrouping } from "../../model/settings.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { EngineClient } from "../engine-client.ts";

export interface ConnectionsState {
  /** All there are, and how many of them have ended. */
  readonly all: number;
  readonly ended: number;
  /** A page that connects again and again would bury its open sockets under those that are over. */
  readonly hidesEnded: boolean;
  readonly groupBy: ConnectionGrouping;
  readonly hidden: readonly HiddenAddress[];
  /** What their addresses have to hold. */
  readonly sought: string;
  readonly sortBy: ConnectionSort;
  /** What the list amounts to, and what stands on the lines that are drawn. */
  readonly list: Omit<ConnectionList, "watched">;
  /** What is known of the connections that somebody watches. */
  readonly watched: ReadonlyMap<ConnectionId, ConnectionRow>;
  /** The line that is to be on view, anew with every wish. */
  readonly reveal: { readonly line: number } | null;
}

/** Counts and rates change with every frame; a person reads them a few times a second. */
const REFRESH_EVERY = 300;
/** Lines asked for beyond those on view, above and below. */
const AROUND = 24;

/**
 * The lines of the connection list that are drawn, and what is known of single connections that something shows. The
 * list stands in the engine and can be of any length.
 */
export class ConnectionsStore {
  readonly store: StoreApi<ConnectionsState> = createStore<ConnectionsState>(() => ({
    all: 0,
    ended: 0,
    hidesEnded: false,
    groupBy: "target",
    hidden: [],
    sought: "",
    sortBy: "opened",
    list: { lines: 0, connections: 0, items: [], chosen: null },
    watched: new Map(),
    reveal: null,
  }));
  readonly #engine: EngineClient;
  readonly #whenGone: () => void;
  #chosen: ConnectionId | null = null;
  #from = 0;
  #to = 0;
  /** The lines that are held, as they were asked for. */
  #held = { from: 0, to: 0 };
  /** How many watch a connection. */
  readonly #watchers = new Map<ConnectionId, number>();
  #revision = -1;
  /** The engine has told of a change since it was last asked. */
  #isOld = false;
  #isWanted = false;
  #generation = -1;
  #isBusy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Steps from the connection chosen that are still to be made. */
  #steps = 0;
  #isStepping = false;

  /** `whenGone`: the connection chosen is not known any more. */
  constructor(engine: EngineClient, whenGone: () => void) {
    this.#engine = engine;
    this.#whenGone = whenGone;
  }

  changed({ connections: { all, ended }, connectionsRevision, generation }: Changed): void {
    const isOtherLog = generation !== this.#generation;
    this.#generation = generation;
    if (connectionsRevision === this.#revision && !isOtherLog) return;
    this.#revision = connectionsRevision;
    this.#isOld = true;
    const state = this.store.getState();
    if (all !== state.all || ended !== state.ended) this.store.setState({ all, ended });
    // What the user cleared, or brought back, is so at once.
    if (isOtherLog || (!this.#isBusy && this.#timer === undefined)) this.#want();
  }

  /** The engine is another one, which counts its changes anew. */
  engineReplaced(): void {
    this.#revision = -1;
  }

  /** The lines on view, `from` up to `to`. */
  show(from: number, to: number): void {
    this.#from = from;
    this.#to = to;
    const { lines } = this.store.getState().list;
    if (from < this.#held.from || Math.min(to, lines) > this.#held.to) this.#want();
  }

  hideEnded(hidesEnded: boolean): void {
    this.store.setState({ hidesEnded });
    this.#want();
  }

  group(groupBy: ConnectionGrouping): void {
    if (groupBy === this.store.getState().groupBy) return;
    this.store.setState({ groupBy });
    this.#want();
  }

  hide(hidden: readonly HiddenAddress[]): void {
    this.store.setState({ hidden });
    this.#want();
  }

  seek(sought: string): void {
    this.store.setState({ sought });
    this.#want();
  }

  sortBy(sortBy: ConnectionSort): void {
    this.store.setState({ sortBy });
    this.#want();
  }

  choose(connection: ConnectionId | null): void {
    if (connection === this.#chosen) return;
    this.#chosen = connection;
    this.#want();
  }

  /** Keeps what is known of a connection up to date in `watched`, until what it answers is called. */
  watch(connection: ConnectionId): () => void {
    this.#watchers.set(connection, (this.#watchers.get(connection) ?? 0) + 1);
    if (!this.store.getState().watched.has(connection)) this.#want();
    return () => {
      const left = (this.#watchers.get(connection) ?? 0) - 1;
      if (left > 0) this.#watchers.set(connection, left);
      else this.#watchers.delete(connection);
    };
  }

  /**
   * Chooses the connection so many places after the one chosen, as far as the list goes, and has it on view. Steps made
   * while one is looked for add up.
   */
  async step(by: number, choose: (connection: ConnectionId | null) => void): Promise<void> {
    this.#steps += by;
    if (this.#isStepping) return;
    this.#isStepping = true;
    while (this.#steps !== 0) {
      const { hidesEnded, groupBy, hidden, sought, sortBy } = this.store.getState();
      const asked = this.#steps;
      this.#steps = 0;
      try {
        const { connection, line } = await this.#engine.call("connectionBeside", { hidesEnded, groupBy, hidden, sought, sortBy, chosen: this.#chosen, by: asked });
        choose(connection);
        this.store.setState({ reveal: { line } });
      } catch {
        // The engine has ended; the status bar says so.
      }
    }
    this.#isStepping = false;
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #want(): void {
    this.#isWanted = true;
    if (!this.#isBusy) void this.#ask();
  }

  /** One question is under way at a time; what is wanted meanwhile is the next. */
  async #ask(): Promise<void> {
    this.#isBusy = true;
    while (this.#isWanted) {
      this.#isWanted = false;
      this.#isOld = false;
      const { hidesEnded, groupBy, hidden, sought, sortBy } = this.store.getState();
      const query: ConnectionsQuery = {
        hidesEnded,
        groupBy,
        hidden,
        sought,
        sortBy,
        chosen: this.#chosen,
        from: Math.max(0, this.#from - AROUND),
        to: this.#to + AROUND,
        watched: [...this.#watchers.keys()],
      };
      try {
        this.#take(await this.#engine.call("connections", query), query);
      } catch {
        // The list stays as it was; the next change asks again.
      }
    }
    this.#isBusy = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isOld && !this.#isBusy) this.#want();
    }, REFRESH_EVERY);
  }

  #take({ watched: rows, ...list }: ConnectionList, { hidesEnded, groupBy, hidden, sought, sortBy, chosen, from, to, watched: asked }: ConnectionsQuery): void {
    const now = this.store.getState();
    // Somebody began to watch it again meanwhile.
    const unasked = [...this.#watchers.keys()].filter((one) => !asked.includes(one));
    if (unasked.length > 0) this.#isWanted = true;
    // Of another list than is wanted now, lines say nothing.
    if (hidesEnded !== now.hidesEnded || groupBy !== now.groupBy || hidden !== now.hidden || sought !== now.sought || sortBy !== now.sortBy || chosen !== this.#chosen) return;
    this.#held = { from, to };
    const kept = unasked.flatMap((one) => now.watched.get(one) ?? []);
    this.store.setState({ list, watched: new Map([...kept, ...rows].map((row) => [row.id, row])) });
    // A clear takes away connections that are over.
    if (chosen !== null && list.chosen === null) this.#whenGone();
  }
}
