import { epochMilliseconds, type EpochMilliseconds } from "./units.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** RFC 6265 §5.1.1: everything that may stand between the parts of a date. */
const DELIMITERS = /[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+/;
/** No date has more parts that count than this. */
const MOST_PARTS = 16;

/** The date of a cookie's Expires, by the algorithm of RFC 6265 §5.1.1; null where that fails. Always UTC. */
export function parseCookieDate(text: string): EpochMilliseconds | null {
  let time: readonly [number, number, number] | undefined;
  let day: number | undefined;
  let month: number | undefined;
  let year: number | undefined;
  for (const part of text.slice(0, 256).split(DELIMITERS, MOST_PARTS)) {
    const clock = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?!\d)/.exec(part);
    if (time === undefined && clock !== null) {
      time = [Number(clock[1]), Number(clock[2]), Number(clock[3])];
      continue;
    }
    const short = /^\d{1,2}(?!\d)/.exec(part);
    if (day === undefined && short !== null) {
      day = Number(short[0]);
      continue;
    }
    const name = MONTHS.indexOf(part.slice(0, 3).toLowerCase());
    if (month === undefined && name >= 0) {
      month = name;
      continue;
    }
    const long = /^\d{2,4}(?!\d)/.exec(part);
    if (year === undefined && long !== null) year = fullYear(Number(long[0]));
  }
  if (time === undefined || day === undefined || month === undefined || year === undefined) return null;
  const [hour, minute, second] = time;
  if (day < 1 || day > 31 || year < 1601 || hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(Date.UTC(year, month, day, hour, minute, second));
  // 31 February is no date, though Date.UTC takes it for one in March.
  return date.getUTCDate() === day ? epochMilliseconds(date.getTime()) : null;
}

function fullYear(year: number): number {
  if (year >= 70 && year <= 99) return year + 1900;
  return year <= 69 ? year + 2000 : year;
}
