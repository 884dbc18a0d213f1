import { Refusal } from "../../model/refusal.ts";
import { say, type Told } from "../../model/said.ts";
import { extensionOf, type ForbiddenPlace } from "./forbidden-place.ts";

/** Why a capture is not running, and what to do. */
export interface Stop {
  readonly why: Told;
  readonly canResume: boolean;
}

/** What Chrome says of a page, or a frame in it, of an extension's; not of this one's. */
const OTHER_EXTENSION = /chrome-extension:\/\/|different extension/i;
/** So it says of many pages, and of none why. */
const NO_REASON = /^cannot attach to this target\.?$/i;

/**
 * Chrome's sentences, by what they mean, the narrower first. Source: chrome/browser/extensions/api/debugger/debugger_api.cc,
 * extensions/common/manifest_constants.cc and permissions/permissions_data.cc.
 */
const KNOWN: readonly (readonly [RegExp, (scheme: string) => Told])[] = [
  // Chrome let us join an attachment that is not ours.
  [/debugger is not attached/i, () => say("capture.debugged-by-other")],
  [/(chrome(?:-untrusted|-search)?):\/\//i, (scheme) => say("capture.own-pages", { scheme: `${scheme}://` })],
  [/gallery|web ?store/i, () => say("capture.web-store")],
  [/devtools:\/\//i, () => say("capture.devtools")],
  [/policy|administrator|blocked|not allowed|restricted/i, () => say("capture.policy")],
  [/file:\/\/|allow access to file/i, () => say("capture.file")],
];

const NO_TAB = /no tab with|target.*closed/i;
export const TAB_CLOSED: Stop = { why: say("capture.tab-closed"), canResume: false };

/** Whether Chrome refused to attach because it has attached the extension already, for another page of it. */
export function isAttachedAlready(error: unknown): boolean {
  return /another debugger is already attached/i.test(wordsOf(error));
}

/** What a refused attach, or what could not be done behind it, means for the user. `place`: what else is known, if it is. */
export function explainAttachError(error: unknown, place?: ForbiddenPlace): Stop {
  if (error instanceof Refusal) return { why: error.told, canResume: true };
  const words = wordsOf(error);
  if (NO_TAB.test(words)) return TAB_CLOSED;
  if (OTHER_EXTENSION.test(words)) return explainExtension(place);
  for (const [pattern, explain] of KNOWN) {
    const found = pattern.exec(words);
    if (found !== null) return { why: explain(found[1] ?? ""), canResume: true };
  }
  const known = NO_REASON.test(words) ? explainPage(place?.url) : undefined;
  return { why: known ?? say("capture.refused", { words: words.replace(/\.$/, "") }), canResume: true };
}

/** What `chrome.debugger.onDetach` means for the user. `place`: what else is known, if it is. */
export function explainDetach(reason: string, place?: ForbiddenPlace): Stop {
  switch (reason) {
    case "canceled_by_user":
      return { why: say("capture.cancelled"), canResume: true };
    case "target_closed": {
      const known = explainPage(place?.url);
      if (known === undefined && place?.extension !== undefined) return explainExtension(place);
      return { why: known ?? say("capture.page-gone"), canResume: true };
    }
    default:
      return { why: say("capture.ended-because", { words: reason.replaceAll("_", " ") }), canResume: true };
  }
}

/** Chrome's own words, without the JSON in which it tells of a command that it did not do. */
export function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return /^\{"code":.*"message":"((?:[^"\\]|\\.)*)"/s.exec(words)?.[1] ?? words;
}

/** The page, or a frame in it, is another extension's. */
function explainExtension(place: ForbiddenPlace | undefined): Stop {
  const { url = "", only } = place ?? {};
  const extension = place?.extension ?? only;
  const name = extension === undefined ? say("capture.another-extension") : say("capture.extension-named", { id: extension });
  const why = extensionOf(url) === undefined ? say("capture.extension-frame", { extension: name }) : say("capture.extension-page", { extension: name });
  return { why, canResume: true };
}

/** Pages of which their address tells why. */
function explainPage(url = ""): Told | undefined {
  const protocol = URL.parse(url)?.protocol;
  if (protocol === "file:") return say("capture.file");
  return protocol === "chrome:" || protocol === "chrome-untrusted:" ? say("capture.own-pages", { scheme: `${protocol}//` }) : undefined;
}

/** Chrome takes no command for a page that crashed, but tells when it is there again. */
export const CRASHED: Stop = { why: say("capture.crashed"), canResume: false };
