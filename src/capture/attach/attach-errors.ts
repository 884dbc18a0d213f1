import { extensionOf, type ForbiddenPlace } from "./forbidden-place.ts";

/** Why a capture is not running, in a plain sentence that says what to do. */
export interface Stop {
  readonly why: string;
  readonly canResume: boolean;
}

/** Of Chrome's own pages, by the scheme that its sentence names. */
const OWN_PAGES = "Chrome lets no extension debug its own pages (chrome://). Open an ordinary web page, then press Resume.";
const FILE = "the page is a file. Switch on “Allow access to file URLs” for Framescope in chrome://extensions, then press Resume.";

/** What Chrome says of a page, or a frame in it, of an extension's; not of this one's. */
const OTHER_EXTENSION = /chrome-extension:\/\/|different extension/i;
/** So it says of many pages, and of none why. */
const NO_REASON = /^cannot attach to this target\.?$/i;

/**
 * Chrome's sentences, by what they mean, the narrower first. Source: chrome/browser/extensions/api/debugger/debugger_api.cc,
 * extensions/common/manifest_constants.cc and permissions/permissions_data.cc.
 */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [
    // Chrome let us join an attachment that is not ours.
    /debugger is not attached/i,
    "another extension is debugging this tab. End its session, then press Resume.",
  ],
  [/chrome(-untrusted|-search)?:\/\//i, OWN_PAGES],
  [
    /gallery|web ?store/i,
    "Chrome lets no extension debug the web store. Open another page, then press Resume.",
  ],
  [
    /devtools:\/\//i,
    "Chrome lets no extension debug DevTools itself. Open an ordinary web page, then press Resume.",
  ],
  [
    /policy|administrator|blocked|not allowed|restricted/i,
    "a policy of this browser forbids debugging here. Ask whoever manages it, or use another profile.",
  ],
  [/file:\/\/|allow access to file/i, FILE],
];

const NO_TAB = /no tab with|target.*closed/i;
export const TAB_CLOSED: Stop = { why: "the tab was closed. What was captured of it stays here.", canResume: false };

/** Whether Chrome refused to attach because it has attached the extension already, for another page of it. */
export function isAttachedAlready(error: unknown): boolean {
  return /another debugger is already attached/i.test(error instanceof Error ? error.message : String(error));
}

/** What a refused attach means for the user. `place`: what else is known, if it is. */
export function explainAttachError(error: unknown, place?: ForbiddenPlace): Stop {
  const said = error instanceof Error ? error.message : String(error);
  if (NO_TAB.test(said)) return TAB_CLOSED;
  if (OTHER_EXTENSION.test(said)) return explainExtension(place);
  const known = KNOWN.find(([pattern]) => pattern.test(said))?.[1] ?? (NO_REASON.test(said) ? explainPage(place?.url) : undefined);
  return { why: known ?? `Chrome refused: ${said.replace(/\.$/, "")}. Press Resume to try again.`, canResume: true };
}

/** What `chrome.debugger.onDetach` means for the user. `place`: what else is known, if it is. */
export function explainDetach(reason: string, place?: ForbiddenPlace): Stop {
  switch (reason) {
    case "canceled_by_user":
      return {
        why: "debugging was cancelled in Chrome's bar (“Framescope started debugging this browser”). Press Resume to go on.",
        canResume: true,
      };
    case "target_closed": {
      const known = explainPage(place?.url);
      if (known === undefined && place?.extension !== undefined) return explainExtension(place);
      return { why: known ?? "Chrome ended debugging of this page (it closed, or went where extensions may not follow). Press Resume to go on.", canResume: true };
    }
    default:
      return { why: `Chrome ended debugging: ${reason.replaceAll("_", " ")}. Press Resume to go on.`, canResume: true };
  }
}

/** The page, or a frame in it, is another extension's. */
function explainExtension(place: ForbiddenPlace | undefined): Stop {
  const { url = "", only } = place ?? {};
  const extension = place?.extension ?? only;
  const name = extension === undefined ? "another extension" : `another extension (${extension})`;
  if (extensionOf(url) !== undefined) return { why: `this page belongs to ${name}, and Chrome lets no extension debug another's. Open an ordinary web page, then press Resume.`, canResume: true };
  return {
    why: `a frame in this page belongs to ${name}. While it is there, Chrome lets no other extension debug the page: nothing of the page, its frames and its workers is captured. Remove the frame or switch that extension off for this site, then press Resume.`,
    canResume: true,
  };
}

/** Pages of which their address tells why. */
function explainPage(url = ""): string | undefined {
  const protocol = URL.parse(url)?.protocol;
  if (protocol === "file:") return FILE;
  return protocol === "chrome:" || protocol === "chrome-untrusted:" ? OWN_PAGES : undefined;
}

/** Chrome takes no command for a page that crashed, but tells when it is there again. */
export const CRASHED: Stop = { why: "the page crashed. Reload it; the capture goes on by itself.", canResume: false };
