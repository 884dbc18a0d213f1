import fc from "fast-check";
import { expect, it } from "vitest";
import type { Decoded, DecodeSession, FrameToDecode } from "../../../src/decode/decoder.ts";
import { FieldReader } from "../../../src/decode/fields/message-fields.ts";
import { openJson } from "../../../src/decode/json/json-session.ts";
import { JsonShapes } from "../../../src/decode/json/json-shapes.ts";
import { readJson } from "../../../src/decode/json/read-json.ts";
import { toJson } from "../../../src/decode/value-json.ts";
import type { Direction } from "../../../src/model/frame.ts";
import type { MessageId } from "../../../src/model/message-id.ts";
import { someOf } from "../../some-of.ts";
import { bytesOf } from "../messages.ts";

/** One that is asked for values reads every message whole. */
const open = (wantsValue: boolean): DecodeSession => openJson({ connection: { subprotocol: "", url: "" }, maxBytes: 1 << 20, isPinned: false, wantsValue, carried: () => undefined });

const told = (session: DecodeSession, frame: FrameToDecode): unknown => toldOf(session.decode(frame));

const toldOf = (decoded: Decoded | undefined): unknown => {
  if (decoded === undefined) return undefined;
  const { label, kind, id, answers, topic, layers, problem, summary, isJson, value } = decoded;
  return { label, kind, id, answers, topic, layers, problem, summary, isJson, value: value && toJson(value) };
};

const KEYS = ["type", "op", "method", "event", "e", "id", "seq", "ref", "reply_to", "symbol", "channel", "params", "arg", "data", "result", "error", "jsonrpc", "px", "note"];
const known = fc.constantFrom('"tick"', '"order.new"', '"ack"', '"ping"', '"error"', '"event"', '"BTC-USD"', '"2.0"', String.raw`"a\"b"`, String.raw`"\u0074ick"`, '"汉"', '""', '"lorem ipsum dolor sit amet"');
const string = fc.oneof({ weight: 5, arbitrary: known }, { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }).map((text) => JSON.stringify(text)) });
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
const message = (forms: readonly Form[]) =>
  fc.record({
    message: fc.constantFrom(...forms).chain(({ direction, gap, entries }) => fc.tuple(...entries.map(({ key, kind: values }) => fc.oneof({ weight: 12, arbitrary: values }, { weight: 1, arbitrary: fc.oneof(string, number, word, nested) }).map((value) => `${gap}"${key}":${gap}${value}`))).map((parts) => ({ direction, text: `{${parts.join(",")}${gap}}` }))),
    change: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.record({ at: fc.nat(200), byte: fc.constantFrom(...bytesOf('"\\,:{}[]0 .-e\u0001'), 0xff) }) }),
    cut: fc.oneof({ weight: 10, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 }) }),
    tail: fc.oneof({ weight: 10, arbitrary: fc.constant("") }, { weight: 1, arbitrary: fc.constantFrom("\n", " ", "x", "}", "{}", '{"type":"tick"}', "\u001e") }),
    opcode: fc.oneof({ weight: 10, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(2) }),
  });
const traffic = fc.array(form, { minLength: 1, maxLength: 3 }).chain((forms) => fc.array(message(forms), { minLength: 1, maxLength: 40 }));
/** So many that which key is the label is learnt, and the same values come again. */
const longTraffic = fc.array(form, { minLength: 1, maxLength: 2 }).chain((forms) => fc.array(message(forms), { minLength: 80, maxLength: 120 }));

type Message = typeof traffic extends fc.Arbitrary<(infer M)[]> ? M : never;

function frameOf({ message: { direction, text }, change, cut, tail, opcode }: Message): FrameToDecode {
  const bytes = bytesOf(text + tail);
  if (change !== undefined && change.at < bytes.length) bytes[change.at] = change.byte;
  return { bytes: bytes.subarray(0, Math.max(0, bytes.length - cut)), opcode, direction };
}

