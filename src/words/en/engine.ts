/** What stands behind the view says: refusals of its calls. */
export const engine = {
  "engine.log-cleared": "The log was cleared.",
} as const;
