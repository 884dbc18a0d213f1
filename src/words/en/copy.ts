/** What became of a copy. */
export const copy = {
  "copy.message": "Message copied",
  "copy.messages": `{ $n ->
      [one] { NUMBER($n) } message copied
     *[other] { NUMBER($n) } messages copied
  }`,
  "copy.json-lines": "{ NUMBER($n) } messages copied as JSON lines",
  "copy.url": "URL copied",
  "copy.header": "Header copied: { $name }",
  "copy.header-value": "Value of { $name } copied",
  "copy.value": "Value copied",
  "copy.path": "Path copied",
  "copy.report": "Error report copied",
  "copy.failed": "Could not copy: { $why }",
  "copy.not-allowed": "Chrome does not allow it now. Click in the panel, then copy again.",
} as const;
