import type { FrameRow } from "../contract/rows.ts";

/** Milliseconds as far as Chrome tells them: what stands behind is of the arithmetic alone. */
export const toMicroseconds = (time: number): number => Math.round(time * 1000) / 1000;

/** What every script is told of a row, under names that stay; its message stands beside it. */
export const rowJson = (row: FrameRow): object => ({
  number: row.index + 1,
  kind: row.kind,
  time: row.time === null ? null : new Date(row.time).toISOString(),
  sinceStart: toMicroseconds(row.sinceStart),
  direction: row.direction,
  connection: row.connection,
  type: row.label,
  size: row.size,
  ...(row.messages > 0 && { messages: row.messages }),
  ...(row.pair !== null && { pair: { ...row.pair, latency: row.pair.latency === null ? null : toMicroseconds(row.pair.latency) } }),
  ...(row.pinned && { pinned: true }),
  ...(row.note !== "" && { note: row.note }),
});
