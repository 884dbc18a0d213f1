/** Sizes and durations as people type them. All answer undefined for what they cannot read. */

const SIZE = /^(\d+(?:\.\d+)?|\.\d+)\s*(b|k|kb|kib|m|mb|mib|g|gb|gib)?$/iu;
/** k and kb count 1000, as Chrome's network panel and the Size column do; kib counts 1024. */
const SIZE_UNITS: Readonly<Record<string, number>> = {
  b: 1,
  k: 1e3,
  kb: 1e3,
  kib: 1024,
  m: 1e6,
  mb: 1e6,
  mib: 1024 ** 2,
  g: 1e9,
  gb: 1e9,
  gib: 1024 ** 3,
};

/** `200`, `4k`, `1.5mb`, `64kib` in bytes. */
export function readSize(text: string): number | undefined {
  const found = SIZE.exec(text);
  if (found === null) return undefined;
  return Number(found[1]) * (SIZE_UNITS[(found[2] ?? "b").toLowerCase()] ?? 1);
}

const DURATION = /^(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m(?!s))?(?:(\d+(?:\.\d+)?|\.\d+)s)?(?:(\d+(?:\.\d+)?|\.\d+)ms)?$/iu;

/** `100ms`, `1.5s`, `1m30s`, `2h` in milliseconds. */
export function readDuration(text: string): number | undefined {
  const found = DURATION.exec(text);
  if (found === null || text === "") return undefined;
  const [hours, minutes, seconds, milliseconds] = [1, 2, 3, 4].map((group) => Number(found[group] ?? 0)) as [number, number, number, number];
  return hours * 3_600_000 + minutes * 60_000 + seconds * 1_000 + milliseconds;
}

const TIME_OF_DAY = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d(?:\.\d{1,9})?))?$/u;

/** `12:30`, `12:30:04.5` in milliseconds since midnight. */
export function readTimeOfDay(text: string): number | undefined {
  const found = TIME_OF_DAY.exec(text);
  if (found === null) return undefined;
  return Number(found[1]) * 3_600_000 + Number(found[2]) * 60_000 + Number(found[3] ?? 0) * 1_000;
}

const WHOLE = /^#?(\d{1,15})$/u;

/** `1024`, `#1024` */
export function readWhole(text: string): number | undefined {
  const found = WHOLE.exec(text);
  return found === null ? undefined : Number(found[1]);
}
