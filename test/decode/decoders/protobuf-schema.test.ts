import { gzipSync } from "fflate";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeAgain } from "../../../src/decode/connection-decoder.ts";
import type { ConnectionFacts } from "../../../src/decode/decoder.ts";
import { decoderById } from "../../../src/decode/registry.ts";
import { readJson } from "../../../src/decode/json/read-json.ts";
import { toJson } from "../../../src/decode/value-json.ts";
import type { TypeRule } from "../../../src/model/schema-choice.ts";
import { bytesOf, decodeAll, received, sent, UNKNOWN } from "../messages.ts";
import { choiceOf, compiled, libraryType, SHOP } from "../protobuf/schemas.ts";

let schema = "";
beforeAll(async () => {
  schema = await compiled(SHOP);
});

const MONEY = libraryType(SHOP, "shop.Money");
const ENVELOPE = libraryType(SHOP, "shop.Envelope");
const money = (units: number): Uint8Array => Uint8Array.from(MONEY.encode({ currency: "EUR", units }).finish());
const envelope = (value: object): Uint8Array => Uint8Array.from(ENVELOPE.encode(ENVELOPE.fromObject(value)).finish());
const facts = (rules: readonly TypeRule[], framing?: string): ConnectionFacts => ({ ...UNKNOWN, schema: choiceOf(schema, rules, framing) });
const delimited = (...all: Uint8Array[]): Uint8Array => Uint8Array.from(all.flatMap((one) => [one.length, ...one]));

