/** Why a capture is not running, in a plain sentence that says what to do. */
export interface Stop {
  readonly why: string;
  readonly canResume: boolean;
}

/** Chrome's sentences, by what they mean. Source: chrome/browser/extensions/api/debugger/debugger_api.cc. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [
    // Chrome let us join an attachment that is not ours.
    /debugger is not attached/i,
    "another extension is debugging this tab. End its session, then press Resume.",
  ],
  [
    /chrome(-untrusted)?:\/\/|cannot access a .*chrome/i,
    "Chrome lets no extension debug its own pages (chrome://). Open an ordinary web page, then press Resume.",
  ],
  [
    /gallery|web ?store/i,
    "Chrome lets no extension debug the web store. Open another page, then press Resume.",
  ],
  [
    /devtools:\/\//i,
    "Chrome lets no extension debug DevTools itself. Open an ordinary web page, then press Resume.",
  ],
  [
    /chrome-extension:\/\/|different extension/i,
    "the page, or a frame in it, belongs to another extension, and Chrome lets no extension debug that. Open another page, then press Resume.",
  ],
  [
    /policy|administrator|blocked|not allowed|restricted/i,
    "a policy of this browser forbids debugging here. Ask whoever manages it, or use another profile.",
  ],
  [
    /file:\/\/|allow access to file/i,
    "the page is a file. Switch on “Allow access to file URLs” for Framescope in chrome://extensions, then press Resume.",
  ],
];

const NO_TAB = /no tab with|target.*closed/i;
export const TAB_CLOSED: Stop = { why: "the tab was closed. What was captured of it stays here.", canResume: false };

/** Whether Chrome refused to attach because it has attached the extension already, for another page of it. */
export function isAttachedAlready(error: unknown): boolean {
  return /another debugger is already attached/i.test(error instanceof Error ? error.message : String(error));
}

/** What a refused attach means for the user. */
export function explainAttachError(error: unknown): Stop {
  const said = error instanceof Error ? error.message : String(error);
  if (NO_TAB.test(said)) return TAB_CLOSED;
  const known = KNOWN.find(([pattern]) => pattern.test(said));
  return { why: known?.[1] ?? `Chrome refused: ${said.replace(/\.$/, "")}. Press Resume to try again.`, canResume: true };
}

/** What `chrome.debugger.onDetach` means for the user. */
export function explainDetach(reason: string): Stop {
  switch (reason) {
    case "canceled_by_user":
      return {
        why: "debugging was cancelled in Chrome's bar (“Framescope started debugging this browser”). Press Resume to go on.",
        canResume: true,
      };
    case "target_closed":
      return { why: "Chrome ended debugging of this page (it closed, or went where extensions may not follow). Press Resume to go on.", canResume: true };
    default:
      return { why: `Chrome ended debugging: ${reason.replaceAll("_", " ")}. Press Resume to go on.`, canResume: true };
  }
}

/** Chrome takes no command for a page that crashed, but tells when it is there again. */
export const CRASHED: Stop = { why: "the page crashed. Reload it; the capture goes on by itself.", canResume: false };
