import { assertNever } from "../model/assert-never.ts";
import type { Connection } from "../model/connection.ts";
import { own } from "../decode/decoders/own.ts";
import { DECODERS } from "../decode/registry.ts";
import type { ConnectionChain, ConnectionOrder, GroupOf, Listed, ListedItem } from "../log/connection-order.ts";
import type { ConnectionTable, OtherOrderOptions } from "../log/connection-table.ts";
import { hostOf } from "../model/alike-addresses.ts";
import type { HiddenAddress } from "../model/hidden-address.ts";
import type { ConnectionFacts } from "../query/query-row.ts";
import { isEndOfPage } from "./findings/endings.ts";
import { hiddenBy } from "./hidden-connections.ts";
import { sortedList } from "./sorted-connections.ts";
import type { ConnectionGrouping } from "../model/settings.ts";
import { byteLength, type ConnectionId } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { chosenSubprotocol, factsOf, targetName } from "./connection-facts.ts";
import { protocolOf } from "./decoded-row.ts";
import type { EngineCalls } from "../contract/calls.ts";
import type { ConnectionEnd, ConnectionItem, ConnectionList, ConnectionListing, ConnectionRow, ConnectionsQuery, ConnectionSort } from "../contract/connections.ts";
import { MOST_ROWS } from "../contract/rows.ts";

/** What a view shows of the connection list. `now`: engine clock. Cost: by what is asked for, not by how many there are. */
export function connectionList(capture: CaptureLog, query: ConnectionsQuery, now: number): ConnectionList {
  const { chosen, groupBy, hidden = [], watched, from, to } = query;
  return listedOf(capture, query, now, (listed, order) => {
    const found = chosen === null ? undefined : listed.find(chosen);
    return {
      lines: listed.lines,
      connections: listed.chains,
      items: listed.items(from, Math.min(to, from + MOST_ROWS)).map((item) => (item.type === "target" ? headingItem(capture, item, groupBy) : connectionItem(capture, item, now))),
      chosen: found === undefined ? null : connectionItem(capture, found, now),
      ...hiddenOf(capture, order, hidden),
      watched: watched.slice(0, MOST_ROWS).flatMap((id) => connectionRow(capture, id, now) ?? []),
    };
  });
}

export function connectionBeside(capture: CaptureLog, query: Parameters<EngineCalls["connectionBeside"]>[0], now: number): ReturnType<EngineCalls["connectionBeside"]> {
  const { chosen, by } = query;
  return listedOf(capture, query, now, (listed) => {
    const from = chosen === null ? -1 : (listed.find(chosen)?.place ?? -1);
    const chain = listed.at(Math.min(Math.max(-1, from + by), listed.chains - 1));
    return { connection: chain?.root ?? null, line: (chain === undefined ? undefined : listed.find(chain.root)?.line) ?? 0 };
  });
}

/** What a view lists, in its order. */
function listedOf<Answer>(capture: CaptureLog, listing: ConnectionListing, now: number, ask: (listed: Listed, order: ConnectionOrder) => Answer): Answer {
  const { hidesEnded, chosen, sortBy = "opened" } = listing;
  const order = orderOf(capture, listing);
  return order.list({ withoutEnded: hidesEnded, kept: chosen, without: HIDDEN }, (listed) => {
    if (sortBy === "opened") return ask(listed, order);
    return ask(sortedList(listed, order, { of: `${sortBy} ${hidesEnded} ${chosen}`, keyOf: SORT_KEYS[sortBy](capture), now }), order);
  });
}

/** What stands first has the least. */
const SORT_KEYS: Readonly<Record<Exclude<ConnectionSort, "opened">, (capture: CaptureLog) => (chain: ConnectionChain) => number | string>> = {
  frames: (capture) => (chain) => -(trafficBefore(capture, chain).frames + (capture.traffic.of(chain.ids.at(-1) as ConnectionId)?.frames ?? 0)),
  bytes: (capture) => (chain) => -(trafficBefore(capture, chain).bytes + (capture.traffic.of(chain.ids.at(-1) as ConnectionId)?.bytes ?? 0)),
  address: ({ table }) => (chain) => table.connections.get(chain.ids.at(-1) as ConnectionId)?.url ?? "",
};

