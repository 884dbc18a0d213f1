import type { LookedAt } from "../contract/inspect.ts";
import { readJson } from "../decode/json/read-json.ts";
import { directionOf, isMessage, isPayloadUnreported, OPCODE_TEXT, opcodeOf } from "../model/frame.ts";
import { LABEL_KEYS, WEAK_LABEL_KEYS } from "../model/message-keys.ts";
import { frameIndex } from "../model/units.ts";
import { ARRAY, NO_NODE, NUMBER, OBJECT, sought, STRING, type ValueDocument } from "../model/value-document.ts";
import { exactValue, fieldCondition, pathCondition } from "../query/edit.ts";
import { printQuery } from "../query/print.ts";
import type { Query } from "../query/query.ts";
import type { CaptureLog } from "./capture-log.ts";
import { labelAt, messageLabelAt } from "./decoded-row.ts";

/** Longer messages are told by what they are alone. */
const MOST_READ = 1 << 20;
const SOCKET_IO = /[?&]EIO=[34](?:[&#]|$)/;
const EVENT = /^4(?:2|5\d+-)(?:\/[^,]*,)?\d*\["((?:[^"\\]|\\.)*)"/;
const LIKE_NAME = /^[\p{L}_$][\p{L}\p{N}_$.:/@|-]{0,79}$/u;

/**
 * The filter of a rule for messages like this one of its connection, as a page tests it: there no decoder runs, so of what the
 * Type column says it takes what the message itself says, and this message meets it. Null: no such message.
 */
export function ruleFilter(capture: CaptureLog, { frame, message = 0 }: LookedAt): string | null {
  const { log, table } = capture;
  if (frame >= log.length) return null;
  const index = frameIndex(frame);
  const bits = log.bitsAt(index);
  const connection = table.connections.get(log.connectionAt(index));
  if (!isMessage(bits) || directionOf(bits) === undefined || connection === undefined) return null;
  const isText = opcodeOf(bits) === OPCODE_TEXT;
  const bytes = isPayloadUnreported(bits) || log.lengthAt(index) > MOST_READ ? undefined : log.payloadRange(index, 0, log.lengthAt(index)).slice();
  const what = (bytes && saidIn(bytes, connection.url, [messageLabelAt(capture, index, message), labelAt(capture, index)])) ?? fieldCondition("is", isText ? "text" : "binary");
  const parts: Query[] = [what];
  const place = connection.url.replace(/^[a-z]+:\/\//i, "").replace(/[?#].*$/s, "");
  if (place !== "") parts.push({ kind: "field", name: "url", value: exactValue(place) });
  return printQuery(parts.length === 1 ? what : { kind: "and", parts });
}

/** What a message says of itself by the first of these names that it says. */
function saidIn(bytes: Uint8Array<ArrayBuffer>, url: string, labels: readonly string[]): Query | undefined {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
  // There a page takes nothing but an event for a name.
  const isSocketIo = SOCKET_IO.test(url);
  const event = isSocketIo ? EVENT.exec(text)?.[1] : undefined;
  const { document } = event === undefined && /^\s*[[{]/.test(text) ? readJson(bytes) : {};
  const object = document === undefined ? NO_NODE : firstObject(document);
  for (const label of new Set(labels)) {
    if (label === event) return fieldCondition("type", label);
    const key = document === undefined || object === NO_NODE ? undefined : keyOf(document, object, label);
    if (key?.isType === true && !isSocketIo) return fieldCondition("type", label);
    if (key !== undefined) return pathCondition([...(object === 0 ? [] : [{ kind: "index", index: 0, deep: false } as const]), { kind: "key", key: key.name, deep: false }], { kind: "string", text: label });
    if (label !== "" && label !== "text" && label !== "binary" && text.toLowerCase().includes(label.toLowerCase())) return { kind: "text", text: label };
  }
  return undefined;
}

/** A message's object, or the first entry of a list where that is one. */
function firstObject(document: ValueDocument): number {
  if (document.kindOf(0) === OBJECT) return 0;
  return document.kindOf(0) === ARRAY && document.count > 1 && document.kindOf(1) === OBJECT ? 1 : NO_NODE;
}

/** The key that has a label; `isType`: it is the one by which `type:` goes. */
function keyOf(document: ValueDocument, object: number, label: string): { readonly name: string; readonly isType: boolean } | undefined {
  let isFirst = true;
  for (const [rank, name] of [...LABEL_KEYS, ...WEAK_LABEL_KEYS].entries()) {
    const node = document.find(object, sought(name));
    const kind = node === NO_NODE ? undefined : document.kindOf(node);
    if (kind !== STRING && kind !== NUMBER) continue;
    const value = document.textOf(node);
    if (rank >= LABEL_KEYS.length && !LIKE_NAME.test(value)) continue;
    if (value === label && (isFirst || kind === STRING)) return { name, isType: isFirst };
    isFirst = false;
  }
  return undefined;
}
