import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConnectionOrder, type ConnectionChain, type ListedItem, type Listing } from "../../src/log/connection-order.ts";
import { CountTree } from "../../src/log/count-tree.ts";
import type { ConnectionState } from "../../src/model/connection.ts";
import { connectionId } from "../../src/model/units.ts";
import { aConnection } from "../model/a-connection.ts";

interface Put {
  readonly id: number;
  readonly targetKey: string;
  readonly state: ConnectionState;
  /** It is taken out instead. */
  readonly isGone?: boolean;
}

const put = fc.record<Put>({
  id: fc.integer({ min: 1, max: 12 }),
  targetKey: fc.constantFrom("page", "worker", "frame"),
  state: fc.constantFrom("connecting", "open", "closed", "failed"),
  isGone: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
});
const listing = fc.record<Listing>({
  withoutEnded: fc.boolean(),
  kept: fc.option(fc.integer({ min: 1, max: 13 }).map(connectionId)),
});

interface NaiveItem {
  readonly type: ListedItem["type"];
  readonly line: number;
  readonly id?: number;
  readonly targetKey?: string;
}

/** The list as one would write it down: every connection under its target, what is open first, each as they came. */
function naive(puts: readonly Put[], { withoutEnded, kept }: Listing): NaiveItem[] {
  const groups = new Map<string, Map<number, Put>>();
  for (const one of puts) {
    if (!groups.has(one.targetKey) && one.isGone !== true) groups.set(one.targetKey, new Map());
    for (const [key, group] of groups) if (key !== one.targetKey || one.isGone === true) group.delete(one.id);
    if (one.isGone !== true) groups.get(one.targetKey)?.set(one.id, one);
  }
  const items: NaiveItem[] = [];
  let line = 0;
  let place = 0;
  for (const [targetKey, group] of groups) {
    const isLiving = ({ state }: Put): boolean => state === "connecting" || state === "open";
    const all = [...group.values()];
    const shown = withoutEnded ? all.filter((one) => one.id === kept || isLiving(one)) : [...all.filter(isLiving), ...all.filter((one) => !isLiving(one))];
    if (shown.length > 0) items.push({ type: "target", line: line++, targetKey });
    for (const { id } of shown) {
      items.push({ type: "connection", line, place: place++, id } as NaiveItem);
      line += 2;
    }
  }
  return items;
}

/** Each connects to a URL of its own, so that none takes another's place. */
const ordered = (puts: readonly Put[]): ConnectionOrder => {
  const order = new ConnectionOrder();
  for (const { id, isGone = false, ...rest } of puts) {
    if (isGone) order.remove(connectionId(id));
    else order.put(aConnection({ id: connectionId(id), url: `ws://h.test/${"abcdefghijklmn"[id] ?? ""}`, ...rest }));
  }
  return order;
};

const plain = (item: ListedItem): NaiveItem => {
  if (item.type === "target") return item;
  const { chain, ...rest } = item;
  return { ...rest, id: chain.root };
};

const connectionsOf = (items: readonly NaiveItem[]) => items.filter((item) => item.type === "connection");

