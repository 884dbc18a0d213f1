/** A message's text. */
export const raw = {
  "raw.pretty": "Pretty print",
  "raw.pretty-about": "Show the value as indented JSON",
  "raw.pretty-no-value": "This text has no value to indent.",
  "raw.pretty-alone": "The payload is not text: only its value can be shown here.",
  "raw.wrap": "Wrap lines",
  "raw.wrap-about": "Break long lines at the edge",
  "raw.find": "Find in text",
  "raw.found": "Found in text",
  "raw.place": "{ NUMBER($n) } of { NUMBER($all) }",
  "raw.place-of-more": "{ NUMBER($n) } of { NUMBER($all) }+",
  "raw.find-previous": "Find previous in text",
  "raw.find-next": "Find next in text",
  "raw.copy": "Copy",
  "raw.select-all": "Select all",
  "raw.copied": `{ $n ->
      [one] 1 character copied
     *[other] { NUMBER($n) } characters copied
    }`,
  "raw.selected": `{ $n ->
      [one] 1 character selected
     *[other] { NUMBER($n) } characters selected
    }`,
  "raw.below": "Lines below line { NUMBER($n) }",
  "raw.fold-about": "Fold or unfold. Alt: with all below it.",
  "raw.hidden": `{ $n ->
      [one] … 1 line
     *[other] … { NUMBER($n) } lines
    }`,
} as const;