/** The group of those that are hidden: no target, host or protocol has such a name. */
const HIDDEN = "\0hidden";

function orderOf(capture: CaptureLog, { groupBy = "target", hidden = [], sought = "", chosen }: ConnectionListing): ConnectionOrder {
  const { table, decoded } = capture;
  const isHidden = hidden.length === 0 ? undefined : hiddenBy(hidden);
  const words = sought.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const plain = table.orderBy("", undefined, { basis: table });
  const isLeftOut = (one: Parameters<GroupOf>[0]): boolean =>
    (isHidden !== undefined && isHidden(factsFor(table, one)) !== -1) || (words.length > 0 && plain.rootOf(one.id) !== chosen && !isFound(words, factsFor(table, one)));
  const leavesOut = isHidden !== undefined || words.length > 0;
  const name = `${groupBy} ${isHidden === undefined ? "" : JSON.stringify(hidden)} ${words.length === 0 ? "" : JSON.stringify([chosen, words])}`;
  const order = (groupOf: GroupOf, options: OtherOrderOptions): ConnectionOrder => table.orderBy(name, leavesOut ? (one) => (isLeftOut(one) ? HIDDEN : groupOf(one)) : groupOf, options);
  switch (groupBy) {
    case "target":
      return leavesOut ? order(({ targetKey }) => targetKey, { basis: table }) : plain;
    case "host":
      return order(({ url }) => URL.parse(url)?.host ?? "", { basis: table });
    case "protocol": {
      const byProtocol = order(({ id }) => groupedAs(capture, id), { basis: decoded, isTold: true });
      for (const id of decoded.takeSpokenAnew()) byProtocol.regroup(id);
      return byProtocol;
    }
    default:
      return assertNever(groupBy);
  }
}

