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
  "filter.hidden": `{ $n ->
      [one] { NUMBER($n) } frame hidden
     *[other] { NUMBER($n) } frames hidden
  }`,
  "filter.in-saved": "In a saved filter: { $problem }",
} as const;
