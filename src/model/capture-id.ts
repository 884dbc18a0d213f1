import { epochMilliseconds, type EpochMilliseconds } from "./units.ts";

/** `2026-11-20T14-02-11-123Z-1f0c9e5b`: when a capture began, and what tells it from another of that moment. */
const FORM = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)[-.](\d{3})Z-[\da-f]{8}$/;

/** The name of a capture, which is also that of its folder. `random`: eight hexadecimal digits. */
export function captureId(now: number, random: string): string {
  return `${new Date(now).toISOString().replaceAll(/[:.]/g, "-")}-${random}`;
}

/** When the capture of this name began; undefined where the name is not one of ours. */
export function captureStart(id: string): EpochMilliseconds | undefined {
  const [, day, hours, minutes, seconds, milliseconds] = FORM.exec(id) ?? [];
  const time = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`);
  return Number.isNaN(time) ? undefined : epochMilliseconds(time);
}
