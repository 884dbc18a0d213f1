/** What the log and the journal say: what is lost, what cannot be read. */
export const log = {
  "log.damaged": "Part of this capture is damaged.",
} as const;
