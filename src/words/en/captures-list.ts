/** The list of the captures on this disk. */
export const capturesList = {
  "captures.title": "Captures",
  "captures.about": "Captures stay on this computer until you delete them or newer ones need the space. Limits are in Settings.",
  "captures.close": "Close",
  "captures.retry": "Try again",
  "captures.started": "Started",
  "captures.page": "Page",
  "captures.frames": "Frames",
  "captures.size": "Size",
  "captures.state": "State",
  "captures.actions": "Actions",
  "captures.none": "No saved captures. What you record is kept here.",
  "captures.loading": "Loading captures…",
  "captures.running-here": "Capturing here",
  "captures.stopped-here": "Stopped, open here",
  "captures.running-elsewhere": "Capturing elsewhere",
  "captures.open-here": "Open here",
  "captures.open-elsewhere": "Open elsewhere",
  "captures.ended": "Ended",
  "captures.ended-damaged": `{ $n ->
      [one] Ended, 1 damaged place
     *[other] Ended, { NUMBER($n) } damaged places
  }`,
  "captures.cut-off": "Interrupted",
  "captures.cut-off-damaged": `{ $n ->
      [one] Interrupted, 1 damaged place
     *[other] Interrupted, { NUMBER($n) } damaged places
  }`,
  "captures.open-named": "Open { $title }",
  "captures.open-about": "Open in a tab",
  "captures.rename-named": "Rename { $title }",
  "captures.rename": "Rename",
  "captures.export-named": "Export { $title }",
  "captures.export-about": "Export all frames to a file",
  "captures.delete-named": "Delete { $title }",
  "captures.delete": "Delete",
  "captures.delete-confirm": "Delete permanently",
  "captures.keep": "Cancel",
  "captures.name": "Name of the capture",
  "captures.in-use-elsewhere": "In use elsewhere. Go to the DevTools window or tab that has it.",
  "captures.in-use-here": "In use here",
  "captures.shown-here": "This capture is already open here",
  "captures.open-failed": "Could not open { $title }: { $why }",
  "captures.dismiss-failed": "Could not dismiss the capture: { $why }",
  "captures.rename-failed": "Could not rename the capture: { $why }",
  "captures.delete-failed": "Could not delete the capture: { $why }",
  "captures.list-failed": "Could not read the captures: { $why }",
} as const;
