import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { Scope } from "../../src/contract/rows.ts";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { Faults } from "../../src/model/faults.ts";
import { frameIndex } from "../../src/model/units.ts";
import { parseQuery } from "../../src/query/parse.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { naiveTest } from "../query/naive.ts";
import { IN_FULL } from "../some-of.ts";
import { mixedSockets, OPENINGS, saidInOrder } from "./mixed-sockets.ts";
import { batchOf, opened, setupEngine, type Step } from "./setup-engine.ts";

const EVERYTHING: Scope = { filter: "", connection: null, sent: true, received: true, sort: null };
let end = (): void => {};
afterEach(() => end());

/** An engine that has taken in and decoded some messages; answers the rows that a filter lets through. */
async function setup(steps: readonly Step[], options: Parameters<typeof setupEngine>[0] = {}) {
  const engine = setupEngine(options);
  end = engine.end;
  // A kept capture has them already.
  if (options.log === undefined) engine.take(steps);
  const messages = steps.filter((step) => "payload" in step).length;
  await engine.until(({ decoded, frames, rows }) => frames === messages && decoded >= rows);
  const found = async (filter: string): Promise<number[]> => {
    const before = engine.pushes.at(-1)?.shown ?? 0;
    expect(await engine.call("setScope", { ...EVERYTHING, filter })).toBeNull();
    await engine.until(({ shown, scanned }) => shown > before && scanned === 1);
    const { rows } = await engine.call("rows", { from: 0, to: 500 });
    return rows.map(({ index }) => index);
  };
  return { ...engine, found };
}

/** So many are decoded in some seconds, beside other programs in ten times that. */
const MANY_TAKE_MS = 120_000;

describe("what decoders said in the order of a connection", () => {
  const GRAPHQL: Step[] = [
    ...opened(1),
    { payload: '{"type":"connection_init"}', direction: "sent" },
    { payload: '{"type":"connection_ack"}' },
    { payload: '{"id":"a","type":"subscribe","payload":{"query":"subscription S { x }"}}', direction: "sent" },
    { payload: '{"id":"a","type":"next","payload":{"data":{"x":1}}}' },
    { payload: '{"id":"b","type":"next","payload":{"data":{"x":2}}}' },
    { payload: "no message of any protocol" },
  ];

  it("finds the messages of a topic that only the first of them names", async () => {
    const { found } = await setup(GRAPHQL);
    expect(await found("topic:S")).toEqual([3, 4]);
    expect(await found("topic:/^s$/i")).toEqual([3, 4]);
    expect(await found('topic:""')).toEqual([1, 2, 5]);
    expect(await found('-topic:""')).toEqual([0, 3, 4, 6]);
    expect(await found("id:a")).toEqual([3, 4]);
    expect(await found("id:/[ab]/")).toEqual([3, 4, 5]);
  });

  it("completes the topics that are in the capture", async () => {
    const { call } = await setup(GRAPHQL);
    expect(await call("complete", { text: "topic:", at: 6 })).toMatchObject([{ text: "S" }]);
  });

  it.runIf(IN_FULL)("finds ids that are more than are kept, by what each message says itself", async () => {
    const ids = Array.from({ length: 70_000 }, (_, i): Step => ({ payload: `{"op":"get","id":"request-${i}"}`, direction: "sent" }));
    const { found } = await setup([...opened(1), ...ids]);
    expect(await found("id:request-3 OR id:request-69999")).toEqual([4, 70_000]);
    expect(await found("id:/^request-6999[89]$/")).toEqual([69_999, 70_000]);
  }, MANY_TAKE_MS);

  it.runIf(IN_FULL)("finds topics that are more than are kept, where an earlier message named them", async () => {
    const steps = Array.from({ length: 66_000 }, (_, i): Step => ({ payload: `{"id":"${i}","type":"subscribe","payload":{"query":"subscription S${i} { x }"}}`, direction: "sent" }));
    const { found } = await setup([...opened(1), ...steps, { payload: '{"id":"65999","type":"next","payload":{"data":{"x":1}}}' }]);
    expect(await found("topic:S65999")).toEqual([66_000, 66_001]);
  }, MANY_TAKE_MS);

  const NEEDLE: Step[] = [{ payload: '451-["m",{"word":"needle","b":{"_placeholder":true,"num":0}}]' }, { payload: Uint8Array.of(1, 2, 3), opcode: 2 }, { payload: '42["other"]' }];

  it("finds words in what was put together of several messages", async () => {
    const { found } = await setup([...opened(1, "ws://feed.test/socket.io/?EIO=4"), ...NEEDLE]);
    expect(await found("needle")).toEqual([1, 2]);
    expect(await found("/need.e/")).toEqual([1, 2]);
    expect(await found("-needle type:*")).toEqual([0, 3]);
  });

  it("finds them also where they come after the filter", async () => {
    const { found, take, until } = await setup(opened(1, "ws://feed.test/socket.io/?EIO=4"));
    expect(await found("needle")).toEqual([]);
    take(NEEDLE);
    await until(({ matches, decoded, scanned }) => matches === 2 && decoded === 4 && scanned === 1);
  });

  it("finds the id of a message that is too long to be decoded as it comes", async () => {
    const { found } = await setup([...opened(1), { payload: `{"op":"put","text":"${"x".repeat(1 << 20)}","id":12}`, direction: "sent" }, { payload: '{"op":"put","id":13}', direction: "sent" }]);
    expect(await found("id:12")).toEqual([1]);
  });
});

/** Hundreds of filters, each waited for. */
const PATIENCE_MS = 120_000;

