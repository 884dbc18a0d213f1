import type { KeptCapture } from "../../contract/captures.ts";
import { assertNever } from "../../model/assert-never.ts";
import { say, type Said } from "../../model/said.ts";
import type { Speaker } from "../../words/speaker.ts";
import { captureTitle } from "../state/captures-store.ts";

/** `isStopped`: this page captures no longer, as its tab closed or the user ended it; its capture is still in use. */
export function stateOf({ state, damaged }: KeptCapture, isStopped: boolean): Said {
  switch (state) {
    case "running here":
      return say(isStopped ? "captures.stopped-here" : "captures.running-here");
    case "running elsewhere":
      return say("captures.running-elsewhere");
    case "open here":
      return say("captures.open-here");
    case "open elsewhere":
      return say("captures.open-elsewhere");
    case "ended":
      return damaged === 0 ? say("captures.ended") : say("captures.ended-damaged", { n: damaged });
    case "cut off":
      return damaged === 0 ? say("captures.cut-off") : say("captures.cut-off-damaged", { n: damaged });
    default:
      return assertNever(state);
  }
}

/** The one of those offered that was written last. */
export function latestOffer(list: readonly KeptCapture[]): KeptCapture | undefined {
  return list.filter(({ isOffered }) => isOffered).toSorted((a, b) => b.writtenAt - a.writtenAt)[0];
}

/** What is offered: which capture, and what of it will open. */
export function offerText(capture: KeptCapture, words: Speaker["words"]): string {
  const { frames, damaged, writtenAt } = capture;
  const offer = words("captures.offer", { page: titleOf(capture, words), n: frames, at: writtenAt });
  return damaged === 0 ? offer : words("join.sentences", { first: offer, next: words("captures.offer-damaged", { n: damaged }) });
}

/** The user's name for a capture, else its page. */
export const titleOf = (capture: KeptCapture, words: Speaker["words"]): string => captureTitle(capture) || words("captures.no-page");
