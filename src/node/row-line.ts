import type { FrameRow } from "../contract/rows.ts";
import type { CaptureLog } from "../engine/capture-log.ts";
import { payloadAsText } from "../engine/payload-text.ts";
import { rowPayload, textOpcode } from "../engine/row-text.ts";
import { base64Text } from "../model/base64.ts";
import { opcodeOf } from "../model/frame.ts";
import type { FrameIndex } from "../model/units.ts";
import type { Speaker } from "../words/speaker.ts";
import { plain } from "./plain-text.ts";
import { rowJson } from "./row-json.ts";

/** A row as a script reads it: all of it, under names that stay. `at`: where it stands in the log. */
export function rowObject(row: FrameRow, capture: CaptureLog, at = row.index): object {
  const opcode = row.kind === "message" ? opcodeOf(capture.log.bitsAt(at)) : null;
  return { ...rowJson(row), url: row.url, opcode, ...(row.kind !== "message" ? { text: row.preview } : row.size === null ? {} : payloadOf(capture, at)) };
}

function payloadOf({ log, tell }: CaptureLog, index: FrameIndex): { readonly text: string } | { readonly base64: string } {
  const payload = rowPayload(log, tell, index);
  const text = payloadAsText(payload, textOpcode(log.bitsAt(index)));
  return text === undefined ? { base64: base64Text(payload) } : { text };
}

const ARROWS = { sent: "↑", received: "↓" } as const;
const LABEL_WIDTH = 20;

/** A row on a line of a terminal. */
export function lineOf(row: FrameRow, { figures, words }: Speaker, { number, columns }: { readonly number: number; readonly columns: number }): string {
  const time = row.time === null ? figures.since(row.sinceStart) : figures.time(row.time);
  const latency = row.pair?.latency ?? null;
  const head = [figures.count(row.index + 1).padStart(number), time, row.direction === null ? " " : ARROWS[row.direction], fit(row.messages > 0 ? words("table.messages", { n: row.messages }) : row.label, LABEL_WIDTH).padEnd(LABEL_WIDTH)].join("  ");
  const tail = [row.size === null ? "" : figures.bytes(row.size), latency === null ? "" : figures.duration(latency)].filter((part) => part !== "").join("  ");
  const room = Math.max(20, columns - head.length - tail.length - 4);
  return `${head}  ${fit(row.preview, room).padEnd(room)}  ${tail}`.trimEnd();
}

/** Foreign text on one line, cut to a width. */
function fit(text: string, width: number): string {
  const line = plain(text);
  return line.length > width ? `${line.slice(0, width - 1)}…` : line;
}
