/** The pages that hold a panel: what they show where there is nothing to capture. */
export const pages = {
  "pages.saved-capture": "a saved capture",
  "pages.saved-capture-of": "a capture of { DAY($at) }, { MINUTE($at) }",
  "pages.title": "{ $name } – Framescope",
  "pages.no-tab": "No tab is chosen. Choose a tab to capture.",
  "pages.bad-address": "The address names no tab. Choose a tab to capture.",
  "pages.tab-closed": "The tab was closed. Choose another tab.",
  "pages.own-tab": "The tab shows Framescope itself. Choose another tab.",
  "pages.own-place": "Connections without a page",
  "pages.own-place-about": "Connections that you open in Framescope without a page start here. Their Origin is { $origin }. They end when this tab is closed.",
  "pages.incognito": "This is an incognito window. Frames are kept in memory, up to the limit in Settings.",
  "pages.perhaps-incognito": "Chrome does not tell whether this is an incognito window. Frames are kept in memory, up to the limit in Settings. Reopen Framescope to try again.",
  "pages.silent": "Recording is not responding.",
  "pages.restarting": "Recording stopped and is being restarted.",
  "pages.gave-up": "Recording stopped several times in a row. Resume recording to try again.",
} as const;