describe("the order of connections", () => {
  it("asks for the group of a connection once for each URL, whatever else changes of it", () => {
    const asked: string[] = [];
    const order = new ConnectionOrder(({ url }) => {
      asked.push(url);
      return URL.parse(url)?.host ?? "";
    });
    const one = { id: connectionId(1), targetKey: "page" };
    for (const url of ["ws://a.test/", "ws://a.test/x", "ws://b.test/"]) for (const state of ["connecting", "open", "open", "closed"] as const) order.put({ ...one, url, state });
    expect(asked).toEqual(["ws://a.test/", "ws://a.test/x", "ws://b.test/"]);
    const listed = order.list({ withoutEnded: false, kept: null }, (list) => list.items(0, list.lines));
    expect(listed).toMatchObject([{ type: "target", targetKey: "b.test" }, { type: "connection", chain: { ids: [1] } }]);
  });

  it("is that of a list written down anew after every change: lines, places and what stands at each", () => {
    fc.assert(
      fc.property(fc.array(put, { maxLength: 40 }), listing, (puts, asked) => {
        const wanted = naive(puts, asked);
        const connections = connectionsOf(wanted);
        ordered(puts).list(asked, (listed) => {
          expect([listed.items(0, Infinity).map(plain), listed.chains, listed.lines]).toEqual([wanted, connections.length, 2 * connections.length + wanted.length - connections.length]);
          expect(Array.from({ length: connections.length + 2 }, (_, i) => listed.at(i - 1)?.root)).toEqual([undefined, ...connections.map(({ id }) => id), undefined]);
          for (let id = 1; id <= 13; id++) expect([listed.find(connectionId(id))].flatMap((found) => (found === undefined ? [] : plain(found)))).toEqual(connections.filter((one) => one.id === id));
        });
      }),
    );
  });

  it("has the same chains in groups of another kind, whenever these are asked for", () => {
    const chainsOf = (order: ConnectionOrder): string[] =>
      order.list({ withoutEnded: false, kept: null }, (listed) => listed.items(0, Infinity).flatMap((item) => (item.type === "connection" ? `${item.chain.root}: ${item.chain.ids.join()}` : []))).toSorted();
    fc.assert(
      fc.property(fc.array(put, { maxLength: 40 }), fc.nat(40), (puts, asked) => {
        const order = new ConnectionOrder();
        let byHost: ConnectionOrder | undefined;
        for (const [i, { id, isGone = false, ...rest }] of puts.entries()) {
          if (i === asked) byHost = order.regrouped(({ url: of }) => new URL(of).host);
          for (const one of [order, byHost]) {
            if (isGone) one?.remove(connectionId(id));
            // A connection keeps its address.
            else one?.put(aConnection({ id: connectionId(id), url: id % 2 === 0 ? "ws://a.test/x" : "ws://b.test/y", ...rest }));
          }
        }
        byHost ??= order.regrouped(({ url: of }) => new URL(of).host);
        expect(chainsOf(byHost)).toEqual(chainsOf(order));
        const headings = byHost.list({ withoutEnded: false, kept: null }, (listed) => listed.items(0, Infinity).flatMap((item) => (item.type === "target" ? item.targetKey : [])));
        expect(new Set(headings).size).toBe(headings.length);
      }),
    );
  });

  it("has the same chains in groups that change by themselves, each in the group of its last connection", () => {
    const chainsOf = (order: ConnectionOrder): ConnectionChain[] =>
      order.list({ withoutEnded: false, kept: null }, (listed) => listed.items(0, Infinity).flatMap((item) => (item.type === "connection" ? item.chain : [])));
    const plainly = (order: ConnectionOrder): string[] => chainsOf(order).map(({ root, ids }) => `${root}: ${ids.join()}`).toSorted();
    const told = fc.record({ id: fc.integer({ min: 1, max: 12 }), protocol: fc.constantFrom("a", "b", "c") });
    fc.assert(
      fc.property(fc.array(fc.tuple(put, told), { maxLength: 40 }), fc.nat(40), (steps, asked) => {
        const protocols = new Map<number, string>();
        const protocolOf = ({ id }: { readonly id: number }): string => protocols.get(id) ?? "";
        const order = new ConnectionOrder();
        let byProtocol: ConnectionOrder | undefined;
        for (const [i, [{ id, isGone = false, ...rest }, now]] of steps.entries()) {
          if (i === asked) byProtocol = order.regrouped(protocolOf, true);
          for (const one of [order, byProtocol]) {
            if (isGone) one?.remove(connectionId(id));
            else one?.put(aConnection({ id: connectionId(id), url: id % 2 === 0 ? "ws://a.test/x" : "ws://b.test/y", ...rest }));
            one?.regroup(connectionId(id));
          }
          protocols.set(now.id, now.protocol);
          byProtocol?.regroup(connectionId(now.id));
        }
        byProtocol ??= order.regrouped(protocolOf, true);
        expect(plainly(byProtocol)).toEqual(plainly(order));
        byProtocol.list({ withoutEnded: false, kept: null }, (listed) => {
          let heading = "";
          const items = listed.items(0, Infinity);
          for (const item of items) {
            if (item.type === "target") heading = item.targetKey;
            else {
              // Of one of which nothing is known, what is known of those before holds.
              expect(["", heading]).toContain(protocolOf({ id: item.chain.ids.at(-1) ?? 0 }));
              for (const id of item.chain.ids) expect(listed.find(id)).toEqual(item);
            }
          }
          expect(listed.lines).toBe(items.reduce((sum, { type }) => sum + (type === "target" ? 1 : 2), 0));
        });
      }),
    );
  });

  it("answers the lines of a range, and a connection of which only the second line is in it", () => {
    fc.assert(
      fc.property(fc.array(put, { maxLength: 40 }), listing, fc.nat(30), fc.nat(30), (puts, asked, from, length) => {
        const to = from + length;
        const isIn = (item: NaiveItem): boolean => item.line < to && item.line + (item.type === "target" ? 1 : 2) > from;
        ordered(puts).list(asked, (listed) => expect(listed.items(from, to).map(plain)).toEqual(length === 0 ? [] : naive(puts, asked).filter(isIn)));
      }),
    );
  });

  it("counts those that have ended, whatever a listing keeps", () => {
    fc.assert(
      fc.property(fc.array(put, { maxLength: 40 }), listing, (puts, asked) => {
        const order = ordered(puts);
        order.list(asked, () => undefined);
        const last = new Map(puts.map(({ id, state, isGone }) => [id, isGone === true ? "gone" : state]));
        expect(order.ended).toBe([...last.values()].filter((state) => state === "closed" || state === "failed").length);
      }),
    );
  });
});

