import { isLike } from "../../model/is-like.ts";
import type { TypeRule } from "../../model/schema-choice.ts";
import type { FrameToDecode } from "../decoder.ts";
import { utf8Between } from "../utf8-text.ts";
import { DELIMITED, fieldAt, VARINT, varintText } from "./wire.ts";

/** Whether a rule is of a message, which is `bytes`. */
export function ruleFits({ direction, topic, first }: TypeRule, frame: Pick<FrameToDecode, "direction" | "topic">, bytes: Uint8Array): boolean {
  if (direction !== undefined && direction !== frame.direction) return false;
  if (topic !== undefined && (frame.topic === undefined || !isLike(frame.topic, topic))) return false;
  return first === undefined || firstFits(first, bytes);
}

/** `1` or `1=5`: the number of the first field, and its value. */
function firstFits(first: string, bytes: Uint8Array): boolean {
  const [number = "", value] = first.split("=", 2);
  const field = fieldAt(bytes, 0, bytes.length, true);
  if (field === undefined || String(field.number) !== number.trim()) return false;
  if (value === undefined) return true;
  const { wire, from, to } = field;
  const text = wire === VARINT ? varintText(bytes, from, to) : wire === DELIMITED ? utf8Between(bytes, from, to) : undefined;
  return text === value.trim();
}