/** As a capture is decoded: by what stands in columns alone where that is known, amidst other messages. */
function toldInColumns(session: DecodeSession, frame: FrameToDecode): unknown {
  const { bytes, opcode, direction } = frame;
  const page = new Uint8Array([...bytesOf('"type":"x'), ...bytes, ...bytesOf('"}')]);
  const inColumns = opcode === 1 ? session.known?.(page, 9, 9 + bytes.length, direction) : undefined;
  if (inColumns === undefined) return told(session, frame);
  const whole = inColumns.whole(bytes);
  const textOf = (id: MessageId | undefined): string | undefined => (id === undefined ? undefined : String(id));
  expect([inColumns.label, inColumns.kind, textOf(inColumns.id), textOf(inColumns.answers), inColumns.topic]).toStrictEqual([whole.label, whole.kind, whole.id, whole.answers, whole.topic]);
  return toldOf(whole);
}

it("says of messages of shapes that came before what a whole reading says, whatever is wrong with them", () => {
  const isAlike = (messages: readonly Message[]): void => {
    const [quick, amidst, whole] = [open(false), open(false), open(true)];
    for (const each of messages) {
      const frame = frameOf(each);
      const expected = told(whole, frame);
      expect(told(quick, frame)).toStrictEqual(expected);
      expect(toldInColumns(amidst, frame)).toStrictEqual(expected);
    }
  };
  fc.assert(fc.property(traffic, isAlike), { numRuns: someOf(150) });
  fc.assert(fc.property(longTraffic, isAlike), { numRuns: someOf(60) });
});

it("knows messages of a shape again, and only these", () => {
  const shapes = new JsonShapes(new FieldReader(), "received");
  const first = bytesOf('{"type":"tick","px":63000.5,"arg":{"channel":"trades"},"rows":[1,2],"last":true}');
  const read = (text: string) => shapes.read(bytesOf(text), 0, text.length);
  expect(shapes.read(first, 0, first.length)).toBeUndefined();
  const { document } = readJson(first);
  if (document === undefined) throw new Error("no JSON");
  shapes.learn(first, document);
  expect(read('{"type":"tock","px":-1e3,"arg":{"channel":"books"},"rows":[],"last":false}')).toMatchObject({ label: "tock", topic: "books" });
  const others = ['{"type":"tick","px":"1","arg":{"channel":"trades"},"rows":[1,2],"last":true}', '{"type":"tick","px":01,"arg":{"channel":"trades"},"rows":[1,2],"last":true}', '{"type":"tick","px":1,"arg":{"channel":"trades"},"rows":[1,2,],"last":true}', '{"type":"tick","px":1,"arg":{"channel":"trades"},"rows":{},"last":true}', '{"type":"tick","px":1,"arg":{"channel":"trades"},"rows":[1,2],"last":true} ', '{"type":"tick","px":1,"arg":{"channel":"trades"},"rows":[1,2],"last":nul}', '{"type":"ti\u0001ck","px":1,"arg":{"channel":"trades"},"rows":[1,2],"last":true}', '{"type":"tick","px":1'];
  for (const other of others) expect(read(other), other).toBeUndefined();
});

it("finds what a message is called once for all that hold the same, and ids and topics of each", () => {
  const session = open(false);
  const messages = Array.from({ length: 400 }, (_, index) => `{"type":"${["order", "cancel"][index % 2]}","id":${index},"sym":"${["BTC", "ETH", "SOL"][index % 3]}","error":${index % 5 === 0 ? '"late"' : "null"}}`);
  let quick = 0;
  for (const [index, text] of messages.entries()) {
    const bytes = bytesOf(text);
    const inColumns = session.known?.(bytes, 0, bytes.length, "sent");
    if (inColumns !== undefined) quick++;
    const said = inColumns ?? session.decode({ bytes, opcode: 1, direction: "sent" }) ?? expect.unreachable();
    expect([said.label, said.kind, Number(said.id), said.topic]).toEqual([["order", "cancel"][index % 2], index % 5 === 0 ? "error" : "request", index, ["BTC", "ETH", "SOL"][index % 3]]);
  }
  expect(quick).toBeGreaterThan(390);
});

it("rests where no two messages are of one shape, and asks again later", () => {
  const session = open(false);
  const label = (index: number): string | undefined => session.decode({ bytes: bytesOf(`{"k${index}":1,"type":"t${index % 3}"}`), opcode: 1, direction: "received" })?.label;
  for (let index = 0; index < 1500; index++) expect(label(index)).toBe(`t${index % 3}`);
});
