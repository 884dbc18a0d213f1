/** The command line. */
export const node = {
  "node.about": "Reads captures of Framescope, without a browser",
  "node.show-about": "Print the rows of a saved capture",
  "node.show-folder": "folder of the capture, with the files journal and payloads",
  "node.show-filter": "filter, as in the panel: type:trade size:>1kb",
  "node.frames": `{ $n ->
    [one] { NUMBER($n) } frame of { NUMBER($all) }
   *[other] { NUMBER($n) } frames of { NUMBER($all) }
  }`,
  "node.no-capture": "{ $folder } holds no capture: { $why }",
  "node.read-only": "The capture is only read here: nothing is written to it.",
} as const;
