import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";
import { loadDecoder } from "../../src/decode/decoder-loads.ts";
import { DECODERS } from "../../src/decode/registry.ts";
import { createDecodeResponder, type DecodeAnswer, type DecodeRequest } from "../../src/engine/decode-thread.ts";
import { messageBits, type Direction } from "../../src/model/frame.ts";

interface Row {
  readonly connection: number;
  readonly direction: Direction;
  readonly text: string;
}

/** One a row; frames before them have shown that their connections speak no protocol, and which keys say what. */
const LEARNT = 250;

const row = (topics: number): fc.Arbitrary<Row> =>
  fc.record({
    connection: fc.constantFrom(1, 1, 1, 2),
    direction: fc.constantFrom<Direction>("sent", "received"),
    text: fc.oneof(
      { weight: 4, arbitrary: fc.record({ type: fc.constantFrom("order", "ack", "ping", "pong", "error"), id: fc.oneof(fc.nat(5), fc.nat(5).map(String), fc.constantFrom("a", "", 7.5)) }).map((value) => JSON.stringify(value)) },
      { weight: 4, arbitrary: fc.tuple(fc.nat(60), fc.nat(topics)).map(([seq, topic]) => `{"type":"tick","seq":${seq},"sym":"S${topic}","px":1.5}`) },
      { weight: 1, arbitrary: fc.constantFrom("ping", "[1,2]", '{"type":"order"', '{"type":"order","id":1}\n{"type":"order","id":2}', '42["x",1]', "") },
    ),
  });

function pieceOf(rows: readonly Row[], first: number, isCareful: boolean): DecodeRequest {
  const payloads = rows.map(({ text }) => Buffer.from(text));
  let end = 0;
  const count = rows.length;
  return {
    generation: 1,
    rows: { rows: Uint32Array.from(rows, (_, i) => first + i), bits: Uint16Array.from(rows, ({ direction }) => messageBits(direction, 1, false, false)), times: Float64Array.from(rows, (_, i) => (first + i) / 100), sizes: Uint32Array.from(payloads, ({ length }) => length), connections: Uint32Array.from(rows, ({ connection }) => connection) },
    payloads: { bytes: new Uint8Array(Buffer.concat(payloads)), ends: Uint32Array.from(payloads, ({ length }) => (end += length)) },
    connections: first === 0 ? [1, 2].map((id) => ({ id, url: "wss://feed.test/", subprotocol: "", chosen: null, without: [] })) : [],
    interrupts: first === 0 || count === 0 ? [] : [first],
    isCareful,
  };
}

function answersTo(pieces: readonly (readonly Row[])[], isCareful: boolean): unknown[] {
  const respond = createDecodeResponder();
  let first = 0;
  return pieces.map((rows) => {
    let answer: DecodeAnswer | undefined;
    respond(pieceOf(rows, first, isCareful), (found) => (answer = found));
    first += rows.length;
    const { spent: _, ...found } = answer ?? expect.unreachable();
    return found;
  });
}

it("says of messages whose like came before what it says of them one by one: labels, ids, pairs, gaps", async () => {
  await Promise.all(DECODERS.map(loadDecoder));
  const learnt = Array.from({ length: LEARNT * 2 }, (_, i): Row => ({ connection: 1 + (i % 2), direction: i % 4 < 2 ? "received" : "sent", text: i % 8 < 4 ? `{"type":"order","id":${i}}` : `{"type":"tick","seq":${i >> 3},"sym":"S0","px":1.5}` }));
  fc.assert(
    fc.property(fc.array(fc.array(row(3), { maxLength: 40 }), { minLength: 1, maxLength: 4 }), (pieces) => {
      expect(answersTo([learnt, ...pieces], false)).toStrictEqual(answersTo([learnt, ...pieces], true));
    }),
    { numRuns: 25 },
  );
});

it("keeps what a message says beside its columns where its topic has no more room there", async () => {
  await Promise.all(DECODERS.map(loadDecoder));
  const rows = Array.from({ length: 70_000 }, (_, i): Row => ({ connection: 1, direction: "received", text: `{"type":"tick","sym":"S${i}"}` }));
  const [quick] = answersTo([rows], false) as [DecodeAnswer];
  expect(quick.topics.at(-1)).toBe(1);
  expect(new TextDecoder().decode(quick.derived.at(-1)?.bytes)).toContain('"topic":"S69999"');
  // As `toStrictEqual`, which takes seconds for so many.
  expect(isDeepStrictEqual(quick, answersTo([rows], true)[0])).toBe(true);
});
