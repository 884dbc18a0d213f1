import type { Connection } from "../model/connection.ts";
import type { ConnectionId } from "../model/units.ts";
import { CountTree } from "./count-tree.ts";

/** Which connections are listed: all, or those that have not ended, and one beside these. */
export interface Listing {
  readonly withoutEnded: boolean;
  /** Is listed though it has ended. */
  readonly kept: ConnectionId | null;
}

/** Where something stands in a listing. A target's heading has one line, a connection two. */
export type ListedItem =
  | { readonly type: "target"; readonly line: number; readonly targetKey: string }
  | { readonly type: "connection"; readonly line: number; readonly place: number; readonly id: ConnectionId };

export interface Listed {
  /** Lines of all that is listed, headings too. */
  readonly lines: number;
  readonly connections: number;
  /** What stands on lines `from` up to `to`, also by its second line. */
  items(from: number, to: number): ListedItem[];
  /** The connection at a place, from 0. */
  at(place: number): ConnectionId | undefined;
  find(id: ConnectionId): Extract<ListedItem, { type: "connection" }> | undefined;
}

/** The connections of one target, in the order in which they came to it; what left it leaves its place empty. */
interface Group {
  /** Its place among the groups. */
  readonly at: number;
  readonly targetKey: string;
  readonly ids: ConnectionId[];
  readonly all: CountTree;
  readonly living: CountTree;
}

interface Place {
  readonly group: Group;
  readonly at: number;
  isLiving: boolean;
}

/** Connections and lines of each group. */
class Sums {
  readonly connections = new CountTree();
  readonly lines = new CountTree();
}

/**
 * Where each connection stands in the list of them, which is grouped by target in the order in which targets first
 * opened one. Connections are not walked through: a change costs the logarithm of their number, as does a line that is
 * asked for, so a list of a hundred thousand that is drawn by twenty lines costs what a short one does.
 */
export class ConnectionOrder {
  readonly #groups: Group[] = [];
  readonly #byTarget = new Map<string, Group>();
  readonly #places = new Map<ConnectionId, Place>();
  readonly #all = new Sums();
  readonly #living = new Sums();

  get ended(): number {
    return this.#all.connections.total - this.#living.connections.total;
  }

  /** A connection that is new, or is another than before. */
  put({ id, targetKey, state }: Pick<Connection, "id" | "targetKey" | "state">): void {
    const isLiving = state === "connecting" || state === "open";
    const before = this.#places.get(id);
    if (before?.group.targetKey === targetKey) {
      if (before.isLiving !== isLiving) this.#count("living", before, isLiving ? 1 : -1);
      before.isLiving = isLiving;
      return;
    }
    if (before !== undefined) {
      this.#count("all", before, -1);
      if (before.isLiving) this.#count("living", before, -1);
    }
    const group = this.#group(targetKey);
    const place: Place = { group, at: group.ids.push(id) - 1, isLiving };
    group.all.push(0);
    group.living.push(0);
    this.#places.set(id, place);
    this.#count("all", place, 1);
    if (isLiving) this.#count("living", place, 1);
  }

  /** It is listed no more. */
  remove(id: ConnectionId): void {
    const place = this.#places.get(id);
    if (place === undefined) return;
    this.#places.delete(id);
    this.#count("all", place, -1);
    if (place.isLiving) this.#count("living", place, -1);
  }

  /** What `ask` is given holds only while it runs. */
  list<Answer>({ withoutEnded, kept }: Listing, ask: (listed: Listed) => Answer): Answer {
    const keptPlace = withoutEnded && kept !== null ? this.#places.get(kept) : undefined;
    if (keptPlace === undefined || keptPlace.isLiving) return ask(this.#listed(withoutEnded ? "living" : "all"));
    this.#count("living", keptPlace, 1);
    try {
      return ask(this.#listed("living"));
    } finally {
      this.#count("living", keptPlace, -1);
    }
  }

  #listed(which: "all" | "living"): Listed {
    const sums = this.#sums(which);
    const groupOf = (tree: CountTree, n: number): Group => this.#groups[tree.placeOf(n)] as Group;
    const find = (id: ConnectionId): Extract<ListedItem, { type: "connection" }> | undefined => {
      const place = this.#places.get(id);
      if (place === undefined) return undefined;
      const { group, at } = place;
      const inGroup = group[which].before(at);
      if (group[which].before(at + 1) === inGroup) return undefined;
      return { type: "connection", id, line: sums.lines.before(group.at) + 1 + 2 * inGroup, place: sums.connections.before(group.at) + inGroup };
    };
    return {
      lines: sums.lines.total,
      connections: sums.connections.total,
      at: (place) => {
        if (place < 0 || place >= sums.connections.total) return undefined;
        const group = groupOf(sums.connections, place);
        return group.ids[group[which].placeOf(place - sums.connections.before(group.at))];
      },
      find,
      items: (from, to) => {
        const items: ListedItem[] = [];
        const end = Math.min(to, sums.lines.total);
        for (let line = Math.max(0, from); line < end; ) {
          const group = groupOf(sums.lines, line);
          const first = sums.lines.before(group.at);
          if (line === first) {
            items.push({ type: "target", line: line++, targetKey: group.targetKey });
            continue;
          }
          const inGroup = (line - first - 1) >>> 1;
          const id = group.ids[group[which].placeOf(inGroup)] as ConnectionId;
          const start = first + 1 + 2 * inGroup;
          items.push({ type: "connection", line: start, place: sums.connections.before(group.at) + inGroup, id });
          line = start + 2;
        }
        return items;
      },
    };
  }

  #sums(which: "all" | "living"): Sums {
    return which === "all" ? this.#all : this.#living;
  }

  #group(targetKey: string): Group {
    const known = this.#byTarget.get(targetKey);
    if (known !== undefined) return known;
    const group: Group = { at: this.#groups.length, targetKey, ids: [], all: new CountTree(), living: new CountTree() };
    this.#groups.push(group);
    this.#byTarget.set(targetKey, group);
    for (const { connections, lines } of [this.#all, this.#living]) {
      connections.push(0);
      lines.push(0);
    }
    return group;
  }

  #count(which: "all" | "living", { group, at }: Place, by: 1 | -1): void {
    const sums = this.#sums(which);
    const before = group[which].total;
    group[which].add(at, by);
    sums.connections.add(group.at, by);
    // A group of none has no heading.
    const isHeadingToo = before === 0 || before + by === 0;
    sums.lines.add(group.at, 2 * by + (isHeadingToo ? by : 0));
  }
}
