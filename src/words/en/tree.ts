/** A message's value. */
export const tree = {
  "tree.find": "Find in value",
  "tree.find-about": "Find keys and values of this message (/)",
  "tree.find-text": "Find keys and values",
  "tree.found": "Found in value",
  "tree.find-previous": "Find previous in value",
  "tree.find-next": "Find next in value",
  "tree.find-close": "Close find in value",
  "tree.expand-all": "Expand all",
  "tree.collapse-all": "Collapse all",
  "tree.copy-pretty": "Copy value as indented JSON",
  "tree.copy-line": "Copy value as JSON on one line",
  "tree.copy-text": "Copy text without quotes",
  "tree.copy-key": "Copy key",
  "tree.key-copied": "Key copied",
  "tree.copy-path-as": "Copy path as …",
  "tree.path-for": "{ $form }",
} as const;
