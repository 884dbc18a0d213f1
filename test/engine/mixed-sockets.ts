import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { ConnectionDecoder } from "../../src/decode/connection-decoder.ts";
import type { Decoded } from "../../src/decode/decoder.ts";
import { messageBits } from "../../src/model/frame.ts";
import { PAIR_STATES, type ConnectionFacts } from "../../src/query/query-row.ts";
import type { MadeRow } from "../query/rows.ts";
import { opened, type Message, type Step } from "./setup-engine.ts";

/** Sockets of every decoder, each with a protocol of its own. */
const URLS = [
  "ws://feed.test/socket.io/?EIO=4&transport=websocket",
  "ws://feed.test/socket.io/?EIO=3&transport=websocket",
  "ws://feed.test/graphql",
  "ws://feed.test/json",
  "ws://feed.test/packed",
];

type Unit = readonly Omit<Message, "connection">[];

const word = fc.constantFrom("x", "y", "alpha", "S", "7", "");
const number = fc.constantFrom("1", "2", "17", "1.50", "900");
const direction = fc.constantFrom("sent" as const, "received" as const);
const bytes = fc.uint8Array({ minLength: 0, maxLength: 6 });

/** A Socket.IO event whose attachments follow it, in binary or as base64; some never come. */
const attached = (revision: 3 | 4): fc.Arbitrary<Unit> =>
  fc
    .record({ tag: word, px: number, parts: fc.array(fc.tuple(bytes, fc.boolean()), { minLength: 1, maxLength: 40 }), missing: fc.boolean(), direction, namespace: fc.constantFrom("", "/n,"), id: fc.constantFrom("", "3") })
    .map(({ tag, px, parts, missing, direction: way, namespace, id }) => {
      const places = parts.map((_, num) => `{"_placeholder":true,"num":${num}}`).join(",");
      const packet = { payload: `45${parts.length}-${namespace}${id}["m",{"tag":${JSON.stringify(tag)},"px":${px},"b":[${places}]}]`, direction: way };
      const came = parts.slice(missing ? 1 : 0).map(([part, isText]) => {
        if (isText && part.length > 0) return { payload: `${revision === 3 ? "b4" : "b"}${Buffer.from(part).toString("base64")}`, direction: way };
        return { payload: revision === 3 ? Uint8Array.of(4, ...part) : part, opcode: 2, direction: way };
      });
      return [packet, ...came];
    });

const socketIo = (revision: 3 | 4): fc.Arbitrary<Unit> =>
  fc.oneof(
    attached(revision),
    fc.record({ tag: word, id: number }).map(({ tag, id }): Unit => [
      { payload: `42${Number.parseInt(id)}["ask",{"tag":"${tag}"}]`, direction: "sent" },
      { payload: `43${Number.parseInt(id)}[{"tag":"${tag}"}]`, direction: "received" },
    ]),
    fc.constantFrom<Unit>([{ payload: "2", direction: "received" }], [{ payload: "40/n,", direction: "sent" }], [{ payload: Uint8Array.of(1, 2), opcode: 2, direction: "received" }], [{ payload: "no packet" }]),
  );

const graphql: fc.Arbitrary<Unit> = fc.record({ id: fc.constantFrom("a", "b", "17"), name: fc.constantFrom("S", "orders", ""), results: fc.nat(3), ends: fc.boolean(), knows: fc.boolean() }).map(({ id, name, results, ends, knows }) => [
  ...(knows ? [{ payload: `{"id":"${id}","type":"subscribe","payload":{"query":"subscription ${name} { x }"}}`, direction: "sent" as const }] : []),
  ...Array.from({ length: results }, (_, i) => ({ payload: `{"id":"${id}","type":"next","payload":{"data":{"px":${i},"tag":"x"}}}`, direction: "received" as const })),
  ...(ends ? [{ payload: `{"id":"${id}","type":"complete"}`, direction: "received" as const }] : []),
]);

