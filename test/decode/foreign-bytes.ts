import fc from "fast-check";

/** What other protocols send in binary messages, made by the shape of their formats; none of it is MessagePack. */

const concat = (...parts: readonly (readonly number[])[]): number[] => parts.flat();
const ascii = fc.string({ unit: "grapheme-ascii", maxLength: 20 }).map((text) => [...Buffer.from(text)]);
const data = fc.uint8Array({ maxLength: 24 }).map((bytes) => [...bytes]);

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 0x80))];
}

/** Protocol Buffers: tag and value after tag and value; fields from 16 on begin with bytes that begin maps. */
const protobuf = fc.letrec<{ message: number[] }>((tie) => ({
  message: fc
    .array(
      fc.tuple(fc.oneof(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 16, max: 40 }), fc.integer({ min: 1, max: 5000 })), fc.constantFrom("varint", "text", "data", "message", "64", "32"), fc.nat(1 << 28), ascii, data, fc.option(tie("message"), { depthSize: "small", nil: [] })).map(([field, type, number, text, bytes, message]) => {
        const tag = (wire: number): number[] => varint(field * 8 + wire);
        const body = type === "text" ? text : type === "data" ? bytes : message;
        if (type === "varint") return concat(tag(0), varint(number));
        if (type === "64") return concat(tag(1), varint(number).concat([0, 0, 0, 0, 0, 0, 0, 0]).slice(0, 8));
        if (type === "32") return concat(tag(5), varint(number).concat([0, 0, 0, 0]).slice(0, 4));
        return concat(tag(2), varint(body.length), body);
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((parts) => concat(...parts)),
})).message;

const cborHead = (major: number, value: number): number[] => (value < 24 ? [(major << 5) | value] : value < 256 ? [(major << 5) | 24, value] : [(major << 5) | 25, value >> 8, value & 0xff]);

/** CBOR (RFC 8949): its arrays begin as MessagePack's maps, its maps as texts. */
const cbor = fc.letrec<{ value: number[] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.nat(70_000 - 5000).map((value) => cborHead(0, value)),
    fc.nat(500).map((value) => cborHead(1, value)),
    data.map((bytes) => concat(cborHead(2, bytes.length), bytes)),
    ascii.map((bytes) => concat(cborHead(3, bytes.length), bytes)),
    fc.constantFrom<number[]>([0xf4], [0xf5], [0xf6], [0xfb, 0x40, 9, 0x21, 0xfb, 0x54, 0x44, 0x2d, 0x18], [0xc1, 0x1a, 0x66, 0x38, 0x80, 0x99]),
    fc.array(tie("value"), { maxLength: 26 }).map((values) => concat(cborHead(4, values.length), ...values)),
    fc.array(fc.tuple(ascii, tie("value")), { maxLength: 26 }).map((pairs) => concat(cborHead(5, pairs.length), ...pairs.flatMap(([key, value]) => [cborHead(3, key.length), key, value]))),
  ),
})).value;

const mqttText = (bytes: readonly number[]): number[] => [bytes.length >> 8, bytes.length & 0xff, ...bytes];
/** MQTT control packets: SUBSCRIBE begins with 0x82, SUBACK with 0x90. */
const mqtt = fc
  .tuple(fc.constantFrom(0x10, 0x20, 0x30, 0x32, 0x3b, 0x40, 0x50, 0x62, 0x70, 0x82, 0x90, 0xa2, 0xb0, 0xc0, 0xd0, 0xe0), fc.array(ascii, { maxLength: 4 }), data, fc.nat(0xffff))
  .map(([type, topics, rest, id]) => {
    const body = concat([id >> 8, id & 0xff], ...topics.map((topic) => [...mqttText(topic), 1]), rest);
    return concat([type], varint(body.length), body);
  });

/** Records of little-endian numbers, as games and charts send them, with a type byte that begins a map or an array. */
const records = fc
  .tuple(fc.integer({ min: 0x80, max: 0x9f }), fc.array(fc.oneof(fc.integer(), fc.nat(300), fc.float({ noNaN: true })), { minLength: 1, maxLength: 8 }), fc.option(ascii, { nil: [] }))
  .map(([type, numbers, name]) => {
    const view = new DataView(new ArrayBuffer(numbers.length * 4));
    for (const [i, number] of numbers.entries()) {
      if (Number.isInteger(number)) view.setInt32(i * 4, number, true);
      else view.setFloat32(i * 4, number, true);
    }
    return concat([type], [...new Uint8Array(view.buffer)], [name.length], name);
  });

/** A type byte, a length and a text: maps and arrays begin so, too. */
const tagged = fc.tuple(fc.integer({ min: 0x80, max: 0x9f }), fc.nat(0xff), ascii).map(([type, flags, text]) => concat([type, flags, text.length], text));

/** BSON: a length, then elements. */
const bson = fc.array(fc.tuple(ascii.filter((key) => !key.includes(0)), fc.nat(0xffff)), { maxLength: 12 }).map((pairs) => {
  const body = concat(...pairs.map(([key, value]) => [0x10, ...key, 0, value & 0xff, value >> 8, 0, 0]), [0]);
  return concat([(body.length + 4) & 0xff, (body.length + 4) >> 8, 0, 0], body);
});

export const foreignBytes: fc.Arbitrary<Uint8Array> = fc.oneof(protobuf, cbor, mqtt, records, tagged, bson, fc.uint8Array({ maxLength: 60 }).map((bytes) => [...bytes])).map((bytes) => Uint8Array.from(bytes));
