import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { say } from "../../../src/model/said.ts";
import { bytesOf, decodeAll, fieldsOf, received, sent, valueOf } from "../messages.ts";
import { asDoubles, entriesOf } from "../plain.ts";

const label = (message: object): string | undefined => decodeAll([received(message)])[0]?.label;

describe("the JSON decoder", () => {
  it.each([
    [{ type: "tick", px: 1 }, "tick"],
    [{ op: "subscribe", args: ["a"] }, "subscribe"],
    [{ jsonrpc: "2.0", method: "eth_call", params: [], id: 1 }, "eth_call"],
    [{ type: "event", event: "trade" }, "trade"],
    [{ type: "request", method: "getUser" }, "getUser"],
    [{ type: "message", channel: "C123", text: "hi" }, "message"],
    [{ channel: "book", type: "snapshot", data: [] }, "snapshot"],
    [{ e: "trade", t: 12_345, s: "BTCUSDT" }, "trade"],
    [{ op: 0, t: "MESSAGE_CREATE", s: 1, d: {} }, "MESSAGE_CREATE"],
    [{ op: 11, t: null }, "op 11"],
    [{ t: 1_718_000_000, msg: "Hello, how are you?" }, "JSON"],
    [{ type: "Order Filled" }, "Order Filled"],
    [{ type: " a\nb" }, "JSON"],
    [["EVENT", "sub1", {}], "EVENT"],
    [[{ T: "success", msg: "connected" }], "connected"],
    [[1, 2], "JSON"],
    [{ type: "x".repeat(65) }, "JSON"],
  ])("names %j %s", (message, expected) => {
    expect(label(message)).toBe(expected);
  });

  it("learns that op names the requests although type stands in some", () => {
    const decoded = decodeAll([sent({ op: "auth" }), sent({ op: "order", type: "limit" }), sent({ op: "cancel" })]);
    expect(decoded.map((message) => message?.label)).toEqual(["auth", "order", "cancel"]);
  });

  it("learns that a key whose value is another one in each message holds data, then keeps to what it learnt", () => {
    const messages = Array.from({ length: 60 }, (_, i) => received({ msg: `user-${1000 + i}`, kind: i % 2 === 0 ? "join" : undefined }));
    const labels = decodeAll(messages).map((message) => message?.label);
    expect(labels.slice(40)).toEqual(Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? "join" : "JSON")));
  });

  it("pairs by the many names of an id, by JSON-RPC's outcomes and by keys that name the other", () => {
    const exchanges: [object, object][] = [
      [{ op: "a", req_id: 9 }, { method: "a", req_id: "9" }],
      [{ id: "x", method: "m", jsonrpc: "2.0" }, { jsonrpc: "2.0", id: "x", result: null }],
      [{ id: 1, method: "m" }, { id: 1, error: { code: -1 } }],
      [{ id: 5, type: "message" }, { ok: true, reply_to: 5 }],
      [{ id: 2, msg: "method", method: "sum" }, { msg: "result", id: 2, result: 3 }],
      [{ type: "get", correlationId: "c" }, { type: "got", id: 77, correlationId: "c" }],
    ];
    for (const [request, answer] of exchanges) {
      const [asked, answered] = decodeAll([sent(request), received(answer)]);
      expect(asked?.kind).toBe("request");
      expect(answered?.answers).toBe(asked?.id);
      expect(answered?.kind).toBe("error" in answer ? "error" : "answer");
    }
  });

  it("does not take a feed's own ids for answers", () => {
    const trades = Array.from({ length: 50 }, (_, i) => received({ type: "trade", id: i }));
    const decoded = decodeAll([...trades.slice(0, 20), sent({ op: "order", id: 30 }), ...trades.slice(20), received({ type: "order", id: 30 })]);
    expect(decoded.filter((message) => message?.answers !== undefined).map((message) => message?.label)).toEqual(["order"]);
  });

  it("does not take a side's count of its messages for a request", () => {
    const decoded = decodeAll(Array.from({ length: 100 }, (_, i) => sent({ type: "move", seq: i })));
    expect(decoded.at(-1)).toMatchObject({ kind: "event", id: "99" });
  });

  it("keeps every digit of an id, and takes it from the id's own place", () => {
    const [first, second] = decodeAll([sent('{"op":"a","id":9007199254740993}'), received('{"type":"a","id":9007199254740993}')]);
    expect([first?.id, second?.answers]).toEqual(["9007199254740993", "9007199254740993"]);
    // Another number of the message rounds to the same double.
    const [asked, answered] = decodeAll([
      sent('{"jsonrpc":"2.0","account":9007199254740993,"method":"get","id":9007199254740992}'),
      received('{"jsonrpc":"2.0","account":9007199254740993,"result":1,"id":9007199254740992}'),
    ]);
    expect([asked?.id, answered?.answers]).toEqual(["9007199254740992", "9007199254740992"]);
  });

  it("takes any integer for the id that it is, and 7, 7.0 and \"7\" for one", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 120n), max: 10n ** 120n }), fc.bigInt({ min: 0n, max: 10n ** 20n }), (id, other) => {
        const [message] = decodeAll([sent(`{"jsonrpc":"2.0","x":${other},"method":"m","params":{"id":${other}},"id":${id},"y":${id + 1n}}`)]);
        expect(message?.id).toBe(String(id));
      }),
    );
    const ids = ["7", "7.0", '"7"', "0.7e1", "-0", "0.0", "0.10"].map((id) => decodeAll([sent(`{"op":"a","id":${id}}`)])[0]?.id);
    expect(ids).toEqual(["7", "7", "7", "7", "0", "0", "0.1"]);
  });

  it("takes numbers for two ids that only a double would take for one", () => {
    const idOf = (literal: string): unknown => decodeAll([sent(`{"op":"a","id":${literal}}`)])[0]?.id;
    const pairs = [["822106502566256641.0", "822106502566256640.0"], ["8.22106502566256641e17", "8.22106502566256640e17"], ["1e400", "1e401"], ["1e-400", "0"], ["0.10000000000000000001", "0.1"]] as const;
    for (const [one, other] of pairs) expect(idOf(one), one).not.toBe(idOf(other));
    expect(idOf("822106502566256641.0")).toBe("822106502566256641");
  });

  it("reads roles of the last of two keys, as the page's own JSON.parse does", () => {
    const [message] = decodeAll([sent('{"type":"first","type":"last","id":1,"id":2,"topic":"a","topic":"b"}')]);
    expect(message).toMatchObject({ label: "last", id: "2", topic: "b" });
  });

  it("keeps every literal and every key as they were sent", () => {
    const [message] = decodeAll([received('{"n":9007199254740993, "n":1.0}')]);
    expect(message?.value && entriesOf(message.value)).toEqual(["{2", "n: 9007199254740993", "n: 1.0"]);
  });

  it("says at which byte JSON breaks, where JSON is spoken", () => {
    const [, message] = decodeAll([received({ type: "é" }), received('{"é":1,}')]);
    expect(message).toMatchObject({ label: "not JSON", kind: "error", problem: { offset: 8 } });
    expect(message?.problem?.said).toEqual(say("decode.json-key"));
  });

  it("calls no text broken that only ends too early, nor what follows it: it may be one of several pieces", () => {
    const whole = JSON.stringify({ t: "d", d: { r: 2, a: "m", b: { p: "/chat", d: Array.from({ length: 6000 }, (_, i) => ({ "key \"": `value ${i}` })) } } });
    const pieces = whole.match(/[^]{1,16384}/g) ?? [];
    expect(pieces.length).toBeGreaterThan(5);
    const decoded = decodeAll([received({ t: "c" }), received(String(pieces.length)), ...pieces.map((piece) => received(piece)), received({ t: "c" }), received('{"t":,}')]);
    expect(decoded.map((message) => message?.label)).toEqual(["c", ...Array.from({ length: pieces.length + 1 }, () => undefined), "c", "not JSON"]);
  });

  it("calls no piece of any text broken, wherever it was cut", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (value, cuts) => {
        const text = JSON.stringify({ a: value, b: [{ "c d": value }] });
        const places = [0, ...cuts.map((cut) => 1 + (cut % (text.length - 1))).toSorted((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((to, i) => text.slice(places[i], to).toWellFormed());
        const labels = decodeAll([received({ type: "a" }), ...pieces.map((piece) => received(piece))]).map((message) => message?.label);
        expect(labels).not.toContain("not JSON");
      }),
    );
  });

  it("reads what it can of several values, behind a byte order mark, before a closing byte, and says where the rest is", () => {
    const several = decodeAll([received('{"type":"a","id":1} {"type":"b","id":2}')])[0];
    expect(several).toMatchObject({ decoder: "json", label: "a", kind: "event", id: undefined, problem: { offset: 20 } });
    expect(several?.value && entriesOf(several.value)).toEqual(["{2", 'type: "a"', "id: 1", "{2", 'type: "b"', "id: 2"]);
    const marked = decodeAll([received('\uFEFF{"type":"a"}')])[0];
    expect(marked).toMatchObject({ label: "a", problem: { said: say("decode.json-mark"), offset: 0 } });
    expect(valueOf(marked)).toEqual({ type: "a" });
    for (const end of ["\u001E", "\0", "\u0004\n"]) expect(decodeAll([received(bytesOf(`{"type":"a"}${end}`))])[0]).toMatchObject({ label: "a", problem: { offset: 12 } });
  });

  it("reads the JSON at the head of a binary message, whatever bytes stand behind it", () => {
    const body = Uint8Array.of(0xff, 0x00, 0xd8, 0xe6);
    const [message] = decodeAll([received(new Uint8Array([...bytesOf('{"type":"blob","é":4}'), ...body]))]);
    expect(message).toMatchObject({ decoder: "json", label: "blob", problem: { offset: 22 } });
    expect(valueOf(message)).toEqual({ type: "blob", é: 4 });
    expect(decodeAll([received(new Uint8Array([...bytesOf("[1]"), ...body])), received(new Uint8Array([...bytesOf("{}"), ...body]))])).toEqual([undefined, undefined]);
  });

  it("shows what could be read of a text that breaks, where JSON is spoken", () => {
    const [, message] = decodeAll([received({ type: "a" }), received('{"type":"b","x":[1,2,oops]}')]);
    expect(message).toMatchObject({ label: "not JSON", kind: "error", id: undefined });
    expect(valueOf(message)).toEqual({ type: "b", x: [1, 2] });
  });

  it("is silent on text, however it begins, even where JSON is spoken", () => {
    const texts = ["ping", "42", '"ping"', "true", "你好，世界", "[12:30] hello", "{hello}", "", " "];
    expect(decodeAll([...texts, '{"a":1}', ...texts].map((text) => received(text))).filter(Boolean)).toHaveLength(1);
  });

  it("answers with a problem where the user pinned it", () => {
    const [text, scalar] = decodeAll([received("ping"), received("42")], undefined, { pinned: "json" });
    expect(text).toMatchObject({ label: "not JSON", problem: { offset: 0 } });
    expect(scalar).toMatchObject({ label: "JSON" });
    expect(valueOf(scalar)).toBe(42);
  });

  it("reads JSON in binary messages, when it is UTF-8", () => {
    const [json, broken] = decodeAll([received(bytesOf('{"type":"a"}')), received(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))]);
    expect(json).toMatchObject({ decoder: "json", label: "a" });
    expect(broken).toBeUndefined();
  });

  it("names a message that is too long by its head", () => {
    const long = JSON.stringify({ type: "snapshot", id: 3, channel: "book", levels: Array.from({ length: 2000 }, (_, i) => i) });
    const [message] = decodeAll([received(long)], undefined, { maxBytes: 1000 });
    expect(message).toMatchObject({ label: "snapshot", id: "3", topic: "book", isPartial: true, value: undefined });
  });

  it("claims a text only where it is whole JSON objects or arrays", () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.json().map((json) => json.slice(0, -1)), fc.jsonValue().map((value) => `[${JSON.stringify(value)}] x`));
    fc.assert(
      fc.property(text, (source) => {
        const [message] = decodeAll([received(source)]);
        if (message === undefined) return;
        expect(message.decoder).toBe("json");
        expect(asDoubles(valueOf(message))).toEqual(JSON.parse(source));
        expect(typeof valueOf(message)).toBe("object");
      }),
      { numRuns: 500 },
    );
  });

  it("names a message by what came before it only", () => {
    const field = fc.constantFrom("type", "op", "event", "msg", "e", "t", "channel", "id", "seq", "result", "error", "x", "method");
    const value = fc.oneof(fc.constantFrom<unknown>("a", "b", "ping", "error", "message", 1, 2, 3, null), fc.string({ maxLength: 5 }));
    const frames = fc.array(fc.tuple(fc.boolean(), fc.dictionary(field, value, { maxKeys: 5 })).map(([isSent, message]) => (isSent ? sent(message) : received(message))), { maxLength: 50 });
    fc.assert(
      fc.property(frames, fc.nat(), (all, end) => {
        const cut = end % (all.length + 1);
        expect(decodeAll(all.slice(0, cut)).map(fieldsOf)).toEqual(decodeAll(all).slice(0, cut).map(fieldsOf));
      }),
      { numRuns: 500 },
    );
  });
});
