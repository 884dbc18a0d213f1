/** The filter box, and what is kept of filters. */
export const filter = {
  "filter.name": "Filter frames",
  "filter.hint": "Filter: text, /regex/, type:trade, .px > 100…",
  "filter.completions": "Completions",
  "filter.clear": "Clear input",
  "filter.matches": "Matches",
  "filter.matches-some": "{ NUMBER($matches) } of { NUMBER($frames) }",
  "filter.matches-all": `{ $n ->
      [one] { NUMBER($n) } frame
     *[other] { NUMBER($n) } frames
  }`,
  "filter.matches-so-far": "{ NUMBER($n) } so far",
  "filter.kept": "Saved filters and highlights",
  "filter.delete": "Delete filter { $name }",
  "filter.remove-highlight": "Remove highlight { $filter }",
  "filter.highlight-about": "Matching rows have this color",
  "filter.keep": "Save or highlight this filter",
  "filter.keep-name": "Name",
  "filter.save": "Save filter",
  "filter.save-about": "Saved filters appear below this bar, to turn on and off.",
  "filter.highlight": "Highlight matching rows",
  "filter.highlight-keeps": "All rows stay visible. Matching rows are colored.",
  "filter.highlight-full": "All four colors are in use. Remove a highlight first.",
  "filter.views": "Views",
  "filter.examples": "Filter examples",
  "filter.examples-keys": "↑ and ↓: recent filters. Enter: go to the table. Esc: clear.",
  "filter.example-text": "Frames that contain this text, in upper or lower case",
  "filter.example-quoted": "Text with spaces",
  "filter.example-pattern": "Regular expression",
  "filter.example-type": "What the Type column shows. A minus excludes.",
  "filter.example-or": "Either of two",
  "filter.example-unanswered": "Requests without an answer so far",
  "filter.example-latency": "Requests and answers that took longer",
  "filter.example-size": "Large messages",
  "filter.example-last": "The last five seconds",
  "filter.example-near": "Rows before and after one row",
  "filter.example-value": "A number inside messages, in any encoding",
  "filter.example-lists": "Lists, patterns, existing fields and groups",
  "filter.hidden": `{ $n ->
      [one] { NUMBER($n) } frame hidden
     *[other] { NUMBER($n) } frames hidden
  }`,
  "filter.in-saved": "In a saved filter: { $problem }",
} as const;
