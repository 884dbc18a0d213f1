import type { ExportFrame } from "../export-format.ts";

/** From so many connections on each row says whose it is. */
export const NAMES_CONNECTION = 2;

/** `2026-11-20 12:31:04.259117`, UTC; the capture's own seconds where the clock tells no more. */
export function clockTime({ time, stored }: ExportFrame): string {
  if (time === null) return `${stored.time.toFixed(6)} s`;
  const microseconds = Math.round(time * 1000);
  const date = new Date(Math.floor(microseconds / 1000)).toISOString();
  return `${date.slice(0, 10)} ${date.slice(11, -1)}${String(1000 + (microseconds % 1000)).slice(1)}`;
}

/** ↑ sent, ↓ received, and of what is no message its kind. */
export const arrowOf = ({ direction, kind }: ExportFrame): string => (direction === "sent" ? "↑" : direction === "received" ? "↓" : `· ${kind}:`);
