import type { Connection } from "../model/connection.ts";
import type { ConnectionId } from "../model/units.ts";
import { CountTree } from "./count-tree.ts";
import { familyName } from "../model/url-pattern.ts";

/** Which lines are listed: all, or those of connections that have not ended, and one beside these. */
export interface Listing {
  readonly withoutEnded: boolean;
  /** Is listed though it has ended. */
  readonly kept: ConnectionId | null;
  /** A group that is left out. */
  readonly without?: string;
}

/**
 * What connected again and again: a connection, and those that took its place one after the other, each once the one before
 * had ended. Never empty.
 */
export interface ConnectionChain {
  /** The first there was, also where that is forgotten: it names the chain for as long as it lasts. */
  readonly root: ConnectionId;
  /** As they came; only the last can be open. */
  readonly ids: readonly ConnectionId[];
}

/** Where something stands in a listing. A target's heading has one line, a chain of connections two. */
export type ListedItem =
  | { readonly type: "target"; readonly line: number; readonly targetKey: string }
  | { readonly type: "connection"; readonly line: number; readonly place: number; readonly chain: ConnectionChain };

export interface Listed {
  /** Lines of all that is listed, headings too. */
  readonly lines: number;
  readonly chains: number;
  /** What stands on lines `from` up to `to`, also by its second line. */
  items(from: number, to: number): ListedItem[];
  /** The chain at a place, from 0. */
  at(place: number): ConnectionChain | undefined;
  /** The chain that a connection belongs to. */
  find(id: ConnectionId): Extract<ListedItem, { type: "connection" }> | undefined;
}

/**
 * What connections stand together by: whoever opened them, unless it is said otherwise. Of a chain, its last connection is
 * asked for. Empty where it is not known.
 */
export type GroupOf = (connection: Pick<Connection, "id" | "targetKey" | "url">) => string;

/** The chains of one target, in the order in which they came to it; what left it leaves its place empty. */
interface Group {
  /** Its place among the groups. */
  readonly at: number;
  readonly targetKey: string;
  readonly chains: Chain[];
  readonly living: CountTree;
  readonly ended: CountTree;
}

interface Chain extends ConnectionChain {
  readonly ids: ConnectionId[];
  readonly group: Group;
  /** Its place in the group. */
  readonly at: number;
  readonly targetKey: string;
  /** Of one target alone, however connections are grouped: so a chain is the same in every order. */
  readonly family: string;
  /** Of its last connection. */
  url: string;
  isLiving: boolean;
  isWaiting: boolean;
}

/** What stands at a place of the group, what is open first. */
const inGroup = ({ chains, living, ended }: Group, n: number): Chain => chains[n < living.total ? living.placeOf(n) : ended.placeOf(n - living.total)] as Chain;

/** Chains and lines of each group. */
class Sums {
  readonly chains = new CountTree();
  readonly lines = new CountTree();
}

/** Of chains that wait, so many are asked for the very URL; then any of the family will do. */
const MOST_ASKED = 20;

/**
 * Where each connection stands in the list of them, which is grouped by target in the order in which targets first opened
 * one; what is open stands before what has ended, and what connected again stands in one place. Connections are not walked
 * through: a change costs the logarithm of their number, as does a line that is asked for, so a list of a hundred thousand
 * that is drawn by twenty lines costs what a short one does.
 */
export class ConnectionOrder {
  readonly #groupOf: GroupOf;
  readonly #isTold: boolean;
  readonly #groups: Group[] = [];
  readonly #byTarget = new Map<string, Group>();
  readonly #places = new Map<ConnectionId, Chain>();
  readonly #roots = new Map<ConnectionId, Chain>();
  /** By their family: chains whose last connection has ended, the latest last. */
  readonly #waiting = new Map<string, Chain[]>();
  readonly #all = new Sums();
  readonly #living = new Sums();

  /** `isTold`: what `groupOf` answers may change by itself; `regroup` tells of it. */
  constructor(groupOf: GroupOf = ({ targetKey }) => targetKey, isTold = false) {
    this.#groupOf = groupOf;
    this.#isTold = isTold;
  }

