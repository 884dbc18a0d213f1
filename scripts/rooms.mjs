/**
 * What each room of `src` may import: the one table of it. `npm run rules` writes the lint patterns from it into
 * .oxlintrc.json; test/rules holds that they are these, plants violations of each row, and that every folder of `src`
 * has a row. docs/architecture.md draws the same.
 */

/**
 * @typedef {object} Room
 * @property {readonly string[]} rooms Others that it may import: whole ones, or single files and folders of one.
 * @property {readonly string[]} [types] Whole rooms of which it may take types alone.
 * @property {readonly string[]} libraries Packages that it may import, with all that stands in them.
 * @property {boolean} isPure It runs wherever JavaScript does: type-checked without the DOM and without Node.
 */

/** @type {Readonly<Record<string, Room>>} */
export const ROOMS = {
  // What can be said are the codes of the English catalogue.
  model: { rooms: [], types: ["words"], libraries: ["@noble/hashes"], isPure: true },
  words: { rooms: ["model"], libraries: ["@fluent/bundle"], isPure: true },
  // It runs in the page, as text.
  agent: { rooms: [], libraries: [], isPure: false },
  capture: { rooms: ["model", "agent"], libraries: [], isPure: false },
  log: { rooms: ["model"], libraries: [], isPure: true },
  query: { rooms: ["model", "log"], libraries: ["@lezer/common", "@lezer/highlight", "@lezer/lr"], isPure: true },
  decode: { rooms: ["model"], libraries: ["brotli", "engine.io-parser", "fflate", "fzstd", "protobufjs"], isPure: true },
  format: { rooms: ["model", "log", "decode"], libraries: ["fflate", "hyparquet-writer"], isPure: true },
  replay: { rooms: ["model", "query/path.ts", "query/query.ts"], libraries: [], isPure: true },
  contract: { rooms: ["model"], libraries: [], isPure: false },
  // Of the contract all but the wires, which are the browser's.
  engine: { rooms: ["model", "log", "query", "decode", "format", "contract", "replay"], libraries: [], isPure: true },
  worker: { rooms: ["model", "words", "log", "engine", "contract"], types: ["format"], libraries: [], isPure: false },
  panel: {
    // Of decoding only where a text stops being JSON; of the query only how a filter is written and edited.
    rooms: ["model", "words", "contract", "replay", "decode/json/read-json.ts", "query/grammar", "query/edit.ts", "query/path.ts", "query/print.ts", "query/query.ts"],
    libraries: [
      "@codemirror/autocomplete",
      "@codemirror/language",
      "@codemirror/state",
      "@codemirror/view",
      "@lezer/highlight",
      "cmdk",
      "@tanstack/react-virtual",
      "lucide-react",
      "radix-ui",
      "react",
      "react-dom",
      "react-resizable-panels",
      "zustand",
    ],
    isPure: false,
  },
  node: {
    rooms: ["model", "words", "capture", "log", "format", "engine", "contract", "replay"],
    libraries: ["@modelcontextprotocol/sdk", "commander", "tsx", "zod", "node:child_process", "node:http", "node:os", "node:path", "node:fs", "node:fs/promises", "node:stream", "node:stream/promises", "node:timers/promises", "node:util", "node:vm", "node:worker_threads", "node:zlib", "ws"],
    isPure: false,
  },
  // It runs in a page without any access, as scripts of their own.
  sandbox: { rooms: [], types: ["engine"], libraries: [], isPure: false },
  pages: { rooms: ["model", "words", "capture", "contract", "worker", "panel"], libraries: [], isPure: false },
};

/** The files of a room that is not in the table; later overrides of a known one take its place. */
const ANY_ROOM = "src/*/**";

/** The part of .oxlintrc.json that holds the rooms apart. */
export function lintOverrides() {
  return [
    override(ANY_ROOM, [
      { regex: "^(\\.\\./)+", message: "This room is not in scripts/rooms.mjs: it may import nothing." },
      { regex: "^[^.]", message: "This room is not in scripts/rooms.mjs: it may import nothing." },
    ]),
    ...Object.entries(ROOMS).map(([name, room]) => override(`src/${name}/**`, patternsOf(name, room))),
  ];
}

/**
 * @param {string} files
 * @param {readonly object[]} patterns
 */
function override(files, patterns) {
  return { files: [files], rules: { "no-restricted-imports": ["error", { patterns }] } };
}

/**
 * @param {string} name
 * @param {Room} room
 */
function patternsOf(name, { rooms, types = [], libraries, isPure }) {
  const whole = rooms.filter((room) => room in ROOMS);
  const parts = rooms.filter((room) => !whole.includes(room));
  const entered = new Set([name, ...whole, ...parts.map(roomOf)]);
  const closed = Object.keys(ROOMS).filter((room) => !entered.has(room) && !types.includes(room));
  const message = `src/${name} may import ${list([...rooms, ...types.map((room) => `types of ${room}`)])} and ${list(libraries)} (scripts/rooms.mjs).`;
  return [
    ...(closed.length === 0 ? [] : [{ regex: `^(\\.\\./)+(${closed.join("|")})/`, message }]),
    ...types.map((room) => ({ regex: `^(\\.\\./)+${room}/`, allowTypeImports: true, message })),
    { regex: "^(\\.\\./)+(test|demo|scripts)/", message: "What ships imports nothing that does not." },
    // Node refuses the named import, and the whole file is nothing to ship.
    ...(isPure ? [{ regex: "^(\\.\\./)+package\\.json$", message: "Pure rooms are given the version." }] : []),
    // One group, and the last: what a group opens no later pattern closes.
    { group: [...PACKAGES, ...opened(libraries), ...parted(parts)], message },
  ];
}

/** Every package, and Node's own modules. */
const PACKAGES = ["*", "!.", "!..", "!./**", "!../**"];

/**
 * Of a room that is open in parts all is closed but these.
 * @param {readonly string[]} parts
 */
function parted(parts) {
  return [...new Set(parts.map(roomOf))].flatMap((room) => [
    `**/${room}/**`,
    ...parts.flatMap((part) => (roomOf(part) === room ? [`!**/${part}`, `!**/${part}/**`] : [])),
  ]);
}

/**
 * A scope is closed by “*” like a package, and what stands in a closed folder cannot be opened: it is opened, all in it
 * closed, and of that the libraries opened.
 * @param {readonly string[]} libraries
 */
function opened(libraries) {
  const scopes = [...new Set(libraries.filter((library) => library.includes("/")).map(roomOf))];
  return [...scopes.flatMap((scope) => [`!${scope}`, `${scope}/*`]), ...libraries.flatMap((library) => [`!${library}`, `!${library}/**`])];
}

/** @param {string} part */
function roomOf(part) {
  return part.slice(0, part.indexOf("/"));
}

/** @param {readonly string[]} names */
function list(names) {
  return names.length === 0 ? "nothing else" : names.join(", ");
}
