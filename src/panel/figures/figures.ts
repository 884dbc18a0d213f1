import type { EpochMilliseconds } from "../../model/units.ts";

/** Figures as the view shows them: en-US grouping, SI units, and never a width that depends on the moment. */

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
/** Not so far below zero that a tenth shows is zero, without a minus. */
const signedTenth = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "negative" });
const thousandth = new Intl.NumberFormat("en-US", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const hundredth = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `1,048,203` */
export const formatCount = (value: number): string => whole.format(value);

/** `1,204`, `18.2k`, `1.02M`: at most five characters. */
export function formatCompact(value: number): string {
  if (value < 9_999.5) return whole.format(value);
  if (value < 999_500) return `${three(value / 1e3)}k`;
  if (value < 999_500_000) return `${three(value / 1e6)}M`;
  return `${three(value / 1e9)}G`;
}

/** `118 B`, `2.1 kB`, `61 MB` */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${whole.format(bytes)} B`;
  for (const unit of ["kB", "MB", "GB"]) {
    bytes /= 1_000;
    if (bytes < 9.95) return `${tenth.format(bytes)} ${unit}`;
    if (bytes < 999.5) return `${whole.format(bytes)} ${unit}`;
  }
  return `${tenth.format(bytes / 1_000)} TB`;
}

/** `312/s`, `5.1k/s`; `0.4/s` where less than one came in a second. */
export function formatRate(perSecond: number): string {
  if (perSecond > 0 && perSecond < 0.95) return `${tenth.format(Math.max(0.1, perSecond))}/s`;
  return `${perSecond < 999.5 ? whole.format(perSecond) : formatCompactRate(perSecond)}/s`;
}

/** Milliseconds since the row before: `0.8`, `10.2`, `1,204`, `12.3 s`, `12 min`. */
export function formatDelta(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  if (size < 999.95) return signedTenth.format(milliseconds);
  if (size < 9_999.5) return whole.format(milliseconds);
  if (size < 99_950) return `${tenth.format(milliseconds / 1_000)} s`;
  if (size < 599_500) return `${whole.format(milliseconds / 1_000)} s`;
  if (size < 5_970_000) return `${whole.format(milliseconds / 60_000)} min`;
  return `${whole.format(milliseconds / 3_600_000)} h`;
}

/** How long something took: `0.8 ms`, `38.2 ms`, `1,204 ms`, `12.3 s`, `12 min`. */
export function formatDuration(milliseconds: number): string {
  const text = formatDelta(milliseconds);
  return /[a-z]$/.test(text) ? text : `${text} ms`;
}

/** Seconds since a moment: `4.218`, `1,204.002`. */
export const formatSince = (milliseconds: number): string => thousandth.format(milliseconds / 1_000);

/** The time of day, in the user's zone: `12:31:04.218`. */
export function formatTime(time: EpochMilliseconds): string {
  const date = new Date(time);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${padded(date.getMilliseconds(), 3)}`;
}

/** `12:31:04.259 117`: the time of day with its microseconds. */
export function formatPreciseTime(time: EpochMilliseconds): string {
  const microseconds = Math.min(999, Math.round((time - Math.floor(time)) * 1_000));
  return `${formatTime(time)} ${padded(microseconds, 3)}`;
}

/** `2026-11-20 12:31:04.259` */
export function formatDateTime(time: EpochMilliseconds): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${formatTime(time)}`;
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** `20 Nov 2026` */
export const formatDay = (time: EpochMilliseconds): string => day.format(time);

/** `14:02` */
export function formatMinute(time: EpochMilliseconds): string {
  const date = new Date(time);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `14:02:09` */
export function formatSecond(time: EpochMilliseconds): string {
  return `${formatMinute(time)}:${two(new Date(time).getSeconds())}`;
}

/** How long ago: `0.2 s`, `14 s`, `3 min`. */
export function formatAgo(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1_000;
  if (seconds < 9.95) return `${tenth.format(seconds)} s`;
  if (seconds < 99.5) return `${whole.format(seconds)} s`;
  if (seconds < 5_970) return `${whole.format(seconds / 60)} min`;
  return `${whole.format(seconds / 3_600)} h`;
}

/** `37 %`; 100 only when all is done. */
export const formatShare = (share: number): string => `${Math.min(99, Math.floor(share * 100))} %`;

const formatCompactRate = (value: number): string =>
  value < 999_500 ? `${tenth.format(value / 1e3)}k` : `${tenth.format(value / 1e6)}M`;

/** Three figures: `1.02`, `18.2`, `182`. */
function three(value: number): string {
  if (value < 9.995) return hundredth.format(value);
  return value < 99.95 ? tenth.format(value) : whole.format(value);
}

const two = (value: number): string => padded(value, 2);
const padded = (value: number, digits: number): string => String(value).padStart(digits, "0");
