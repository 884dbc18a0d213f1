import fc from "fast-check";
import { bytesOf } from "../messages.ts";

/** The specification written a second time: any value in any of its forms, with what `entriesOf` says of it. */
interface Written {
  readonly bytes: readonly number[];
  readonly entries: readonly string[];
  /** As a map's key. */
  readonly key: string;
}

const big = (value: bigint | number, bytes: number): number[] => Array.from({ length: bytes }, (_, i) => Number((BigInt(value) >> BigInt(8 * (bytes - 1 - i))) & 0xffn));
const view = (bytes: number, write: (view: DataView) => void): number[] => {
  const data = new DataView(new ArrayBuffer(bytes));
  write(data);
  return [...new Uint8Array(data.buffer)];
};
const one = (bytes: readonly number[], json: string, key = `$key:${json}`): Written => ({ bytes, entries: [json], key });

const integer = fc.oneof(
  fc.nat(127).map((value) => one([value], String(value), String(value))),
  fc.integer({ min: -32, max: -1 }).map((value) => one([value & 0xff], String(value), String(value))),
  ...[1, 2, 4, 8].flatMap((width, place) => [
    fc.bigInt({ min: 0n, max: (1n << BigInt(8 * width)) - 1n }).map((value) => one([0xcc + place, ...big(value, width)], String(value), String(value))),
    fc.bigInt({ min: -(1n << BigInt(8 * width - 1)), max: (1n << BigInt(8 * width - 1)) - 1n }).map((value) => one([0xd0 + place, ...big(value, width)], String(value), String(value))),
  ]),
);
const floatText = (value: number): string => (Object.is(value, -0) ? "-0" : Number.isFinite(value) ? String(value) : JSON.stringify(String(value)));
const float = fc.oneof(
  fc.double().map((value) => one([0xcb, ...view(8, (data) => data.setFloat64(0, value))], floatText(value))),
  fc.float().map((value) => one([0xca, ...view(4, (data) => data.setFloat32(0, value))], floatText(value))),
);
const text = fc.string({ unit: "grapheme", maxLength: 40 }).chain((value) => {
  const bytes = [...bytesOf(value)];
  const heads = [[0xd9, ...big(bytes.length, 1)], [0xda, ...big(bytes.length, 2)], [0xdb, ...big(bytes.length, 4)], ...(bytes.length < 32 ? [[0xa0 | bytes.length]] : [])];
  return fc.constantFrom(...heads.filter(([head]) => head !== 0xd9 || bytes.length < 256)).map((head) => one([...head, ...bytes], JSON.stringify(value), value));
});
export const base64 = (bytes: readonly number[]): string => `{"$bytes":"${Buffer.from(bytes).toString("base64")}","length":${bytes.length}}`;
const data = fc.uint8Array({ maxLength: 20 }).map((bytes) => [...bytes]);
const bytes = fc.tuple(data, fc.constantFrom(1, 2, 4)).map(([body, width]) => one([{ 1: 0xc4, 2: 0xc5, 4: 0xc6 }[width] ?? 0, ...big(body.length, width), ...body], base64(body)));
/** A text that is no UTF-8, as the type was used for bytes once. */
export const brokenText = data.map((body) => [...body, 0xff]).map((body) => one([0xa0 | body.length, ...body], base64(body)));
const extension = fc.tuple(fc.integer({ min: 0, max: 127 }), data, fc.constantFrom(1, 2, 4)).map(([type, body, width]): Written => {
  const head = { 1: 0xc7, 2: 0xc8, 4: 0xc9 }[width] ?? 0;
  return { bytes: [head, ...big(body.length, width), type, ...body], entries: ["{2", `$ext: ${type}`, `data: ${base64(body)}`], key: `$key:{"$ext":${type},"data":${base64(body)}}` };
});
export const scalar = fc.oneof(integer, float, text, bytes, extension, fc.constantFrom(one([0xc0], "null"), one([0xc2], "false"), one([0xc3], "true")));
const head = (small: number, wide: number, count: number): fc.Arbitrary<number[]> => fc.constantFrom([small | count], [wide, ...big(count, 2)], [wide + 1, ...big(count, 4)]);

/** `otherKey`: what a map may have for a key besides. */
export const anyValue = (leaf: fc.Arbitrary<Written>, otherKey: fc.Arbitrary<Written> = scalar): fc.Arbitrary<Written> =>
  fc.letrec<{ value: Written }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.array(tie("value"), { maxLength: 4 }).chain((values) =>
        head(0x90, 0xdc, values.length).map((begin) => ({ bytes: [...begin, ...values.flatMap((value) => value.bytes)], entries: [`[${values.length}`, ...values.flatMap(({ entries }) => entries)], key: "" })),
      ),
      fc.array(fc.tuple(fc.oneof(text, integer, otherKey), tie("value")), { maxLength: 4 }).chain((pairs) =>
        head(0x80, 0xde, pairs.length).map((begin) => ({
          bytes: [...begin, ...pairs.flatMap(([key, value]) => [...key.bytes, ...value.bytes])],
          entries: [`{${pairs.length}`, ...pairs.flatMap(([key, { entries: [first, ...rest] }]) => [`${key.key}: ${first}`, ...rest])],
          key: "",
        })),
      ),
    ),
  })).value;

/** Any value of MessagePack, in any of its forms. */
export const anyMessagePack = anyValue(scalar);
