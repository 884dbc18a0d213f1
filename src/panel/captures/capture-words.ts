import type { KeptCapture } from "../../engine/contract.ts";
import { assertNever } from "../../model/assert-never.ts";
import { formatCount, formatDay, formatMinute } from "../figures/figures.ts";
import { captureTitle } from "../state/captures-store.ts";

export function stateWords({ state, problem }: KeptCapture): string {
  switch (state) {
    case "running here":
      return "Running here";
    case "running elsewhere":
      return "Running elsewhere";
    case "open here":
      return "Open here";
    case "open elsewhere":
      return "Open elsewhere";
    case "ended":
      return problem === null ? "Ended" : "Damaged";
    case "cut off":
      return problem === null ? "Cut off" : "Cut off, damaged";
    default:
      return assertNever(state);
  }
}

/** `A capture of example.com/orders with 12,345 frames was cut off on 20 Nov 2026 at 14:02.` */
export function offerWords(capture: KeptCapture): string {
  const { frames, writtenAt } = capture;
  return `A capture of ${captureTitle(capture)} with ${formatCount(frames)} ${frames === 1 ? "frame" : "frames"} was cut off on ${formatDay(writtenAt)} at ${formatMinute(writtenAt)}.`;
}
