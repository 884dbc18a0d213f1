import { say, type Said } from "../../model/said.ts";
import { shortFloat } from "../short-float.ts";
import { isUtf8, utf8Between } from "../utf8-text.ts";
import type { ValueBuilder } from "../value-builder.ts";
import type { Scalar } from "./schema.ts";
import { varintBits } from "./wire.ts";

/** Where a value stands; it is as long as one of its type is. */
export interface ScalarPlace {
  readonly bytes: Uint8Array;
  /** Of the same bytes. */
  readonly view: DataView;
  readonly from: number;
  readonly to: number;
}

/** Tells one value of a type, numbers with all their digits. Answers what is wrong with it; then its bytes are told. */
export function tellScalar(builder: ValueBuilder, type: Scalar, { bytes, view, from, to }: ScalarPlace): Said | undefined {
  switch (type) {
    case "double":
      builder.double(view.getFloat64(from, true));
      return undefined;
    case "float":
      builder.double(shortFloat(view.getFloat32(from, true)));
      return undefined;
    case "string":
      if (!isUtf8(bytes, from, to)) {
        builder.bytes(bytes.subarray(from, to));
        return say("decode.msgpack-not-utf8");
      }
      builder.text(utf8Between(bytes, from, to));
      return undefined;
    case "bytes":
      builder.bytes(bytes.subarray(from, to));
      return undefined;
    default:
      builder.literal(literalOf(type, { bytes, view, from, to }));
      return undefined;
  }
}

/** A whole number or truth value as JSON writes it. */
function literalOf(type: Exclude<Scalar, "double" | "float" | "string" | "bytes">, { bytes, view, from, to }: ScalarPlace): string {
  switch (type) {
    case "int32":
      return String(Number(BigInt.asIntN(32, varintBits(bytes, from, to))));
    case "int64":
      return String(BigInt.asIntN(64, varintBits(bytes, from, to)));
    case "uint32":
      return String(BigInt.asUintN(32, varintBits(bytes, from, to)));
    case "uint64":
      return String(BigInt.asUintN(64, varintBits(bytes, from, to)));
    case "sint32":
      return String(fromZigzag(BigInt.asUintN(32, varintBits(bytes, from, to))));
    case "sint64":
      return String(fromZigzag(BigInt.asUintN(64, varintBits(bytes, from, to))));
    case "fixed32":
      return String(view.getUint32(from, true));
    case "fixed64":
      return String(view.getBigUint64(from, true));
    case "sfixed32":
      return String(view.getInt32(from, true));
    case "sfixed64":
      return String(view.getBigInt64(from, true));
    case "bool":
      return String(BigInt.asUintN(64, varintBits(bytes, from, to)) !== 0n);
  }
}

const fromZigzag = (bits: bigint): bigint => (bits >> 1n) ^ -(bits & 1n);
