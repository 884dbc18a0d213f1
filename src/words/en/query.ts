/** What is said of a filter: its fields, its problems. */
export const query = {
  "query.unknown-field": 'Unknown field "{ $name }".',
} as const;
