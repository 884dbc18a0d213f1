import type { KeptCapture } from "../../engine/contract.ts";
import { assertNever } from "../../model/assert-never.ts";
import type { Speaker } from "../../words/speaker.ts";
import { captureTitle } from "../state/captures-store.ts";

/** `isStopped`: this page captures no longer, as its tab closed or the user ended it; its capture is still in use. */
export function stateCode({ state, problem }: KeptCapture, isStopped: boolean) {
  switch (state) {
    case "running here":
      return isStopped ? "captures.stopped-here" : "captures.running-here";
    case "running elsewhere":
      return "captures.running-elsewhere";
    case "open here":
      return "captures.open-here";
    case "open elsewhere":
      return "captures.open-elsewhere";
    case "ended":
      return problem === null ? "captures.ended" : "captures.damaged";
    case "cut off":
      return problem === null ? "captures.cut-off" : "captures.cut-off-damaged";
    default:
      return assertNever(state);
  }
}

/** The one of those offered that was written last. */
export function latestOffer(list: readonly KeptCapture[]): KeptCapture | undefined {
  return list.filter(({ isOffered }) => isOffered).toSorted((a, b) => b.writtenAt - a.writtenAt)[0];
}

/** The user's name for a capture, else its page. */
export const titleOf = (capture: KeptCapture, words: Speaker["words"]): string => captureTitle(capture) || words("captures.no-page");
