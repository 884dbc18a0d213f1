/** What the columns of the table say once one asks: in menus, and below the pointer. */
export const columns = {
  "columns.number": "# Number",
  "columns.delta": "Δ Time since previous row",
  "columns.delta-table": "Time since previous row in the table",
  "columns.delta-connection": "Time since previous row of the same connection",
  "columns.back-table": "Earlier than the row above it",
  "columns.back-connection": "Earlier than the row before it of the same connection",
  "columns.previous": "Previous row",
  "columns.previous-table": "In the table",
  "columns.previous-connection": "Of the same connection",
  "columns.clock": "Time of day",
  "columns.since-start": "Time since start",
  "columns.since-previous": "Time since previous row",
  "columns.since-navigation": "Time since last navigation",
  "columns.choose": "Choose columns",
  "columns.head": "Click to sort. Drag to move (Alt+← →), drag the edge to resize (Shift+← →).",
  "columns.size-unknown": "Chrome does not report the payload or size of a sent Blob. An empty binary message looks the same.",
} as const;