describe("Protocol Buffers by a schema", () => {
  it("tells messages by direction, named by the member of their oneof, paired by their ids; JSON beside them stays JSON", () => {
    const rules: TypeRule[] = [{ type: "shop.Envelope", direction: "sent" }, { type: "shop.Money", direction: "received" }];
    const [paid, got, text, other] = decodeAll([sent(envelope({ request_id: 7, paid: { units: 5 } })), received(money(3)), received({ type: "tick" }), sent(envelope({ request_id: 8 }))], facts(rules));
    expect([paid?.decoder, paid?.label, paid?.id, paid?.value && toJson(paid.value)]).toEqual(["protobuf-schema", "paid", "7", '{"request_id":7,"paid":{"units":5}}']);
    expect([got?.label, got?.summary, got?.layers[0]?.what]).toEqual(["Money", '{"currency":"EUR","units":3}', "shop.Money"]);
    expect([text?.decoder, other?.label]).toEqual(["json", "Envelope"]);
  });

  it("tells them by their first field, and by its value", () => {
    const rules: TypeRule[] = [{ type: "shop.Money", first: "1=EUR" }, { type: "shop.Envelope", first: "1" }];
    expect(decodeAll([received(money(1)), received(envelope({ request_id: 2 })), received(envelope({ refused: "no" }))], facts(rules)).map((one) => one?.label)).toEqual(["Money", "Envelope", undefined]);
  });

  it("tells what MQTT carries by its topic", () => {
    const publish = (topic: string, payload: Uint8Array): Uint8Array => Uint8Array.from([0x30, 2 + topic.length + payload.length, 0, topic.length, ...bytesOf(topic), ...payload]);
    const connection = { ...facts([{ type: "shop.Money", topic: "shop/*/money" }]), subprotocol: "mqtt" };
    const [typed, untyped] = decodeAll([received(publish("shop/1/money", money(4))), received(publish("shop/1", money(4)))], connection);
    expect(typed?.value && toJson(typed.value)).toBe('{"currency":"EUR","units":4}');
    expect(typed?.layers.map(({ name }) => name)).toEqual(["MQTT", "Protocol Buffers (schema)"]);
    expect(untyped?.layers.map(({ name }) => name)).not.toContain("Protocol Buffers (schema)");
  });

  it("reads a stream of them with their lengths, several in a frame, cut anywhere", () => {
    const connection = facts([{ type: "shop.Money" }], "delimited");
    const [two] = decodeAll([received(delimited(money(1), money(2)))], connection);
    expect(two?.messages.map(({ from, to, decoded }) => [from, to, decoded.value && toJson(decoded.value)])).toEqual([[0, 8, '{"currency":"EUR","units":1}'], [8, 16, '{"currency":"EUR","units":2}']]);
    const stream = delimited(money(1), money(2), money(3));
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(stream.length), { maxLength: 5 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        const decoded = decodeAll(places.slice(1).map((to, i) => received(stream.subarray(places[i], to))), connection);
        const values = decoded.flatMap((one) => (one === undefined ? [] : one.messages.length > 0 ? one.messages.map((message) => message.decoded.value) : [one.value]));
        expect(values.flatMap((value) => (value === undefined ? [] : [toJson(value)]))).toEqual([1, 2, 3].map((units) => `{"currency":"EUR","units":${units}}`));
      }),
    );
  });

  it("unpacks what is compressed first, and says of what is broken at which byte", () => {
    const [packed, broken] = decodeAll([received(gzipSync(money(6))), received(Uint8Array.of(0x0a, 0x03, 0x45, 0x0f))], facts([{ type: "shop.Money" }]));
    expect([packed?.decoder, packed?.value && toJson(packed.value)]).toEqual(["gzip", '{"currency":"EUR","units":6}']);
    expect([broken?.label, broken?.problem?.offset]).toEqual(["not Money", 0]);
  });

  it("says the same of one message alone, and nothing where there is no schema", () => {
    const connection = facts([{ type: "shop.Money" }]);
    const frame = received(money(9));
    expect(decodeAgain(connection, "protobuf-schema", [frame])?.summary).toBe('{"currency":"EUR","units":9}');
    expect(decodeAll([frame])[0]?.decoder).not.toBe("protobuf-schema");
    for (const broken of ["", "{}", choiceOf("[]", [{ type: "shop.Money" }]), choiceOf(schema, [{ type: "of nobody" }])]) expect(decodeAll([frame], { ...UNKNOWN, schema: broken })[0]?.decoder).not.toBe("protobuf-schema");
  });

  it("writes an edited value as the library reads it", () => {
    const edit = (connection: ConnectionFacts, frame: Uint8Array, json: string): Uint8Array => {
      const { document } = readJson(bytesOf(json));
      const [message] = (document && decoderById("protobuf-schema")?.encode?.(document, { frame: sent(frame), connection })) ?? [];
      return message?.bytes ?? new Uint8Array(0);
    };
    const read = (bytes: Uint8Array): unknown => ENVELOPE.toObject(ENVELOPE.decode(bytes), { longs: String });
    const rules: TypeRule[] = [{ type: "shop.Envelope" }];
    expect(read(edit(facts(rules), envelope({ request_id: 7, paid: { units: 5 } }), '{"request_id":9007199254740993,"paid":{"units":-5}}'))).toEqual({ request_id: "9007199254740993", paid: { units: "-5" } });
    const one = edit(facts(rules, "delimited"), delimited(envelope({ request_id: 7 })), '{"request_id":8}');
    expect([one[0], read(one.subarray(1))]).toEqual([one.length - 1, { request_id: "8" }]);
  });

  it("throws at no bytes, whatever the rules", () => {
    const rule = fc.record({ type: fc.constantFrom("shop.All", "shop.Known", "x"), direction: fc.constantFrom("sent", "received"), first: fc.constantFrom("1", "3=5", "x=", "=") }, { requiredKeys: ["type"] });
    fc.assert(
      fc.property(fc.array(rule as fc.Arbitrary<TypeRule>, { maxLength: 3 }), fc.constantFrom("message", "delimited"), fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 }), (rules, framing, frames) => {
        const read = (): unknown => decodeAll(frames.map(received), facts(rules, framing)).map((one) => [one?.label, one?.problem]);
        expect(read()).toEqual(read());
      }),
      { numRuns: 100 },
    );
  });
});
