import { OPCODE_BINARY, OPCODE_TEXT } from "../../model/frame.ts";
import type { FrameToDecode } from "../decoder.ts";

const LESS = 0x3c;
const GREATER = 0x3e;
const SPACE = 0x20;
/** Spaces and a byte order mark that are passed over. */
const MOST_BEFORE = 16;

/** Whether a message begins and ends with angle brackets, spaces aside. */
export function mayBeXml({ bytes, opcode }: Pick<FrameToDecode, "bytes" | "opcode">): boolean {
  if (opcode !== OPCODE_TEXT && opcode !== OPCODE_BINARY) return false;
  let from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (from < MOST_BEFORE && (bytes[from] ?? LESS) <= SPACE) from++;
  let to = bytes.length - 1;
  for (let i = 0; i < MOST_BEFORE && to > from && (bytes[to] ?? GREATER) <= SPACE; i++) to--;
  return bytes[from] === LESS && bytes[to] === GREATER;
}