const json: fc.Arbitrary<Unit> = fc.oneof(
  fc.record({ id: number, tag: word, topic: word }).map(({ id, tag, topic }): Unit => [
    { payload: `{"op":"get","id":${id},"tag":"${tag}"}`, direction: "sent" },
    { payload: `{"channel":"${topic}","px":${id},"tag":"${tag}"}`, direction: "received" },
    { payload: `{"op":"got","id":${id},"error":null}`, direction: "received" },
  ]),
  fc.constantFrom<Unit>([{ payload: '{"cut": tru' }], [{ payload: "plain x" }], [{ payload: '{"type":"ping"}', direction: "sent" }]),
);

const packed: fc.Arbitrary<Unit> = fc.record({ tag: word, id: fc.nat(20), direction }).map(({ tag, id, direction: way }) => [{ payload: encode({ type: "order", id, tag, px: id * 100, deep: { topic: "t" } }), opcode: 2, direction: way }]);

/** Messages of all sockets, one protocol's units as far apart as chance will have it. */
export const mixedSockets: fc.Arbitrary<readonly Message[]> = fc
  .tuple(...[socketIo(4), socketIo(3), graphql, json, packed].map((unit) => fc.array(unit, { minLength: 4, maxLength: 8 })), fc.array(fc.nat(URLS.length - 1), { minLength: 400, maxLength: 400 }))
  .map((made) => {
    const picks = made.at(-1) as readonly number[];
    const queues = (made.slice(0, -1) as readonly (readonly Unit[])[]).map((units, i): Message[] => [
      // What makes sure which protocol it is.
      ...(i === 2 ? [{ connection: 3, payload: '{"type":"connection_init"}', direction: "sent" as const }] : []),
      ...units.flat().map((message) => ({ connection: i + 1, ...message })),
    ]);
    const messages = picks.flatMap((queue) => queues[queue]?.shift() ?? []);
    return [...messages, ...queues.flat()];
  });

export const OPENINGS: readonly Step[] = URLS.flatMap((url, i) => opened(i + 1, url));

/** What a decoder said in order, as the rows of a query that is answered plainly. `before`: rows in the log before them. */
export function saidInOrder(messages: readonly Message[], before: number): readonly MadeRow[] {
  const decoders = URLS.map((url) => new ConnectionDecoder({ url, subprotocol: "" }));
  const rows = messages.map(({ connection = 1, direction: way = "received", opcode = 1, payload }, i) => {
    const all = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
    const said = decoders[connection - 1]?.decode({ bytes: all, opcode, direction: way, row: before + i });
    return { bits: messageBits(way, opcode, false, false), bytes: all, time: 1001 + i, connection, pair: 0, latency: null as number | null, isPinned: false, said: said ?? null, of: factsOf(connection) };
  });
  pair(rows);
  return rows;
}

const factsOf = (connection: number): ConnectionFacts => ({ id: connection, url: URLS[connection - 1] ?? "", targetType: "page", targetName: "page.test", targetUrl: "http://page.test/", subprotocol: "" });

/** Of each answer, the latest request of its id that is not answered yet. */
function pair(rows: { readonly bits: number; readonly connection: number; readonly time: number; readonly said: Decoded | null; pair: number; latency: number | null }[]): void {
  const asked = (kind: string): boolean => kind === "request";
  for (const row of rows) if (row.said !== null && asked(row.said.kind)) row.pair = PAIR_STATES.indexOf("unanswered request");
  rows.forEach((answer, at) => {
    const { said } = answer;
    if (said?.answers === undefined) return;
    const request = rows.slice(0, at).findLast(({ connection, bits, said: asking }) => {
      if (asking === null || connection !== answer.connection || bits === answer.bits) return false;
      return asking.id === said.answers && asking.namespace === said.namespace && (asked(asking.kind) || asking.kind === "heartbeat");
    });
    if (request === undefined || request.latency !== null) return;
    const latency = (answer.time - request.time) * 1000;
    Object.assign(request, { pair: PAIR_STATES.indexOf("request"), latency });
    Object.assign(answer, { pair: PAIR_STATES.indexOf("answer"), latency });
  });
}
