import type { Connection } from "../../model/connection.ts";

/** A connection of each side; undefined where the other side has none like it. */
export interface ConnectionPair {
  readonly before: Connection | undefined;
  readonly after: Connection | undefined;
}

/**
 * Which connections of two captures are the same one: those to the same address, the first with the first; of what is
 * left, those to the same path on another host. What varies in an address (ids, tokens, the values of a query) does not
 * count.
 */
export function pairConnections(oneSide: readonly Connection[], otherSide: readonly Connection[]): readonly ConnectionPair[] {
  const [before, after] = [inOrder(oneSide), inOrder(otherSide)];
  const partners = new Map<Connection, Connection>();
  const taken = new Set<Connection>();
  for (const keyOf of [addressPattern, pathPattern]) {
    const waiting = new Map<string, Connection[]>();
    for (const connection of before) if (!partners.has(connection)) add(waiting, keyOf(connection), connection);
    for (const connection of after) {
      if (taken.has(connection)) continue;
      const partner = waiting.get(keyOf(connection))?.shift();
      if (partner === undefined) continue;
      partners.set(partner, connection);
      taken.add(connection);
    }
  }
  return [...before.map((connection) => ({ before: connection, after: partners.get(connection) })), ...after.flatMap((connection) => (taken.has(connection) ? [] : [{ before: undefined, after: connection }]))];
}

/** A file lists them in an order of its own. Those that were open before anybody listened are the first. */
const inOrder = (connections: readonly Connection[]): readonly Connection[] => connections.toSorted((a, b) => beginOf(a) - beginOf(b));

const beginOf = ({ createdAt, openedAt }: Connection): number => createdAt ?? openedAt ?? -Number.MAX_VALUE;

function add(waiting: Map<string, Connection[]>, key: string, connection: Connection): void {
  const known = waiting.get(key);
  if (known === undefined) waiting.set(key, [connection]);
  else known.push(connection);
}

/** A part of a path that names one thing of many: digits, a UUID, a long run of letters and digits that holds a digit. */
const VARYING = /^(?:\d+|[\da-f]{8}-[\da-f-]{27}|(?=.*\d)[\w-]{16,})$/i;

function pathPattern({ url }: Connection): string {
  const { pathname, searchParams } = URL.parse(url) ?? { pathname: url, searchParams: new URLSearchParams() };
  const parts = pathname.split("/").map((part) => (VARYING.test(part) ? "*" : part));
  return `${parts.join("/")}?${[...searchParams.keys()].toSorted().join("&")}`;
}

const addressPattern = (connection: Connection): string => `${URL.parse(connection.url)?.host ?? ""}${pathPattern(connection)}`;
