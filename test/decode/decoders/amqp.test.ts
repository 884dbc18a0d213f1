import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesSaid } from "../../../src/decode/summary.ts";
import { say } from "../../../src/model/said.ts";
import { AmqpReader } from "../../../src/decode/amqp/read-values.ts";
import { ValueBuilder } from "../../../src/decode/value-builder.ts";
import { bytesOf, decodeAll, received, sent, UNKNOWN, valueOf } from "../messages.ts";
import { plain } from "../plain.ts";
import { RECORDINGS } from "../recordings.ts";
import { told } from "../told.ts";

const header = Uint8Array.of(0x41, 0x4d, 0x51, 0x50, 0, 1, 0, 0);
const empty = Uint8Array.of(0, 0, 0, 8, 2, 0, 0, 0);
/** A frame whose body is this. */
const framed = (body: readonly number[], channel = 0): Uint8Array => Uint8Array.of(0, 0, 0, 8 + body.length, 2, 0, 0, channel, ...body);
const list = (...items: readonly (readonly number[])[]): number[] => [0xc0, items.flat().length + 1, items.length, ...items.flat()];
const map = (...items: readonly (readonly number[])[]): number[] => [0xc1, ...list(...items).slice(1)];
const described = (code: number, value: readonly number[]): number[] => [0, 0x53, code, ...value];
const frame = (code: number, channel = 0, ...fields: readonly (readonly number[])[]): Uint8Array => framed(described(code, list(...fields)), channel);
const text = (value: string): number[] => [0xa1, value.length, ...bytesOf(value)];
const binary = (value: string): number[] => [0xa0, value.length, ...bytesOf(value)];
const small = (value: number): number[] => [0x52, value];
const NULL = [0x40];
const [TRUE, FALSE] = [[0x41], [0x42]];
const whole = [...header, ...frame(0x10), ...frame(0x11, 1), ...frame(0x14, 1), ...empty];
const attach = (name: string, handle: number, role: readonly number[], address: string): Uint8Array => frame(0x12, 0, text(name), small(handle), role, NULL, NULL, described(0x28, list(text(address))), described(0x29, list(text(address))));

/** The value that these bytes are. */
function read(...bytes: readonly number[]): unknown {
  const builder = new ValueBuilder(Uint8Array.from(bytes));
  const problem = new AmqpReader(Uint8Array.from(bytes), 0, bytes.length, builder).value();
  if (problem !== undefined) return problem;
  return plain(builder.document());
}