  /** The same chains in other groups. Cost: by how many connections there are. */
  regrouped(groupOf: GroupOf, isTold = false): ConnectionOrder {
    const other = new ConnectionOrder(groupOf, isTold);
    const adopted = new Map<Chain, Chain>();
    for (const { chains } of this.#groups) for (const chain of chains) if (chain.ids.length > 0) adopted.set(chain, other.#adopt(chain));
    // They wait in the order in which they ended: the latest is continued.
    for (const chains of this.#waiting.values()) for (const chain of chains) other.#await(adopted.get(chain) as Chain);
    return other;
  }

  /** Connections that have ended. */
  get ended(): number {
    return this.#places.size - this.#living.chains.total;
  }

  /** The first connection of the chain that one belongs to, which names it. */
  rootOf(id: ConnectionId): ConnectionId {
    return this.#chainOf(id)?.root ?? id;
  }

  /** See `familyName`: empty where it is not known. */
  familyOf(id: ConnectionId): string {
    return this.#places.get(id)?.family ?? "";
  }

  /** A connection that is new, or is another than before. `root`: the chain it belonged to in an order of before. */
  put({ id, targetKey, state, url }: Pick<Connection, "id" | "targetKey" | "state" | "url">, root = id): void {
    const isLiving = state === "connecting" || state === "open";
    const before = this.#places.get(id);
    const isSame = before?.targetKey === targetKey && before.url === url;
    // To tell the group may cost as much as reading a URL: of the same target and URL it is the same.
    const key = before !== undefined && (isSame || this.#isTold) ? before.group.targetKey : this.#groupOf({ id, targetKey, url });
    // What was not named can belong to no chain.
    const isNamed = before?.family === "" && url !== "";
    if (before !== undefined && before.targetKey === targetKey && before.group.targetKey === key && !isNamed) {
      if (before.ids.at(-1) === id) {
        before.url = url;
        this.#turn(before, isLiving);
      }
      return;
    }
    if (before !== undefined) this.#take(before, id);
    const family = familyName({ targetKey, url });
    const chain = this.#continued(family, url) ?? this.#begin(this.#group(key), targetKey, family, root);
    chain.ids.push(id);
    chain.url = url;
    this.#places.set(id, chain);
    if (chain.ids.length === 1) this.#count(chain, isLiving, 1);
    else this.#turn(chain, isLiving);
    chain.isLiving = isLiving;
    this.#await(chain);
  }

  /** What a connection stands together by may be another than before: its chain goes there as a whole. */
  regroup(id: ConnectionId): void {
    const chain = this.#isTold ? this.#places.get(id) : undefined;
    if (chain === undefined || chain.ids.at(-1) !== id) return;
    const key = this.#groupOf({ id, targetKey: chain.targetKey, url: chain.url });
    // Of a new connection nothing may be known yet: until it is, its chain stays where it was.
    if (key === "" || key === chain.group.targetKey) return;
    this.#count(chain, chain.isLiving, -1);
    const moved = this.#adopt(chain);
    const waiting = chain.isWaiting ? this.#waiting.get(chain.family) : undefined;
    waiting?.splice(waiting.lastIndexOf(chain), 1, moved);
    moved.isWaiting = chain.isWaiting;
    // Its place stays empty.
    chain.ids.length = 0;
  }

  /** It is listed no more. */
  remove(id: ConnectionId): void {
    const chain = this.#places.get(id);
    if (chain !== undefined) this.#take(chain, id);
  }

  /** What `ask` is given holds only while it runs. */
  list<Answer>({ withoutEnded, kept, without }: Listing, ask: (listed: Listed) => Answer): Answer {
    const leftOut = without === undefined ? undefined : this.#byTarget.get(without);
    if (leftOut !== undefined) return this.#listWithout(leftOut, { withoutEnded, kept }, ask);
    const keptChain = withoutEnded && kept !== null ? this.#chainOf(kept) : undefined;
    if (keptChain === undefined || keptChain.isLiving) return ask(this.#listed(withoutEnded ? this.#living : this.#all));
    this.#add(this.#living, keptChain.group, keptChain.group.living, keptChain.at, 1);
    try {
      return ask(this.#listed(this.#living));
    } finally {
      this.#add(this.#living, keptChain.group, keptChain.group.living, keptChain.at, -1);
    }
  }

  #listWithout<Answer>(group: Group, { withoutEnded, kept }: Listing, ask: (listed: Listed) => Answer): Answer {
    const sums = withoutEnded ? this.#living : this.#all;
    const [chains, lines] = [sums.chains, sums.lines].map((tree) => tree.before(group.at + 1) - tree.before(group.at)) as [number, number];
    const add = (by: 1 | -1): void => {
      sums.chains.add(group.at, by * chains);
      sums.lines.add(group.at, by * lines);
    };
    const isIn = (id: ConnectionId): boolean => this.#chainOf(id)?.group === group;
    add(-1);
    try {
      return this.list({ withoutEnded, kept: kept !== null && isIn(kept) ? null : kept }, (listed) => ask({ ...listed, find: (id) => (isIn(id) ? undefined : listed.find(id)) }));
    } finally {
      add(1);
    }
  }

  /** All that stands together in a group, in no order. */
  inGroup(targetKey: string): readonly ConnectionChain[] {
    return this.#byTarget.get(targetKey)?.chains.filter(({ ids }) => ids.length > 0) ?? [];
  }

  #chainOf(id: ConnectionId): Chain | undefined {
    return this.#places.get(id) ?? this.#roots.get(id);
  }

  #listed(sums: Sums): Listed {
    const hasEnded = sums === this.#all;
    const groupOf = (tree: CountTree, n: number): Group => this.#groups[tree.placeOf(n)] as Group;
    const placeOf = ({ group: { living, ended }, at }: Chain): number | undefined => {
      if (living.before(at + 1) > living.before(at)) return living.before(at);
      return hasEnded ? living.total + ended.before(at) : undefined;
    };
    return {
      lines: sums.lines.total,
      chains: sums.chains.total,
      at: (place) => {
        if (place < 0 || place >= sums.chains.total) return undefined;
        const group = groupOf(sums.chains, place);
        return inGroup(group, place - sums.chains.before(group.at));
      },
      find: (id) => {
        const chain = this.#chainOf(id);
        const place = chain === undefined ? undefined : placeOf(chain);
        if (chain === undefined || place === undefined) return undefined;
        const { at } = chain.group;
        return { type: "connection", chain, line: sums.lines.before(at) + 1 + 2 * place, place: sums.chains.before(at) + place };
      },
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
          const place = (line - first - 1) >>> 1;
          const start = first + 1 + 2 * place;
          items.push({ type: "connection", line: start, place: sums.chains.before(group.at) + place, chain: inGroup(group, place) });
          line = start + 2;
        }
        return items;
      },
    };
  }

