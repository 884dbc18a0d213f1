import type { ExportFrame } from "../export-format.ts";
import { writeBase64Text } from "../writing/base64-text.ts";
import { LONGEST_ESCAPE, writeJsonText } from "../writing/json-text.ts";
import type { PieceWriter } from "../writing/piece-writer.ts";
import { isPlainText } from "../row-payload.ts";
import { knownTime } from "./times.ts";

/** More than everything of a message but its data: keys, type, time, opcode, flag. */
const LONGEST_REST = 256;

/** An event's name and id are as long as a server likes; the few that are long take the way of large messages. */
const SHORT_EVENT = 24;
const lengthOfEvent = ({ event }: ExportFrame): number => (event === undefined ? 0 : event.name.length + event.id.length);

/** Whether a row has a place in `_webSocketMessages`: messages and errors, as in Chrome. */
export const isHarMessage = (frame: ExportFrame): boolean => frame.kind === "message" || frame.kind === "error";

/**
 * Writes one element of `_webSocketMessages`: `type`, `time` (seconds since 1970; -1 where it is not known, as
 * Playwright has it), `opcode` (-1 for an error) and `data` (the text itself for opcode 1 and errors, else base64).
 * Answers false, and writes nothing, where the element might not fit the room left.
 */
export function writeSmallMessage(frame: ExportFrame, payload: Uint8Array, separator: string, writer: PieceWriter): boolean {
  // A note can be longer than all the rest together: the few that have one take the way of large messages.
  if (frame.note !== "" || frame.ruled !== undefined || lengthOfEvent(frame) > SHORT_EVENT || payload.length * LONGEST_ESCAPE + LONGEST_REST > writer.room) return false;
  writer.ascii(separator);
  if (!writeStart(frame, writer)) writer.ascii(messageStart(frame));
  if (isPlainText(frame)) writeJsonText(payload, 0, writer);
  else writeBase64Text(payload, 0, writer);
  writer.ascii(messageEnd(frame));
  return true;
}

/** The same for a message of any size, a piece at a time. */
export function* writeLargeMessage(
  frame: ExportFrame,
  payload: Uint8Array,
  separator: string,
  writer: PieceWriter,
): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  yield* writer.text(separator + messageStart(frame));
  const write = isPlainText(frame) ? writeJsonText : writeBase64Text;
  for (let from = 0; from < payload.length; ) {
    from = write(payload, from, writer);
    if (from < payload.length) yield writer.take();
  }
  yield* writer.text(messageEnd(frame));
}

/**
 * Writes what `messageStart` has of an ordinary message, a number of microseconds as the shortest digits that tell it;
 * answers false, and writes nothing, where it is another, or its time is finer.
 */
function writeStart({ kind, direction, opcode, event, time }: ExportFrame, writer: PieceWriter): boolean {
  if (kind !== "message" || event !== undefined || opcode > 9 || time === null || time < 1000) return false;
  const microseconds = Math.round(time * 1000);
  if (microseconds / 1e6 !== time / 1000 || knownTime(time) === undefined) return false;
  writer.put(direction === "received" ? RECEIVE : SEND);
  const seconds = Math.floor(microseconds / 1e6);
  writer.digits(seconds);
  let fraction = microseconds - seconds * 1e6;
  if (fraction > 0) {
    let width = 6;
    for (; fraction % 10 === 0; width--) fraction /= 10;
    writer.put(POINT);
    writer.digits(fraction, width);
  }
  writer.put(OPCODE);
  writer.digits(opcode);
  writer.put(DATA);
  return true;
}

const ENCODER = new TextEncoder();
const [RECEIVE, SEND, POINT, OPCODE, DATA] = ['{"type":"receive","time":', '{"type":"send","time":', ".", ',"opcode":', ',"data":"'].map((text) => ENCODER.encode(text)) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];

function messageStart(frame: ExportFrame): string {
  const known = knownTime(frame.time);
  const time = known === undefined ? -1 : known / 1000;
  if (frame.event !== undefined) return `{"time":${time},"eventName":${asciiJson(frame.event.name)},"eventId":${asciiJson(frame.event.id)},"data":"`;
  if (frame.kind === "error") return `{"type":"error","time":${time},"opcode":-1,"data":"`;
  const type = frame.direction === "received" ? "receive" : "send";
  return `{"type":"${type}","time":${time},"opcode":${frame.opcode},"data":"`;
}

/** A name is foreign text; the rest of a message's start is ASCII. */
const asciiJson = (text: string): string => JSON.stringify(text).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

function messageEnd({ origin, ruled, unreported, pinned, note }: ExportFrame): string {
  if (origin === "page" && ruled === undefined && !unreported && !pinned && note === "") return '"}';
  const extra = [
    origin === "page" ? "" : `,"_origin":"${origin}"`,
    ruled === undefined ? "" : `,"_rule":${JSON.stringify(ruled.rule)},"_did":"${ruled.did}"`,
    unreported ? ',"_payloadUnreported":true' : "",
    pinned ? ',"_pinned":true' : "",
    note === "" ? "" : `,"_note":${JSON.stringify(note)}`,
  ];
  return `"${extra.join("")}}`;
}
