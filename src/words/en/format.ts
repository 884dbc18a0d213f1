/** What exports and imports say. */
export const format = {
  "format.no-frames": "There are no frames to export.",
} as const;
