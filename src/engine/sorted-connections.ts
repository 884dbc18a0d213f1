import type { ConnectionChain, ConnectionOrder, Listed } from "../log/connection-order.ts";

/** What is sorted by traffic changes with every frame: it is sorted anew this often at most, in milliseconds. */
const ANEW_MS = 1000;

export interface SortOptions {
  /** By what it is sorted, and of what: another text is another list. */
  readonly of: string;
  /** The least stands first; those that are equal stand as they came. */
  readonly keyOf: (chain: ConnectionChain) => number | string;
  readonly now: number;
}

interface Sorted {
  readonly of: string;
  readonly chains: readonly ConnectionChain[];
  readonly places: ReadonlyMap<ConnectionChain["root"], number>;
  readonly at: number;
}

/** The last that was sorted of each order. */
const KNOWN = new WeakMap<ConnectionOrder, Sorted>();

/** What is listed, in another order and without headings. Cost: once a second a sort of all, else by what is asked for. */
export function sortedList(listed: Listed, order: ConnectionOrder, { of, keyOf, now }: SortOptions): Listed {
  const known = KNOWN.get(order);
  const isGood = known !== undefined && known.of === of && known.chains.length === listed.chains && now - known.at < ANEW_MS;
  const { chains, places } = isGood ? known : sort(listed, order, { of, keyOf, now });
  const item = (place: number) => ({ type: "connection", line: place * LINES, place, chain: chains[place] as ConnectionChain }) as const;
  return {
    lines: chains.length * LINES,
    chains: chains.length,
    items: (from, to) => {
      const first = Math.max(0, Math.floor(from / LINES));
      return Array.from({ length: Math.max(0, Math.min(chains.length, Math.ceil(to / LINES)) - first) }, (_, i) => item(first + i));
    },
    at: (place) => chains[place],
    find: (id) => {
      const place = places.get(order.rootOf(id));
      return place === undefined ? undefined : item(place);
    },
  };
}

/** Of a chain. */
const LINES = 2;

function sort(listed: Listed, order: ConnectionOrder, { of, keyOf, now }: SortOptions): Sorted {
  const keyed = Array.from({ length: listed.chains }, (_, place) => {
    const chain = listed.at(place) as ConnectionChain;
    return { chain, key: keyOf(chain) };
  });
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const chains = keyed.map(({ chain }) => chain);
  const sorted: Sorted = { of, chains, places: new Map(chains.map(({ root }, place) => [root, place])), at: now };
  KNOWN.set(order, sorted);
  return sorted;
}