  #group(targetKey: string): Group {
    const known = this.#byTarget.get(targetKey);
    if (known !== undefined) return known;
    const group: Group = { at: this.#groups.length, targetKey, chains: [], living: new CountTree(), ended: new CountTree() };
    this.#groups.push(group);
    this.#byTarget.set(targetKey, group);
    for (const { chains, lines } of [this.#all, this.#living]) {
      chains.push(0);
      lines.push(0);
    }
    return group;
  }

  #adopt({ targetKey, url, family, root, ids, isLiving }: Chain): Chain {
    const keyOf = (id: ConnectionId): string => this.#groupOf({ id, targetKey, url });
    const told = this.#isTold ? ids.findLast((id) => keyOf(id) !== "") : undefined;
    const chain = this.#begin(this.#group(keyOf(told ?? ids.at(-1) ?? root)), targetKey, family, root);
    chain.url = url;
    for (const id of ids) {
      chain.ids.push(id);
      this.#places.set(id, chain);
    }
    this.#count(chain, isLiving, 1);
    chain.isLiving = isLiving;
    return chain;
  }

  #begin(group: Group, targetKey: string, family: string, root: ConnectionId): Chain {
    const chain: Chain = { root, ids: [], group, at: group.chains.length, targetKey, family, url: "", isLiving: false, isWaiting: false };
    group.chains.push(chain);
    group.living.push(0);
    group.ended.push(0);
    this.#roots.set(root, chain);
    return chain;
  }

  /** The chain whose last connection a new one takes the place of: of the same URL, else the one that ended last. */
  #continued(family: string, url: string): Chain | undefined {
    const chains = family === "" ? undefined : this.#waiting.get(family);
    if (chains === undefined) return undefined;
    const same = chains.slice(-MOST_ASKED).findLast((chain) => chain.url === url);
    const chain = same ?? chains.at(-1);
    if (chain === undefined) return undefined;
    this.#stopWaiting(chain);
    return chain;
  }

  /** A chain whose last connection has ended may be continued. */
  #await(chain: Chain): void {
    if (chain.isLiving || chain.isWaiting || chain.family === "") return;
    chain.isWaiting = true;
    const chains = this.#waiting.get(chain.family);
    if (chains === undefined) this.#waiting.set(chain.family, [chain]);
    else chains.push(chain);
  }

  #turn(chain: Chain, isLiving: boolean): void {
    if (chain.isLiving === isLiving) return;
    this.#count(chain, chain.isLiving, -1);
    this.#count(chain, isLiving, 1);
    chain.isLiving = isLiving;
    if (isLiving) this.#stopWaiting(chain);
    else this.#await(chain);
  }

  #stopWaiting(chain: Chain): void {
    if (!chain.isWaiting) return;
    chain.isWaiting = false;
    const chains = this.#waiting.get(chain.family);
    chains?.splice(chains.lastIndexOf(chain), 1);
  }

  /** Takes a connection out of its chain, which ends with its last. */
  #take(chain: Chain, id: ConnectionId): void {
    this.#places.delete(id);
    const isLast = chain.ids.at(-1) === id;
    chain.ids.splice(chain.ids.lastIndexOf(id), 1);
    if (chain.ids.length > 0) {
      // Those before the last have ended.
      if (!isLast) return;
      this.#turn(chain, false);
      this.regroup(chain.ids.at(-1) as ConnectionId);
      return;
    }
    this.#count(chain, chain.isLiving, -1);
    if (this.#roots.get(chain.root) === chain) this.#roots.delete(chain.root);
    this.#stopWaiting(chain);
  }

  #count({ group, at }: Chain, isLiving: boolean, by: 1 | -1): void {
    if (isLiving) this.#add(this.#living, group, group.living, at, by);
    else group.ended.add(at, by);
    this.#addTo(this.#all, group, group.living.total + group.ended.total, by);
  }

  #add(sums: Sums, group: Group, tree: CountTree, at: number, by: 1 | -1): void {
    tree.add(at, by);
    this.#addTo(sums, group, tree.total, by);
  }

  /** `now`: chains of the group, after the change. */
  #addTo(sums: Sums, { at }: Group, now: number, by: 1 | -1): void {
    sums.chains.add(at, by);
    // A group of none has no heading.
    const isHeadingToo = now === 0 || now - by === 0;
    sums.lines.add(at, 2 * by + (isHeadingToo ? by : 0));
  }
}
