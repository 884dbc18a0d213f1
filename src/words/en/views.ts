/** Views: a filter, an order and columns under a name. */
export const views = {
  "views.about": "Views: a filter, directions, an order and columns under a name",
  "views.copy": "Copy as text, to share it",
  "views.copy-named": "Copy view { $name } as text",
  "views.copied": "View { $name } copied",
  "views.delete": "Delete view",
  "views.delete-named": "Delete view { $name }",
  "views.save": "Save view",
  "views.save-about": "Saves filter (with saved filters that are on), directions, order and columns, not the chosen connection",
  "views.save-name": "Name for the current view",
  "views.shared": "Paste a shared view",
  "views.add": "Add view",
  "views.not-one": "This is not a view. Paste the whole text that “Copy as text” gives.",
  "views.name-first": "Enter a name first.",
  "views.text-first": "Paste a view first.",
  "views.full": "At most { NUMBER($most) } views are kept. Delete one first, or use its name to replace it.",
} as const;
