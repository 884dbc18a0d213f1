import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { STRING, type ValueDocument } from "../../model/value-document.ts";
import { bytesAt } from "../bytes-of-value.ts";
import { lendJson } from "../json/read-json.ts";
import { toJson } from "../value-json.ts";
import { utf8Between } from "../utf8-text.ts";
import { findStompFrame } from "./read-frame.ts";

const encoder = new TextEncoder();

/** A frame with another body: the rest of it stays, and its length is told where it was. */
export function writeStompBody(value: ValueDocument, like: Uint8Array): Uint8Array {
  const found = findStompFrame(like, 0);
  if (typeof found !== "object" || found.command === "") throw new Refusal(say("decode.cannot-encode-frame", { format: "STOMP" }));
  const { body, end, headers } = found;
  const wasJson = end > body && lendJson(like, body, end).problem === undefined;
  const bytes = bytesAt(value, 0) ?? encoder.encode(!wasJson && value.kindOf(0) === STRING ? value.textOf(0) : toJson(value));
  // Without a length the first NUL ends the body.
  if (!headers.has("content-length") && bytes.includes(0)) throw new Refusal(say("decode.cannot-encode-frame", { format: "STOMP" }));
  const head = utf8Between(like, 0, body).replace(/^(content-length:)\d+/m, `$1${bytes.length}`);
  const headBytes = encoder.encode(head);
  const all = new Uint8Array(headBytes.length + bytes.length + 1);
  all.set(headBytes);
  all.set(bytes, headBytes.length);
  return all;
}
