import type { KeptCapture } from "../../engine/contract.ts";
import { assertNever } from "../../model/assert-never.ts";
import { formatCount, formatDay, formatMinute } from "../figures/figures.ts";
import { captureTitle } from "../state/captures-store.ts";

/** `isStopped`: this page captures no longer, as its tab closed or the user ended it; its capture is still in use. */
export function stateWords({ state, problem }: KeptCapture, isStopped: boolean): string {
  switch (state) {
    case "running here":
      return isStopped ? "Stopped, open here" : "Running here";
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

/** The one of those offered that was written last. */
export function latestOffer(list: readonly KeptCapture[]): KeptCapture | undefined {
  return list.filter(({ isOffered }) => isOffered).toSorted((a, b) => b.writtenAt - a.writtenAt)[0];
}

/** `A capture of example.com/orders with 12,345 frames was cut off on 20 Nov 2026 at 14:02.` */
export function offerWords(capture: KeptCapture): string {
  const { frames, writtenAt } = capture;
  return `A capture of ${captureTitle(capture)} with ${formatCount(frames)} ${frames === 1 ? "frame" : "frames"} was cut off on ${formatDay(writtenAt)} at ${formatMinute(writtenAt)}.`;
}