describe("AMQP", () => {
  it("names frames by their performatives, cut anywhere", () => {
    const labels = ["control header", "request open #open", "request begin #1", "event transfer", "heartbeat empty"];
    expect(told("amqp", [sent(Uint8Array.from(whole))])).toEqual(labels);
    fc.assert(
      fc.property(fc.integer({ min: 8, max: whole.length - 1 }), (cut) => {
        expect(told("amqp", [sent(Uint8Array.from(whole.slice(0, cut))), sent(Uint8Array.from(whole.slice(cut)))]).filter((one) => one !== "event part")).toEqual(labels);
      }),
    );
  });

  it("tells what a library's frames say by the names of their fields, and the message that a transfer brings", () => {
    const recording = RECORDINGS.find(({ id }) => id === "amqp");
    const values = decodeAll(recording?.frames ?? [], recording?.facts).map((decoded) => ({ label: decoded?.label, summary: decoded?.summary, value: valueOf(decoded), problem: decoded?.problem }));
    const of = (label: string): (typeof values)[number][] => values.filter((one) => one.label === label);
    expect(of("open")[0]?.value).toEqual({ "container-id": "desk", "idle-time-out": 120 });
    expect(of("attach")[0]?.value).toMatchObject({ handle: 0, role: false, source: {}, target: { address: "orders" } });
    expect(of("transfer").map(({ value, summary }) => [value, summary])).toEqual([
      [{ transfer: { handle: 0, "delivery-id": 0, "delivery-tag": bytesOf("0"), "message-format": 0, settled: false, more: false }, header: {}, properties: {}, "amqp-value": { sym: "BTC-USD", qty: 2 } }, '{"sym":"BTC-USD","qty":2}'],
      [{ transfer: { handle: 0, "delivery-id": 1, "delivery-tag": bytesOf("1"), "message-format": 0, settled: false, more: false }, header: {}, properties: {}, "amqp-value": { sym: "BTC-USD", qty: 0 } }, '{"sym":"BTC-USD","qty":0}'],
    ]);
    expect(of("disposition").map(({ value }) => value)).toEqual([
      ...Array.from({ length: 2 }, () => ({ role: true, first: 0, last: 0, settled: true, state: { accepted: {} } })),
      ...Array.from({ length: 2 }, () => ({ role: true, first: 1, last: 1, settled: true, state: { rejected: { error: { condition: "amqp:not-allowed" } } } })),
    ]);
    expect(values.filter(({ problem }) => problem !== undefined)).toEqual([]);
  });

  it("pairs what both sides open, whoever began; a link's address is the topic of what comes on it", () => {
    const frames = [
      sent(frame(0x11, 3, NULL)), received(frame(0x11, 5, small(3))), received(frame(0x11, 6, NULL)), sent(frame(0x11, 4, small(6))),
      sent(attach("out", 0, FALSE, "orders")), received(attach("out", 7, TRUE, "orders")), sent(attach("in", 1, TRUE, "prices")), received(attach("in", 8, FALSE, "prices")),
      sent(frame(0x14, 0, small(0), small(4))), received(frame(0x14, 0, small(8), small(9))), received(frame(0x13, 0, NULL, NULL, NULL, NULL, small(7))),
      received(frame(0x15, 0, TRUE, small(4), NULL, TRUE, described(0x25, list(described(0x1d, list([0xa3, ...text("no").slice(1)])))))),
      received(frame(0x18, 0, described(0x1d, list([0xa3, ...text("gone").slice(1)])))),
    ];
    expect(told("amqp", frames, { url: "", subprotocol: "amqp" })).toEqual([
      "request begin #3", "answer begin ←3", "request begin #6", "answer begin ←6",
      "request attach #out @orders", "answer attach ←out @orders", "request attach #in @prices", "answer attach ←in @prices",
      "event transfer #4 @orders", "event transfer #9 @prices", "control flow @orders", "error disposition #4", "error close",
    ]);
  });

  it("takes the topic of no link that had the handle before", () => {
    const bare = frame(0x12, 0, text("in"), small(0), TRUE, NULL, NULL, described(0x28, list()), described(0x29, list()));
    const frames = [sent(attach("out", 0, FALSE, "orders")), sent(frame(0x16, 0, small(0), TRUE)), sent(bare), sent(frame(0x13, 0, NULL, NULL, NULL, NULL, small(0)))];
    expect(told("amqp", frames, { url: "", subprotocol: "amqp" })).toEqual(["request attach #out @orders", "control detach @orders", "request attach #in", "control flow"]);
  });

  it("keeps apart a link of either direction where both have one name", () => {
    const bare = (handle: number, role: readonly number[]): Uint8Array => frame(0x12, 0, text("x"), small(handle), role);
    const frames = [
      sent(attach("x", 0, FALSE, "orders")), sent(attach("x", 1, TRUE, "prices")), received(bare(5, TRUE)), received(bare(6, FALSE)),
      received(frame(0x13, 0, NULL, NULL, NULL, NULL, small(5))), received(frame(0x14, 0, small(6), small(1))),
    ];
    expect(told("amqp", frames, { url: "", subprotocol: "amqp" })).toEqual([
      "request attach #x @orders", "request attach #x @prices", "answer attach ←x @orders", "answer attach ←x @prices", "control flow @orders", "event transfer #1 @prices",
    ]);
    const [asked, askedToo, ...answers] = decodeAll(frames, { url: "", subprotocol: "amqp" }).map((decoded) => decoded?.namespace);
    expect(answers.slice(0, 2)).toEqual([asked, askedToo]);
    expect(asked).not.toBe(askedToo);
  });

  it("tells the bytes that an application made as JSON or text where they are, and what else a message has", () => {
    const transfer = (...sections: readonly (readonly number[])[]): unknown => {
      const [decoded] = decodeAll([sent(framed([...described(0x14, list(small(0))), ...sections.flat()]))], { url: "", subprotocol: "amqp" });
      return [valueOf(decoded), decoded?.summary, decoded?.problem];
    };
    expect(transfer(described(0x73, list(NULL, NULL, NULL, text("tick"))), described(0x74, map(text("n"), small(1))), described(0x75, binary('{"px":[1.50]}')), described(0x75, [0xa0, 1, 0xff]))).toEqual([
      { transfer: { handle: 0 }, properties: { subject: "tick" }, "application-properties": { n: 1 }, data: Uint8Array.of(0xff) },
      '{"px":[1.50]}',
      undefined,
    ]);
    expect(transfer(described(0x75, binary("plain")))).toEqual([{ transfer: { handle: 0 }, data: "plain" }, '"plain"', undefined]);
    // The rest of one that began in an earlier transfer.
    expect(transfer([0xf1, 2, 3])).toEqual([{ transfer: { handle: 0 }, payload: Uint8Array.of(0xf1, 2, 3) }, bytesSaid(3), undefined]);
    // It begins as a described value, but with that of no section.
    expect(transfer([0, 0x50, 1, 0xff])).toEqual([{ transfer: { handle: 0 }, payload: Uint8Array.of(0, 0x50, 1, 0xff) }, bytesSaid(4), undefined]);
    expect(transfer(described(0x10, [0xff]))).toEqual([{ transfer: { handle: 0 }, payload: Uint8Array.of(0, 0x53, 0x10, 0xff) }, bytesSaid(4), undefined]);
  });

  describe("a message over several transfers", () => {
    const AMQP = { url: "", subprotocol: "amqp" };
    const section = described(0x75, binary('{"px":[1.50],"note":"a text that takes several transfers"}'));
    const transfer = (fields: readonly (readonly number[])[], part: readonly number[], channel = 0): Uint8Array => framed([...described(0x14, list(...fields)), ...part], channel);
    const begin = (part: readonly number[], handle = 0): Uint8Array => transfer([small(handle), small(4), binary("t"), small(0), FALSE, TRUE], part);
    const goOn = (part: readonly number[], handle = 0): Uint8Array => transfer([small(handle), NULL, NULL, NULL, FALSE, TRUE], part);
    const end = (part: readonly number[], handle = 0): Uint8Array => transfer([small(handle)], part);
    const parts = [begin(section.slice(0, 5)), goOn(section.slice(5, 30)), end(section.slice(30))];
    const all = Uint8Array.from(parts.flatMap((part) => [...part]));
    const value = { transfer: { handle: 0, "delivery-id": 4, "delivery-tag": bytesOf("t"), "message-format": 0, settled: false, more: true }, data: { px: [1.5], note: "a text that takes several transfers" } };

    it("is put together, however it is cut into messages, and says which rows it takes", () => {
      const joined = decodeAll([sent(all)], AMQP)[0];
      expect([joined?.label, joined?.id, joined?.problem, joined?.messages, valueOf(joined), joined?.summary]).toEqual(["transfer", "4", undefined, [], value, '{"px":[1.50],"note":"a text that takes several transfers"}']);
      expect(joined?.layers[0]?.what).toBe("transfer #0 ×3");
      const rows = decodeAll(parts.map((part, row) => ({ ...sent(part), row })), AMQP);
      expect(rows.map((one) => one?.label)).toEqual(["part", "part", "transfer"]);
      expect([valueOf(rows[2]), rows[2]?.joined, rows[2]?.derives]).toEqual([value, [0, 1, 2], "value"]);
      fc.assert(
        fc.property(fc.array(fc.nat(all.length), { maxLength: 4 }), (cuts) => {
          const places = [0, ...cuts.toSorted((a, b) => a - b), all.length];
          const cut = places.slice(1).map((to, i) => sent(all.slice(places[i], to)));
          const decoded = decodeAll(cut, AMQP).filter((one) => one?.label !== "part" && one?.label !== "empty");
          expect(decoded.map(valueOf)).toEqual([value]);
        }),
      );
    });

    it("is put together of what a broker sends a client that takes short frames", () => {
      const [, recording] = RECORDINGS.filter(({ id }) => id === "amqp");
      const messages = decodeAll(recording?.frames ?? [], recording?.facts).filter((decoded) => decoded?.label === "transfer");
      const bids = Array.from({ length: 60 }, (_, i) => [64_000 - i, i + 1]);
      expect(messages.map((decoded) => [(valueOf(decoded) as { readonly data: unknown }).data, decoded?.layers[0]?.what, (decoded?.joined.length ?? 0) > 1])).toEqual([
        [{ sym: "BTC-USD", bids }, "transfer #0 ×2", true],
        [{ sym: "BTC-USD", bids }, "transfer #0 ×2", false],
      ]);
    });

    it("is told as the transfers that it takes where another's frames lie between them, and where it is taken back", () => {
      const between = [begin(section.slice(0, 5)), frame(0x13, 0, NULL, NULL, NULL, NULL, small(7)), end(section.slice(5))];
      expect(told("amqp", [sent(Uint8Array.from(between.flatMap((part) => [...part])))], AMQP)).toEqual(["event transfer #4", "control flow", "event transfer"]);
      const others = [begin(section.slice(0, 5)), begin(section.slice(0, 5), 1), end([], 1), end(section.slice(5))];
      expect(told("amqp", [sent(Uint8Array.from(others.flatMap((part) => [...part])))], AMQP)).toEqual(["event transfer #4", "event transfer #4", "event transfer"]);
      const aborted = [begin(section.slice(0, 5)), transfer([small(0), NULL, NULL, NULL, NULL, FALSE, NULL, NULL, NULL, TRUE], [])];
      expect(decodeAll([sent(Uint8Array.from(aborted.flatMap((part) => [...part])))], AMQP)[0]?.messages.map(({ decoded }) => [decoded.label, decoded.problem])).toEqual([["transfer", undefined], ["transfer", undefined]]);
    });

    it("says at which byte of which transfer it breaks", () => {
      const broken = [begin(described(0x77, [0xa1, 30, 97])), end([98, 99])];
      const decoded = decodeAll([sent(Uint8Array.from(broken.flatMap((part) => [...part])))], AMQP)[0];
      expect(decoded?.problem).toMatchObject({ said: { code: "decode.msgpack-short" }, offset: (broken[0]?.length ?? 0) - 1 });
    });

    it("is told as its transfers where the next one is too long to be put together with those before", () => {
      const long = (head: Uint8Array, length: number): Uint8Array => {
        const bytes = new Uint8Array(head.length + length);
        bytes.set(head);
        new DataView(bytes.buffer).setUint32(0, bytes.length);
        return bytes;
      };
      const frames = [begin([]), end([])].flatMap((head, i) => {
        const bytes = long(head, (3 + 3 * i) << 20);
        return Array.from({ length: 4 }, (_, quarter) => sent(bytes.slice((bytes.length >> 2) * quarter, quarter === 3 ? bytes.length : (bytes.length >> 2) * (quarter + 1))));
      });
      expect(decodeAll(frames, AMQP).map((one) => one?.label)).toEqual(["part", "part", "part", "part", "transfer", "part", "part", "transfer"]);
    });

    it("is put together up to a number of transfers", () => {
      const endless = [begin([1]), ...Array.from({ length: 5000 }, () => goOn([1]))];
      const decoded = decodeAll([sent(Uint8Array.from([...endless, frame(0x13)].flatMap((part) => [...part])))], AMQP)[0];
      expect(decoded?.messages.map((message) => message.decoded.layers[0]?.what)).toEqual([...Array.from({ length: 4 }, () => "transfer #0 ×1001"), "transfer #0 ×997", "flow #0"]);
    });
  });

  it("reads every type of the specification", () => {
    const wide = [0, 0, 0, 0, 0, 0, 0];
    expect([read(0x40), read(0x41), read(0x56, 0), read(0x43), read(0x44), read(0x50, 200), read(0x51, 200), read(0x60, 1, 2), read(0x61, 255, 255), read(0x70, 255, 255, 255, 255), read(0x71, 255, 255, 255, 255)]).toEqual([null, true, false, 0, 0, 200, -56, 258, -1, 2 ** 32 - 1, -1]);
    expect([read(0x80, 255, 255, 255, 255, 255, 255, 255, 255), read(0x81, 128, ...wide), read(0x55, 255), read(0x72, 0x3f, 0x8c, 0xcc, 0xcd), read(0x82, 0x3f, 0xf1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a)]).toEqual([2n ** 64n - 1n, -(2n ** 63n), -1, 1.1, 1.1]);
    expect([read(0x73, 0, 1, 0xf6, 0x42), read(0x83, 0, 0, 1, 0x8f, 0x4c, 0xc6, 0x9a, 0x92), read(0x98, ...Array.from({ length: 16 }, (_, i) => i))]).toEqual(["🙂", new Date(0x18f4cc69a92).toISOString(), "00010203-0405-0607-0809-0a0b0c0d0e0f"]);
    expect([read(0xb1, 0, 0, 0, 2, 0xc3, 0xa9), read(0xb0, 0, 0, 0, 1, 7), read(0xb3, 0, 0, 0, 1, 97), read(0x45), read(0xd0, 0, 0, 0, 6, 0, 0, 0, 1, 0x52, 9), read(...map(small(7), text("seven")))]).toEqual(["é", Uint8Array.of(7), "a", [], [9], { "7": "seven" }]);
    expect([read(0xe0, 4, 2, 0x52, 1, 2), read(0xf0, 0, 0, 0, 8, 0, 0, 0, 1, 0xa3, 2, 97, 98), read(0, 0xa3, 1, 120, 0x52, 1), read(0x94, 0x30, 0x3e, ...wide, ...wide.slice(1), 15)]).toEqual([[1, 2], ["ab"], { x: 1 }, 1.5]);
  });

  it("says where bytes break, and holds against lengths and counts that lie, and what is nested without end", () => {
    expect(read(0xa1, 9, 97)).toMatchObject({ said: { code: "decode.msgpack-short" }, offset: 2 });
    expect(read(0x01)).toEqual({ said: say("decode.records-none", { format: "AMQP" }), offset: 0 });
    expect(read(0xf0, 0, 0, 0, 5, 255, 255, 255, 255, 0x40)).toEqual({ said: say("decode.amqp-count", { n: 2 ** 32 - 1, left: 1 }), offset: 5 });
    expect(read(...Array.from({ length: 2000 }, () => [0, 0x53, 0x77]).flat())).toMatchObject({ said: { code: "decode.too-deep" } });
    const [, broken] = decodeAll([sent(header), sent(framed(described(0x10, [0xc0, 4, 1, 0xa1, 9, 97])))]);
    expect(broken).toMatchObject({ label: "open", problem: { offset: 16 } });
  });

  it("shows a text that is no UTF-8 as bytes, says so, and reads on", () => {
    const [, open] = decodeAll([sent(header), sent(frame(0x10, 0, [0xa1, 1, 0xff], text("host")))]);
    expect([valueOf(open), open?.problem]).toEqual([{ "container-id": Uint8Array.of(0xff), hostname: "host" }, { said: say("decode.msgpack-not-utf8"), offset: 16 }]);
    const [, mapped] = decodeAll([sent(header), sent(framed([...described(0x14, list(small(0))), ...described(0x77, map([0xa3, 1, 0xff], small(1), text("n"), small(2)))]))]);
    expect([valueOf(mapped), mapped?.problem]).toMatchObject([{ "amqp-value": { "\ufffd": 1, n: 2 } }, { said: say("decode.msgpack-not-utf8"), offset: 24 }]);
  });

  it("takes any bytes without a throw", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => { decodeAll([received(bytes)], UNKNOWN, { pinned: "amqp" }).map(valueOf); decodeAll([sent(header), sent(bytes)]); }));
    fc.assert(
      fc.property(fc.constantFrom(0x10, 0x12, 0x14, 0x75), fc.uint8Array({ maxLength: 60 }), (code, bytes) => {
        const [, decoded] = decodeAll([sent(header), sent(framed([0, 0x53, code, ...bytes]))]);
        valueOf(decoded);
        expect(decoded?.summary).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });
});
