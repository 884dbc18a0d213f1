import fc from "fast-check";
import { expect, it } from "vitest";
import type { DecodeSession, FrameToDecode } from "../../../src/decode/decoder.ts";
import { FieldReader } from "../../../src/decode/fields/message-fields.ts";
import { openJson } from "../../../src/decode/json/json-session.ts";
import { JsonShapes } from "../../../src/decode/json/json-shapes.ts";
import { readJson } from "../../../src/decode/json/read-json.ts";
import { toJson } from "../../../src/decode/value-json.ts";
import type { Direction } from "../../../src/model/frame.ts";
import { bytesOf } from "../messages.ts";

/** One that is asked for values reads every message whole. */
const open = (wantsValue: boolean): DecodeSession => openJson({ connection: { subprotocol: "", url: "" }, maxBytes: 1 << 20, isPinned: false, wantsValue, carried: () => undefined });

const told = (session: DecodeSession, frame: FrameToDecode): unknown => {
  const decoded = session.decode(frame);
  if (decoded === undefined) return undefined;
  const { label, kind, id, answers, topic, layers, problem, summary, isJson, value } = decoded;
  return { label, kind, id, answers, topic, layers, problem, summary, isJson, value: value && toJson(value) };
};

const KEYS = ["type", "op", "method", "event", "e", "id", "seq", "ref", "reply_to", "symbol", "channel", "params", "arg", "data", "result", "error", "jsonrpc", "px", "note"];
const string = fc.constantFrom('"tick"', '"order.new"', '"ack"', '"ping"', '"error"', '"event"', '"BTC-USD"', '"2.0"', String.raw`"a\"b"`, String.raw`"\u0074ick"`, '"汉"', '""', '"lorem ipsum dolor sit amet"');
const number = fc.constantFrom("0", "-1", "7", "7.0", "1e3", "12345678901234567890", "0.25");
const word = fc.constantFrom("true", "false", "null");
const nested = fc.constantFrom("{}", "[]", '{"px":1,"qty":[1,2]}', '[["1","2"],["3","4"]]', '{"channel":"trades","x":null}', '{"symbol":"A","y":{"z":[]}}');
const kind = fc.constantFrom(string, number, word, nested);

interface Form {
  readonly direction: Direction;
  readonly gap: string;
  readonly entries: readonly { readonly key: string; readonly kind: fc.Arbitrary<string> }[];
}
const form: fc.Arbitrary<Form> = fc.record({
  direction: fc.constantFrom<Direction>("sent", "received"),
  gap: fc.constantFrom("", " ", "\n  "),
  entries: fc.array(fc.record({ key: fc.constantFrom(...KEYS), kind }), { maxLength: 8 }),
});

/** Messages of few forms, whose values change, and now and then one that is cut, longer, or has another byte. */
const traffic = fc.array(form, { minLength: 1, maxLength: 3 }).chain((forms) =>
  fc.array(
    fc.record({
      message: fc.constantFrom(...forms).chain(({ direction, gap, entries }) => fc.tuple(...entries.map(({ key, kind: values }) => fc.oneof({ weight: 12, arbitrary: values }, { weight: 1, arbitrary: fc.oneof(string, number, word, nested) }).map((value) => `${gap}"${key}":${gap}${value}`))).map((parts) => ({ direction, text: `{${parts.join(",")}${gap}}` }))),
      change: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.record({ at: fc.nat(200), byte: fc.constantFrom(...bytesOf('"\\,:{}[]0 .-e\u0001'), 0xff) }) }),
      cut: fc.oneof({ weight: 10, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 }) }),
      tail: fc.oneof({ weight: 10, arbitrary: fc.constant("") }, { weight: 1, arbitrary: fc.constantFrom("\n", " ", "x", "}", "{}", '{"type":"tick"}', "\u001e") }),
      opcode: fc.oneof({ weight: 10, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(2) }),
    }),
    { minLength: 1, maxLength: 40 },
  ),
);

it("says of messages of shapes that came before what a whole reading says, whatever is wrong with them", () => {
  fc.assert(
    fc.property(traffic, (messages) => {
      const [quick, whole] = [open(false), open(true)];
      for (const { message, change, cut, tail, opcode } of messages) {
        const bytes = bytesOf(message.text + tail);
        if (change !== undefined && change.at < bytes.length) bytes[change.at] = change.byte;
        const frame = { bytes: bytes.subarray(0, bytes.length - cut), opcode, direction: message.direction };
        expect(told(quick, frame)).toStrictEqual(told(whole, frame));
      }
    }),
    { numRuns: 150 },
  );
});

it("knows messages of a shape again, and only these", () => {
  const shapes = new JsonShapes(new FieldReader(), "received");
  const first = bytesOf('{"type":"tick","px":63000.5,"arg":{"channel":"trades"},"rows":[1,2],"last":true}');
  expect(shapes.read(first)).toBeUndefined();
  const { document } = readJson(first);
  if (document === undefined) throw new Error("no JSON");
  shapes.learn(first, document);
  expect(shapes.read(bytesOf('{"type":"tock","px":-1e3,"arg":{"channel":"books"},"rows":[],"last":false}'))).toMatchObject({ label: "tock", topic: "books" });
  const others = ['{"type":"tick","px":"1","arg":{"channel":"trades"},"rows":[1,2],"last":true}', '{"type":"tick","px":01,"arg":{"channel":"trades"},"rows":[1,2],"last":true}', '{"type":"tick","px":1,"arg":{"channel":"trades"},"rows":[1,2,],"last":true}', '{"type":"tick","px":1,"arg":{"channel":"trades"},"rows":{},"last":true}', '{"type":"tick","px":1,"arg":{"channel":"trades"},"rows":[1,2],"last":true} ', '{"type":"tick","px":1,"arg":{"channel":"trades"},"rows":[1,2],"last":nul}', '{"type":"ti\u0001ck","px":1,"arg":{"channel":"trades"},"rows":[1,2],"last":true}', '{"type":"tick","px":1'];
  for (const other of others) expect(shapes.read(bytesOf(other)), other).toBeUndefined();
});

it("rests where no two messages are of one shape, and asks again later", () => {
  const session = open(false);
  const label = (index: number): string | undefined => session.decode({ bytes: bytesOf(`{"k${index}":1,"type":"t${index % 3}"}`), opcode: 1, direction: "received" })?.label;
  for (let index = 0; index < 1500; index++) expect(label(index)).toBe(`t${index % 3}`);
});