const isFound = (words: readonly string[], { url, targetUrl, targetName: name }: ConnectionFacts): boolean => {
  const text = `${url} ${targetUrl} ${name}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

/** As the order is told of it: of an address that the table does not have yet. */
const factsFor = (table: ConnectionTable, { id, targetKey, url }: Parameters<GroupOf>[0]): ConnectionFacts => ({ ...factsOf(table, id), url, targetUrl: table.targets.get(targetKey)?.url ?? "" });

function hiddenOf({ table }: CaptureLog, order: ConnectionOrder, hidden: readonly HiddenAddress[]): Pick<ConnectionList, "hidden"> {
  const chains = hidden.length === 0 ? [] : order.inGroup(HIDDEN);
  const by = hiddenBy(hidden);
  // Others are left out there because they are not what is sought.
  const which = chains.map(({ ids }) => by(factsOf(table, ids.at(-1) as ConnectionId))).filter((at) => at >= 0);
  return which.length === 0 ? {} : { hidden: { connections: which.length, by: [...new Set(which)] } };
}

/** Under what it stands where connections are grouped by protocol: the name of what it speaks, empty where that is not known. */
function groupedAs(capture: CaptureLog, id: ConnectionId): string {
  const connection = capture.table.connections.get(id);
  if (connection === undefined) return "";
  if (connection.transport === "event-source") return "Server-Sent Events";
  return spokenBy(capture, id) ?? chosenSubprotocol(connection);
}

function spokenBy(capture: CaptureLog, id: ConnectionId): string | undefined {
  const speaker = DECODERS[capture.decoded.decoderOfConnection(id) - 1];
  return speaker?.id === own.id ? capture.decoding.own.chosenBy(capture.decoding.choiceOf(id).decoder)?.name : speaker?.name;
}

function headingItem({ table }: CaptureLog, item: ListedItem & { readonly type: "target" }, groupBy: ConnectionGrouping | undefined): ConnectionItem {
  if (groupBy === "host" || groupBy === "protocol") return { ...item, targetType: groupBy, targetName: item.targetKey };
  const target = table.targets.get(item.targetKey);
  return { ...item, targetType: target?.type ?? "other", targetName: targetName(target) };
}

function connectionItem(capture: CaptureLog, { type, line, place, chain }: ListedItem & { readonly type: "connection" }, now: number): ConnectionItem<"connection"> {
  const id = chain.ids.at(-1);
  const row = id === undefined ? undefined : connectionRow(capture, id, now);
  if (row === undefined) throw new Error(`Connection ${String(id)} is listed and not in the table.`);
  const before = trafficBefore(capture, chain);
  return { type, line, place, row: { ...row, root: chain.root, times: chain.ids.length, frames: row.frames + before.frames, bytes: byteLength(row.bytes + before.bytes), rate: row.rate + rateBefore(capture, chain, now) } };
}

/** Frames a second over those of a chain that ended just now. */
function rateBefore({ traffic }: CaptureLog, { ids }: ConnectionChain, now: number): number {
  let sum = 0;
  for (let i = ids.length - 2; i >= 0; i--) {
    const one = traffic.of(ids[i] as ConnectionId);
    if (one === undefined) continue;
    // One ended before the next began: those before it are silent for longer.
    if (one.meter.isStill(now)) break;
    sum += one.meter.rate(now).frames;
  }
  return sum;
}

interface PastTraffic {
  ids: number;
  frames: number;
  bytes: number;
}

/** Of the connections of a chain that have ended: their traffic is summed up once. */
const PAST = new WeakMap<ConnectionChain, PastTraffic>();

/** What passed over all connections of a chain but the last. Cost: by what came to it since it was asked last. */
function trafficBefore({ traffic }: CaptureLog, chain: ConnectionChain): PastTraffic {
  const past = PAST.get(chain) ?? { ids: 0, frames: 0, bytes: 0 };
  if (past.ids > chain.ids.length - 1) Object.assign(past, { ids: 0, frames: 0, bytes: 0 });
  for (; past.ids < chain.ids.length - 1; past.ids++) {
    const one = traffic.of(chain.ids[past.ids] as ConnectionId);
    past.frames += one?.frames ?? 0;
    past.bytes += one?.bytes ?? 0;
  }
  PAST.set(chain, past);
  return past;
}

function connectionRow(capture: CaptureLog, id: ConnectionId, now: number): ConnectionRow | undefined {
  const connection = capture.table.connections.get(id);
  if (connection === undefined) return undefined;
  const end = endOf(connection);
  const traffic = capture.traffic.of(id);
  const { decoder: decodedAs, schema, pairs } = capture.decoding.choiceOf(id);
  const speaks = spokenBy(capture, id);
  const protocol = protocolOf(DECODERS[capture.decoded.decoderOfConnection(id) - 1]);
  return {
    id,
    root: id,
    times: 1,
    url: connection.url,
    transport: connection.transport,
    ...(connection.transport === "event-source" && connection.family !== undefined && { reconnects: { first: connection.family, times: connection.reconnections } }),
    subprotocol: chosenSubprotocol(connection),
    openedAt: hostOf(capture.table.targets.get(connection.targetKey)?.url ?? ""),
    seenFromStart: connection.seenFromStart,
    state: connection.state,
    ...(connection.notice !== undefined && { notice: connection.notice }),
    ...(decodedAs !== null && { decodedAs }),
    ...(schema !== undefined && { hasSchema: true }),
    ...(pairs !== undefined && { pairs }),
    ...(speaks !== undefined && { speaks }),
    ...(protocol !== null && { protocol }),
    ending: connection.ending ?? "",
    ...(end !== undefined && { end }),
    frames: traffic?.frames ?? 0,
    bytes: byteLength(traffic?.bytes ?? 0),
    rate: traffic?.meter.rate(now).frames ?? 0,
  };
}

function closingOf(connection: Connection): ConnectionEnd {
  if (connection.transport !== "websocket") return { kind: "closed", code: null, hasUnknownCode: false };
  const code = connection.closing?.code ?? null;
  return { kind: "closed", code, hasUnknownCode: code === null && !isEndOfPage(connection) };
}

/** How it ended; undefined while it lives. */
export function endOf(connection: Connection): ConnectionEnd | undefined {
  const { state, failure, isOutliving } = connection;
  switch (state) {
    case "connecting":
    case "open":
      return undefined;
    case "closed":
      return isOutliving === true ? { kind: "capture ended" } : closingOf(connection);
    case "failed":
      return { kind: "failed", status: (connection.transport === "event-source" ? connection.exchange.status : failure?.status) ?? null };
    default:
      return assertNever(state);
  }
}
