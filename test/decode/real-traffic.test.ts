import { beforeAll, describe, expect, it } from "vitest";
import type { Decoded } from "../../src/decode/decoder.ts";
import { Pairing } from "../../src/decode/pairing.ts";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";
import { en } from "../words/speakers.ts";
import { decodeAll, valueOf } from "./messages.ts";
import { captureTraffic, type Traffic } from "./real-traffic.ts";
import { say } from "../../src/model/said.ts";

let traffic = new Map<string, Traffic>();
beforeAll(async () => {
  traffic = await captureTraffic();
}, 30_000);

interface Row {
  readonly direction: string;
  readonly decoded: Decoded;
  /** The label of the request that this row answers. */
  readonly answersLabel: string | undefined;
}

/** Every frame of a path, decoded and paired; fails on one that nobody was sure of. */
function rowsOf(path: string): Row[] {
  const { connection, frames } = traffic.get(path) as Traffic;
  const pairing = new Pairing();
  const rows: Row[] = [];
  for (const [index, decoded] of decodeAll(frames, connection).entries()) {
    const direction = frames[index]?.direction ?? "sent";
    if (decoded === undefined) throw new Error(`Frame ${index} of ${path} was not decoded.`);
    expect(decoded.problem).toBeUndefined();
    const pair = pairing.add({ index, connection: connectionId(1), time: monotonicSeconds(index), direction, decoded });
    rows.push({ direction, decoded, answersLabel: pair && rows[pair.answersRow]?.decoded.label });
  }
  return rows;
}

const answers = (rows: readonly Row[]): string[] =>
  rows.filter(({ answersLabel }) => answersLabel !== undefined).map(({ answersLabel, decoded }) => `${answersLabel} → ${decoded.label}`);

const labels = (rows: readonly Row[], kind: string): string[] => [
  ...new Set(rows.filter(({ decoded }) => decoded.kind === kind).map(({ direction, decoded }) => `${direction} ${decoded.label}`)),
];

describe("real traffic", () => {
  it("of a JSON feed: labels from op and type, answers by id, topics; a trade's own id answers nothing", () => {
    const rows = rowsOf("/feed");
    expect(answers(rows)).toEqual(["rate → rate", "subscribe → subscribed", "subscribe → subscribed", "ping → pong", "order → order", "order → error"]);
    expect(labels(rows, "request")).toEqual(["sent rate", "sent subscribe", "sent order"]);
    expect(labels(rows, "event")).toEqual(expect.arrayContaining(["received welcome", "received tick", "received trade"]));
    expect(labels(rows, "heartbeat")).toEqual(["sent ping", "received pong"]);
    expect(labels(rows, "error")).toEqual(["received error"]);
    expect(rows.find(({ decoded }) => decoded.label === "subscribe")?.decoded).toMatchObject({ decoder: "json", id: "2", topic: "ticks.*" });
    expect(rows.find(({ decoded }) => decoded.label === "tick")?.decoded.topic).toMatch(/^[A-Z]+/);
  });

  it("of a MessagePack book: labels from t and op, the answer by id", () => {
    const rows = rowsOf("/book");
    expect(new Set(rows.map(({ decoded }) => decoded.decoder))).toEqual(new Set(["msgpack"]));
    expect(rows[0]?.decoded).toMatchObject({ label: "snapshot", kind: "event", topic: expect.any(String) as string });
    expect(rows[0]?.decoded.summary).toMatch(/^\{"t":"snapshot","seq":1,"sym":"[A-Z-]+","bids":\[… \d+\],"asks":\[… \d+\],"ts":\d+\}$/);
    expect(answers(rows)).toEqual(["watch → watching"]);
  });

  it("of a JSON chat: labels from type, no answers where nobody asked", () => {
    const rows = rowsOf("/chat");
    expect(rows.map(({ decoded }) => decoded.label)).toEqual(expect.arrayContaining(["join", "joined", "message", "members"]));
    expect(answers(rows)).toEqual([]);
  });

  it("of Socket.IO: events, acks, a binary attachment both ways, a refused namespace", () => {
    const rows = rowsOf("/socket.io/");
    expect(answers(rows)).toEqual(["order:place → ack 0", "order:sign → ack 1"]);
    expect(labels(rows, "error")).toEqual(["received connect_error"]);
    expect(labels(rows, "control")).toEqual(expect.arrayContaining(["received open", "sent connect", "received connect", "sent disconnect"]));
    const place = rows.find(({ decoded }) => decoded.label === "order:place");
    expect(place?.decoded).toMatchObject({ kind: "request", id: "0", namespace: "/orders", topic: "/orders" });
    expect(valueOf(place?.decoded)).toEqual({ sym: "BTC-USD", side: "buy", px: 1e9, qty: 1, ref: "desk-1" });
    const sign = rows.findIndex(({ decoded }) => decoded.label === "order:sign");
    expect(rows[sign]?.decoded.layers.map(({ name, what }) => `${name}: ${en.tell(what)}`)).toEqual([
      "Engine.IO: message",
      "Socket.IO: EVENT /orders #1, 1 attachment",
      "JSON: 2 arguments",
    ]);
    expect(rows[sign + 1]?.decoded).toMatchObject({ label: "attachment", summary: say("decode.socket-attachment-sized", { n: 1, all: 1, label: "order:sign", size: 32 }) });
    expect(valueOf(rows[sign + 1]?.decoded)).toEqual([expect.any(Number), new Uint8Array(32).fill(7)]);
    const ticket = rows.findIndex(({ decoded }) => decoded.label === "order:ticket");
    const [, bytes] = valueOf((rows[ticket + 1] as Row).decoded) as [object, Uint8Array];
    expect(String.fromCharCode(...bytes.subarray(0, 4))).toBe("TKT1");
  });

  it("of graphql-transport-ws: the first next answers, later ones are events of the operation", () => {
    const rows = rowsOf("/graphql");
    expect(answers(rows)).toEqual(["Portfolio → next", "instruments → next", "Watch → next", "Wrong → error"]);
    expect(labels(rows, "request")).toEqual(["sent Portfolio", "sent instruments", "sent Watch", "sent Wrong"]);
    const watched = rows.filter(({ decoded }) => decoded.topic === "Watch").map(({ direction, decoded }) => `${direction} ${decoded.kind} ${decoded.label}`);
    expect(watched.slice(0, 5)).toEqual(["sent request Watch", "received answer next", "received event next", "received event next", "sent control complete"]);
    expect(labels(rows, "control")).toEqual(expect.arrayContaining(["sent connection_init", "received connection_ack"]));
  });

  it("takes over where the handshake was not seen, from content alone", () => {
    for (const [path, id] of [["/socket.io/", "socket.io"], ["/graphql", "graphql-ws"], ["/book", "msgpack"], ["/feed", "json"]] as const) {
      const [first] = decodeAll((traffic.get(path) as Traffic).frames);
      expect(first?.decoder).toBe(id);
    }
  });
});
