/** The panel as a whole. */
export const panel = {
  "panel.name": "Framescope",
  "panel.updated": "Framescope was updated. Close and reopen DevTools or this tab.",
  "panel.capture-ended": "The capture has ended. Close and reopen DevTools or this tab.",
  "panel.stopped": "Framescope has stopped. Close and reopen DevTools or this tab.",
  "panel.bug": "An internal error prevented this. The status bar has a report.",
  "panel.closed": "The panel was closed.",
  "panel.broken": "The panel cannot be shown: { $problem }",
  "panel.frame-broken": "This frame cannot be shown: { $problem }",
  "panel.draw-again": "Try again",
} as const;