const FILTERS = [
  '.tag = "x"', '.tag = "y"', '.tag = ""', ".tag", "-.tag", ".px > 1", ".px = 1.5", ".px >= 900", "..px", ".b", ".b[*]", ".b[39]", ".b[-1]", '..tag ~ "al"', "..tag ~ /^[xy]$/", '.[*].tag = "x"', ".payload.data.px < 2", ".deep.topic",
  '..num', "..num > 2", "..num OR .tag", '..num is:binary',
  "topic:S", "topic:orders", 'topic:""', '-topic:""', "topic:/n", "topic:/^[so]/i", "topic:x OR topic:y", "topic:*a*", 'topic:"" is:binary', "topic:S -type:next",
  "id:a", "id:b", "id:17", "id:3", "id:/^[ab]$/", "id:*", "-id:*", "id:1 OR id:2", "id:17 .tag", "id:a topic:S",
  "type:m", "type:attachment", "type:next", "type:S", "type:order", "type:/^sub/i", '-type:attachment .tag = "x"', 'type:attachment .tag = "x"', 'type:attachment -.tag',
  "is:json", "-is:json", "is:heartbeat", "is:request", "is:answer", "is:unanswered", "latency:>5s", "is:binary .tag", "is:text .tag",
  "protocol:socket.io", "protocol:graphql-ws", "protocol:msgpack OR protocol:json", "-protocol:*", "conn:2 .tag = \"x\"", "tag", "alpha", '"tag":"x"', "-tag type:attachment", "x", "x -.tag", "/x/ topic:S", '("x" OR topic:S) -id:a', 'NOT (.tag OR topic:"")', "size:<20 .tag",
];

describe("every filter over sockets of every decoder", () => {
  it("finds what the decoders said in the order of each connection", async () => {
    await fc.assert(
      fc.asyncProperty(mixedSockets, fc.boolean(), async (messages, isKept) => {
        const files = { payloads: new MemoryFile(), journal: new MemoryFile() };
        const steps = [...OPENINGS, ...messages];
        if (isKept) {
          const log = new CaptureLog(files, 1 << 24, new Faults("recorder"));
          log.take(batchOf(steps), 0);
          log.end(1000);
        }
        const { found } = await setup(steps, isKept ? { log: { kept: files } } : {});
        const all = await found("");
        const before = all.length - messages.length;
        const rows = saidInOrder(messages, before);
        for (const filter of FILTERS) {
          const parsed = parseQuery(`${filter} (is:text OR is:binary)`);
          if (!("query" in parsed)) throw new Error(`${filter}: ${JSON.stringify(parsed)}`);
          const expected = rows.flatMap((row, i) => (naiveTest(parsed.query, row, before + i) ? [before + i] : []));
          expect(await found(`${filter} (is:text OR is:binary)`), filter).toEqual(expected);
        }
        end();
      }),
      { numRuns: 3, endOnFailure: true },
    );
  }, PATIENCE_MS);
});

describe("the inspector", () => {
  const EIO4 = opened(1, "ws://feed.test/socket.io/?EIO=4&transport=websocket");
  const EIO3 = opened(1, "ws://feed.test/socket.io/?EIO=3&transport=websocket");
  const packet = (count: number): string => `45${count}-["m",{"tag":"x","b":[${Array.from({ length: count }, (_, num) => `{"_placeholder":true,"num":${num}}`).join(",")}]}]`;
  const between: Step[] = Array.from({ length: 5000 }, (_, i) => ({ connection: 2, payload: `{"n":${i}}` }));
  const binary = (part: Uint8Array): Step => ({ payload: part, opcode: 2 });
  const CASES: [string, Step[], Step[], number][] = [
    ["of 32 attachments", EIO4, [{ payload: packet(32) }, ...Array.from({ length: 32 }, (_, i) => binary(Uint8Array.of(i)))], 32],
    ["with 5,000 rows of another socket between", EIO4, [{ payload: packet(1) }, ...between, binary(Uint8Array.of(1, 2, 3))], 1],
    ["whose attachment is base64, in Engine.IO 3", EIO3, [{ payload: packet(1) }, { payload: "b4AQID" }], 1],
    ["whose attachment is base64, in Engine.IO 4", EIO4, [{ payload: packet(1) }, { payload: "bAQID" }], 1],
    ["with an attachment too long to be kept", EIO4, [{ payload: packet(2) }, binary(new Uint8Array(3 << 20)), binary(Uint8Array.of(1, 2, 3))], 2],
  ];

  it.each(CASES)("shows a joined packet %s, at its first row and at its last", async (_, opening, messages, count) => {
    const steps = [...opening, ...opened(2, "ws://feed.test/json"), ...messages];
    const { call, found } = await setup(steps);
    const [first, last] = [2, steps.filter((step) => "payload" in step).length + 1];
    for (const frame of [first, last]) {
      const details = await call("inspect", { frame: frameIndex(frame), columns: 80 });
      expect(details).toMatchObject({ note: null });
      const lines = await call("treeLines", { frame: frameIndex(frame), from: 0, to: 50 });
      expect(lines.map(({ key }) => key)).not.toContain("_placeholder");
      expect(lines.map(({ text }) => text)).toContain('"x"');
    }
    expect(await found('.tag = "x"')).toEqual([first, last]);
    expect((await found("type:attachment")).length).toBe(count);
    expect(await found("..num")).toEqual(count === 2 ? [first, last] : [first]);
  });

  it("says what is missing of a packet before, and shows an attachment of which the packet has not come to its end", async () => {
    const { call } = await setup([...EIO4, { payload: packet(2) }, binary(Uint8Array.of(7, 8)), { payload: '42["next"]' }]);
    expect(await call("inspect", { frame: frameIndex(2), columns: 80 })).toMatchObject({ note: null, treeLines: 1 });
    expect((await call("inspect", { frame: frameIndex(3), columns: 80 }))?.note).toMatchObject({ code: "decode.at-byte" });
  });
});
