import type { FrameRow } from "../contract/rows.ts";
import type { Speaker } from "../words/speaker.ts";
import type { KeptEngine } from "./kept-engine.ts";
import { plain } from "./plain-text.ts";
import { rowJson } from "./row-json.ts";

/** A row as a script reads it: all of it, under names that stay. */
export async function rowObject(row: FrameRow, engine: KeptEngine): Promise<object> {
  const details = row.kind === "message" ? await engine.call("inspect", { frame: row.index, columns: 80 }) : null;
  const isText = details === null || details.textLines !== null;
  return {
    ...rowJson(row),
    url: row.url,
    opcode: details?.opcode ?? null,
    ...(row.kind !== "message" ? { text: row.preview } : row.size === null ? {} : { [isText ? "text" : "base64"]: await engine.call("payloadText", { frame: row.index }) }),
  };
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
