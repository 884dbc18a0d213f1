import { sought, NO_NODE, NUMBER, type ValueDocument } from "../../model/value-document.ts";
import { JsonSource } from "../json/json-source.ts";
import type { SocketPacket } from "./socket-packet.ts";

/** A packet whose attachments are still coming, in one direction. */
export interface AwaitedAttachments {
  readonly packet: SocketPacket;
  readonly label: string;
  /** Those that came; one that was too long to keep is undefined. */
  readonly came: (Uint8Array | undefined)[];
  keptBytes: number;
  /** The packet's row and theirs, where they are known. */
  readonly rows: number[];
}

/** Keeps a copy, because the bytes belong to the log, up to `maxBytes` a packet. */
export function addAttachment(awaited: AwaitedAttachments, bytes: Uint8Array, row: number | undefined, maxBytes: number): void {
  const isKept = awaited.keptBytes + bytes.length <= maxBytes;
  if (isKept) awaited.keptBytes += bytes.length;
  if (row !== undefined) awaited.rows.push(row);
  awaited.came.push(isKept ? bytes.slice() : undefined);
}

/**
 * The packet's data with its attachments in the places of `{"_placeholder":true,"num":0}`; the packet's own row shows
 * `data` as it came. A placeholder of no attachment stays as it is. Cost: one walk.
 */
export function fillIn(data: ValueDocument, attachments: readonly (Uint8Array | undefined)[]): ValueDocument {
  if (!(data.source instanceof JsonSource)) return data;
  return data.withBytes(data.source.with(attachments), (node) => {
    const place = placeholderOf(data, node);
    return place !== undefined && attachments[place] !== undefined ? place : undefined;
  });
}

const PLACEHOLDER = sought("_placeholder");
const NUM = sought("num");

/** The number of the attachment that belongs in a node's place. */
function placeholderOf(data: ValueDocument, node: number): number | undefined {
  // Its two keys, and hardly more: a big object is not searched.
  if (!data.isContainer(node) || data.childrenOf(node) > MOST_KEYS) return undefined;
  const sign = data.find(node, PLACEHOLDER);
  const num = data.find(node, NUM);
  if (sign === NO_NODE || num === NO_NODE || data.textOf(sign) !== "true" || data.kindOf(num) !== NUMBER) return undefined;
  return Number(data.textOf(num));
}

const MOST_KEYS = 8;
