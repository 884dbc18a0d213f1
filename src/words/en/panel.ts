/** The panel as a whole. */
export const panel = {
  // Its place is drawn before it comes.
  "inspector.name": "Inspector",
  "panel.name": "Framescope",
  "panel.updated": "Framescope was updated. Close and reopen DevTools or this tab.",
  "panel.capture-ended": "The capture has ended. Close and reopen DevTools or this tab.",
  "panel.stopped": "Framescope has stopped. Close and reopen DevTools or this tab.",
  "panel.bug": "An internal error prevented this. The status bar has a report.",
  "panel.restarted": "Recording stopped and was restarted. Try again.",
  "panel.no-answer": "No answer within 15 seconds. Try again.",
  "panel.cancelled": "Canceled.",
  "panel.not-cleared": "Could not clear: { $why }",
  "panel.not-unfolded": "Could not show the messages: { $why }",
  "panel.not-pinned": "Could not pin: { $why }",
  "panel.not-unpinned": "Could not unpin: { $why }",
  "panel.note-not-saved": "Could not save the note: { $why }",
  "panel.closed": "The panel was closed.",
  "panel.broken": "The panel cannot be shown: { $problem }",
  "panel.frame-broken": "This frame cannot be shown: { $problem }",
  "panel.internal-error": "an internal error",
  "panel.draw-again": "Try again",
  "panel.not-decoded": "Could not change the decoder: { $why }",
} as const;
