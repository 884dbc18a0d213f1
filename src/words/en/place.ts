/** What is said of a place in the table: which rows are shown, why not others, and what was meant. */
export const place = {
  "place.did-you-mean": "Try",
  "place.searching": "Searching…",
  "place.showing": "Showing: { $filter }",
  "place.showing-all": "Showing all rows",
  "place.no-matches": "No matching frames",
  "place.no-matches-about": `{ $n ->
      [one] The filter hides { NUMBER($n) } frame.
     *[other] The filter hides { NUMBER($n) } frames.
  }`,
  "place.clear-filter": "Clear filter",
  "place.filter-hides": "Filter: { $filter }",
  "place.only-connection": "Only connection: { $path }",
  "place.all-connections": "Show all connections",
  "place.sent-hidden": "Sent frames are hidden",
  "place.received-hidden": "Received frames are hidden",
  "place.connections-hidden": "Connections are hidden",
  "place.show-sent": "Show sent frames",
  "place.show-received": "Show received frames",
  "place.nothing-passes": `{ $n ->
      [one] { NUMBER($n) } frame is captured. It does not pass all of these:
     *[other] { NUMBER($n) } frames are captured. None passes all of these:
  }`,
  "place.cleared": `{ $n ->
      [one] Cleared { NUMBER($n) } frame
     *[other] Cleared { NUMBER($n) } frames
  }{ $connections ->
      [0] .
      [one] {" and"} 1 connection that had ended.
     *[other] {" and"} { NUMBER($connections) } connections that had ended.
  }`,
  "place.cleared-kept": "The capture is kept in Captures.",
  "place.undo-clear": "Undo",
  "place.not-undone": "Could not undo: { $why }",
  "place.events": `{ $n ->
      [one] { NUMBER($n) } event
     *[other] { NUMBER($n) } events
  }`,
  "place.paused": "Paused. Frames are not recorded.",
  "place.paused-passed": `Paused. { $n ->
      [one] { NUMBER($n) } frame
     *[other] { NUMBER($n) } frames
  } passed unrecorded.`,
  "place.resume": "Resume recording",
} as const;