describe("what connects again", () => {
  const at = (order: ConnectionOrder, withoutEnded = false) => order.list({ withoutEnded, kept: null }, (listed) => listed.items(0, Infinity).flatMap((item) => (item.type === "target" ? [] : [[...item.chain.ids]])));
  const connected = (order: ConnectionOrder, id: number, url: string, state: ConnectionState = "open"): void => order.put(aConnection({ id: connectionId(id), targetKey: "page", url, state }));

  it("stands in one line, the open ones first, whatever its tokens and ids", () => {
    const order = new ConnectionOrder();
    connected(order, 1, "ws://h.test/old", "closed");
    for (let id = 2; id <= 100; id++) {
      connected(order, id, `ws://h.test/feed?token=a${id}bcd${id}`);
      connected(order, id, `ws://h.test/feed?token=a${id}bcd${id}`, "closed");
    }
    connected(order, 101, "ws://h.test/feed?token=99zz99");
    expect(at(order)).toEqual([Array.from({ length: 100 }, (_, i) => i + 2), [1]]);
    expect(order.rootOf(connectionId(101))).toBe(2);
    expect(order.ended).toBe(100);
  });

  it("are two lines where two are open at once, and each takes the place of the one with its URL", () => {
    const order = new ConnectionOrder();
    connected(order, 1, "ws://h.test/feed?s=btcusdt1");
    connected(order, 2, "ws://h.test/feed?s=ethusdt1");
    connected(order, 1, "ws://h.test/feed?s=btcusdt1", "closed");
    connected(order, 2, "ws://h.test/feed?s=ethusdt1", "closed");
    connected(order, 3, "ws://h.test/feed?s=btcusdt1");
    expect(at(order)).toEqual([[1, 3], [2]]);
    expect(at(order, true)).toEqual([[1, 3]]);
  });

  it("are lines of their own where they are rooms, shards or versions", () => {
    const order = new ConnectionOrder();
    for (const [i, url] of ["ws://h.test/room/1", "ws://h.test/room/2", "ws://h.test/v2/room/1", "ws://other.test/room/1"].entries()) connected(order, i + 1, url, "closed");
    expect(at(order)).toEqual([[1], [2], [3], [4]]);
  });
});

describe("counts at places", () => {
  it("are summed up and found as one by one", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { maxLength: 70 }), fc.array(fc.tuple(fc.nat(69), fc.nat(3)), { maxLength: 20 }), (pushed, added) => {
        const counts = [...pushed];
        const tree = new CountTree();
        for (const count of pushed) tree.push(count);
        for (const [place, by] of added) {
          if (place >= counts.length) continue;
          tree.add(place, by);
          counts[place] = (counts[place] as number) + by;
        }
        const each = counts.flatMap((count, place) => Array.from({ length: count }, () => place));
        expect(tree.total).toBe(each.length);
        expect(each.map((_, n) => tree.placeOf(n))).toEqual(each);
        expect(counts.map((_, place) => tree.before(place))).toEqual(counts.map((_, place) => counts.slice(0, place).reduce((sum, count) => sum + count, 0)));
      }),
    );
  });
});

