/** Find in the table. */
export const find = {
  "find.name": "Find",
  "find.frames": "Find frames",
  "find.hint": "Find text, /regex/, type:trade…",
  "find.found": "Found",
  "find.searching": "Searching…",
  "find.searching-share": "Searching… { SHARE($share) }",
  "find.wrapped": "Wrapped around",
  "find.none": "No results",
  "find.previous": "Previous",
  "find.previous-about": "Previous (Shift+Enter, Shift+F3)",
  "find.next": "Next",
  "find.next-about": "Next (Enter, F3)",
  "find.close": "Close find",
  "find.of": "{ NUMBER($at) } of { NUMBER($all) }",
  "find.of-more": "{ NUMBER($at) } of over { NUMBER($all) }",
  "find.type-first": "Type what to find first.",
} as const;
