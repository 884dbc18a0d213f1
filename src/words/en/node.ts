/** The command line. */
export const node = {
  "node.about": "Reads captures of Framescope, without a browser",
  "node.frames": `{ $n ->
    [one] { NUMBER($n) } frame of { NUMBER($all) }
   *[other] { NUMBER($n) } frames of { NUMBER($all) }
  }`,
  "node.no-capture": "{ $folder } holds no capture: { $why }",
  "node.read-only": "The capture is only read here: nothing is written to it.",
  "node.show-about": "Print the rows of a capture, a line each",
  "node.file": "file of any format that is imported, or the folder of a saved capture; - for the standard input",
  "node.filter": "filter, as in the panel: type:trade size:>1kb",
  "node.json": "print JSON",
  "node.show-json": "print a JSON object for each row, with its payload whole",
  "node.convert-about": "Write a capture as a file of another format",
  "node.convert-out": "file to write; - for the standard output",
  "node.convert-to": "format of the file, where its name does not tell: { $formats }",
  "node.convert-secrets": "keep secrets as they are",
  "node.convert-no-extension": "The name { $name } tells no format. Add --to with one of these: { $formats }.",
  "node.convert-no-format": "{ $name } is no format. These are: { $formats }.",
  "node.findings-about": "List what is wrong or costly, with the rows that prove it",
  "node.stats-about": "Count connections, rates, types, latencies and endings",
  "node.check-about": "Tell by the exit code whether frames match a filter: 0 as expected, 1 not, 2 where it could not be found out",
  "node.check-expect": "none, some, or a number of frames",
  "node.check-no-expect": "{ $expect } is neither none, some, nor a number.",
  "node.code-about": "Print a connection as a script: log in, send and read as the page did",
  "node.code-as": "what to print: { $targets }",
  "node.code-connection": "number of the connection, as the filter conn: has it",
  "node.code-messages": "filter: only these messages are sent",
  "node.code-at-once": "send without the pauses of the capture",
  "node.code-secrets": "print cookies, tokens and passwords as captured",
  "node.code-no-target": "{ $target } is none of these: { $targets }.",
  "node.code-choose": "Name a connection with --connection: { $list }",
  "node.code-without": "Secrets left out, to be set in the environment or fetched by the script: { $secrets }",
  "node.standard-input": "the standard input",
  "node.standard-output": "the standard output",
  "node.no-input": "{ $path } cannot be read: { $why }",
  "node.problem": "{ $place }: { $what }",
  "node.reading": "Reading… { SHARE($share) }",
  "node.ordering": "Putting in order… { SHARE($share) }",
  "node.decoding": "Decoding… { SHARE($share) }",
  "node.writing": "Writing… { SHARE($share) }",
  "node.stats-latency": "median { DURATION($median) }, 95 % within { DURATION($most) }",
  "node.more-problems": "And { NUMBER($n) } more.",
  "node.check-ok": `{ $n ->
    [one] As expected: { NUMBER($n) } frame matches (expected: { $expect })
   *[other] As expected: { NUMBER($n) } frames match (expected: { $expect })
  }`,
  "node.check-not": `{ $n ->
    [one] Not as expected: { NUMBER($n) } frame matches (expected: { $expect })
   *[other] Not as expected: { NUMBER($n) } frames match (expected: { $expect })
  }`,
  "node.converted": `{ $n ->
    [one] Wrote { $name }: { NUMBER($n) } frame, { BYTES($bytes) }
   *[other] Wrote { $name }: { NUMBER($n) } frames, { BYTES($bytes) }
  }`,
  "node.stats-total": `{ $n ->
    [one] { NUMBER($n) } frame
   *[other] { NUMBER($n) } frames
  } on { $connections ->
    [one] { NUMBER($connections) } connection
   *[other] { NUMBER($connections) } connections
  }`,
  "node.stats-more": `{ $n ->
    [one] and { NUMBER($n) } more type
   *[other] and { NUMBER($n) } more types
  }`,
  "node.redact-about": "Write a capture with its secrets masked, and list what was found",
  "node.redact-keep": "kinds of secrets that stay as they are, with commas between: { $kinds }",
  "node.redact-no-kind": "{ $kind } is no kind of secret. These are: { $kinds }.",
  "node.redact-masked": "{ $name }: { $count }, masked",
  "node.redact-kept": "{ $name }: { $count }, kept",
  "node.redact-none": "No secrets were found.",
  "node.looking": "Looking for secrets… { SHARE($share) }",
} as const;
