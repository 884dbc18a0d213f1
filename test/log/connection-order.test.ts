import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConnectionOrder, type ListedItem, type Listing } from "../../src/log/connection-order.ts";
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

/** The list as one would write it down: every connection under its target, each in the order in which they came. */
function naive(puts: readonly Put[], { withoutEnded, kept }: Listing): ListedItem[] {
  const groups = new Map<string, Map<number, Put>>();
  for (const one of puts) {
    if (!groups.has(one.targetKey) && one.isGone !== true) groups.set(one.targetKey, new Map());
    for (const [key, group] of groups) if (key !== one.targetKey || one.isGone === true) group.delete(one.id);
    if (one.isGone !== true) groups.get(one.targetKey)?.set(one.id, one);
  }
  const items: ListedItem[] = [];
  let line = 0;
  let place = 0;
  for (const [targetKey, group] of groups) {
    const shown = [...group.values()].filter(({ id, state }) => !withoutEnded || id === kept || state === "connecting" || state === "open");
    if (shown.length > 0) items.push({ type: "target", line: line++, targetKey });
    for (const { id } of shown) {
      items.push({ type: "connection", line, place: place++, id: connectionId(id) });
      line += 2;
    }
  }
  return items;
}

const ordered = (puts: readonly Put[]): ConnectionOrder => {
  const order = new ConnectionOrder();
  for (const { id, isGone = false, ...rest } of puts) {
    if (isGone) order.remove(connectionId(id));
    else order.put(aConnection({ id: connectionId(id), ...rest }));
  }
  return order;
};

const connectionsOf = (items: readonly ListedItem[]) => items.filter((item) => item.type === "connection");

describe("the order of connections", () => {
  it("is that of a list written down anew after every change: lines, places and what stands at each", () => {
    fc.assert(
      fc.property(fc.array(put, { maxLength: 40 }), listing, (puts, asked) => {
        const wanted = naive(puts, asked);
        const connections = connectionsOf(wanted);
        ordered(puts).list(asked, (listed) => {
          expect([listed.items(0, Infinity), listed.connections, listed.lines]).toEqual([wanted, connections.length, 2 * connections.length + wanted.length - connections.length]);
          expect(Array.from({ length: connections.length + 2 }, (_, i) => listed.at(i - 1))).toEqual([undefined, ...connections.map(({ id }) => id), undefined]);
          for (let id = 1; id <= 13; id++) expect(listed.find(connectionId(id))).toEqual(connections.find((one) => one.id === id));
        });
      }),
    );
  });

  it("answers the lines of a range, and a connection of which only the second line is in it", () => {
    fc.assert(
      fc.property(fc.array(put, { maxLength: 40 }), listing, fc.nat(30), fc.nat(30), (puts, asked, from, length) => {
        const to = from + length;
        const isIn = (item: ListedItem): boolean => item.line < to && item.line + (item.type === "target" ? 1 : 2) > from;
        ordered(puts).list(asked, (listed) => expect(listed.items(from, to)).toEqual(length === 0 ? [] : naive(puts, asked).filter(isIn)));
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

