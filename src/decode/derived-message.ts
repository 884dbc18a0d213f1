import type { MessageKind } from "../model/message-kind.ts";
import { BYTES, type ValueDocument } from "../model/value-document.ts";
import type { Decoded, Layer } from "./decoder.ts";
import { DecodedMessage } from "./decoded-message.ts";
import { JsonSource } from "./json/json-source.ts";
import { readJson } from "./json/read-json.ts";
import { toJson } from "./value-json.ts";

/**
 * What a message says that its payload alone does not, as bytes to be kept: a number of 32 bits, so many bytes of JSON (the
 * head), the value as JSON, and behind it the bytes that stand in the value, for which JSON has `null`.
 */
interface Head extends Pick<Decoded, "decoder" | "label" | "summary" | "isJson" | "isPartial" | "joined"> {
  readonly kind: MessageKind;
  readonly id?: string | undefined;
  readonly answers?: string | undefined;
  readonly topic?: string | undefined;
  readonly namespace?: string | undefined;
  readonly layers: readonly Layer[];
  /** Bytes of the value's JSON; null where the payload alone gives the value. */
  readonly json: number | null;
  /** Node and length of each of the value's bytes, node and length … */
  readonly attached: readonly number[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const COUNT_BYTES = 4;

/** Of a message with `derives`. Numbers keep their digits, keys their order, bytes are bytes. Cost: a walk over the value. */
export function encodeDerived(decoded: Decoded): Uint8Array<ArrayBuffer> {
  const value = decoded.derives === "value" ? decoded.value : undefined;
  const attached: number[] = [];
  const parts: Uint8Array[] = [];
  const json = value && encoder.encode(jsonOf(value, attached, parts));
  const { decoder: by, label, kind, summary, id, answers, topic, namespace, isJson, isPartial, layers, joined } = decoded;
  const head: Head = { decoder: by, label, kind, summary, id, answers, topic, namespace, isJson, isPartial, layers, joined, json: json?.length ?? null, attached };
  const headBytes = encoder.encode(JSON.stringify(head));
  const all = [headBytes, json ?? NOTHING, ...parts];
  const bytes = new Uint8Array(all.reduce((sum, { length }) => sum + length, COUNT_BYTES));
  new DataView(bytes.buffer).setUint32(0, headBytes.length);
  let at = COUNT_BYTES;
  for (const part of all) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const NOTHING = new Uint8Array(0);

function jsonOf(value: ValueDocument, attached: number[], parts: Uint8Array[]): string {
  const roots: string[] = [];
  const withoutBytes = (node: number): string | undefined => {
    if (value.kindOf(node) !== BYTES) return undefined;
    const bytes = value.bytesOf(node);
    attached.push(node, bytes.length);
    parts.push(bytes);
    return "null";
  };
  for (let root = 0; root < value.count; root = value.endOf(root)) roots.push(toJson(value, root, withoutBytes));
  return roots.join("\n");
}

/** Reads back what `encodeDerived` wrote. `own`: makes of the payload alone what is read of it, where that is the value. */
export function readDerived(bytes: Uint8Array, own: () => Decoded | undefined): Decoded {
  const headEnd = COUNT_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const { json, attached, ...head } = JSON.parse(decoder.decode(bytes.subarray(COUNT_BYTES, headEnd))) as Head;
  return new DecodedMessage({
    ...head,
    derives: json === null ? "layers" : "value",
    value: json === null ? () => own()?.value : () => valueIn(bytes, headEnd, headEnd + json, attached),
  });
}

/** The value that `encodeDerived` wrote, as JSON; undefined where the payload alone gives it. */
export function derivedText(bytes: Uint8Array): string | undefined {
  const headEnd = COUNT_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const { json } = JSON.parse(decoder.decode(bytes.subarray(COUNT_BYTES, headEnd))) as Head;
  return json === null ? undefined : decoder.decode(bytes.subarray(headEnd, headEnd + json));
}

function valueIn(bytes: Uint8Array, from: number, to: number, attached: readonly number[]): ValueDocument | undefined {
  const { document } = readJson(bytes.subarray(from, to));
  if (document === undefined || attached.length === 0 || !(document.source instanceof JsonSource)) return document;
  const places = new Map<number, number>();
  const parts: Uint8Array[] = [];
  for (let i = 0, at = to; i < attached.length; i += 2) {
    const length = attached[i + 1] as number;
    places.set(attached[i] as number, parts.length);
    parts.push(bytes.subarray(at, at + length));
    at += length;
  }
  return document.withBytes(document.source.with(parts), (node) => places.get(node));
}
