import { say } from "../../../src/model/said.ts";
import type { Answer, CallName, EngineCalls, FromEngine, ToEngineView } from "../../../src/contract/calls.ts";
import type { Changed } from "../../../src/contract/changed.ts";
import type { FrameDetails, TreeLine } from "../../../src/contract/inspect.ts";
import type { Scope } from "../../../src/contract/rows.ts";
import { frameIndex, byteLength, connectionId, epochMilliseconds, milliseconds, type FrameIndex } from "../../../src/model/units.ts";
import { madeUpCaptures } from "./made-up-captures.ts";
import { completionsAt } from "./made-up-completions.ts";
import { layersOf, pairOf } from "./made-up-layers.ts";
import { MadeUpConnections } from "./made-up-connections.ts";
import { HANDSHAKE, rowAt, textAt } from "./made-up-log.ts";
import { madeUpTimeline } from "./made-up-timeline.ts";
import { toldOver } from "../state/answering-engine.ts";

export interface FakeEngineOptions {
  readonly rows: number;
  /** Rows added each second. */
  readonly rate: number;
  readonly connections: number;
  readonly storage: Changed["storage"]["state"];
  readonly lost: number;
}

/** A filter of the made-up log shows every row of this many. */
const ONE_OF = 13;
const TREE_LINES = 400_000;

/** Answers a view's calls from a log that is computed, so that it can be as long as one likes. */
export class FakeEngine {
  readonly #port: MessagePort;
  readonly #options: FakeEngineOptions;
  readonly #connections: MadeUpConnections;
  #total: number;
  #scope: Scope = { filter: "", connection: null, sent: true, received: true, sort: null };
  #revision = 1;
  #generation = 1;
  #isReady = true;
  #scanned = 1;
  readonly #folded = new Set<number>();
  readonly #pins = new Set<number>();
  readonly #notes = new Map<number, string>();
  #highlights: readonly string[] = [];

  constructor(port: MessagePort, options: FakeEngineOptions) {
    this.#port = port;
    this.#options = options;
    this.#total = options.rows;
    this.#connections = new MadeUpConnections(options.connections);
  }

  begin(): void {
    const port = this.#port;
    const options = this.#options;
    port.onmessage = (event: MessageEvent<ToEngineView>) => this.#take(event.data);
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      const added = Math.floor(((now - last) / 1000) * options.rate);
      if (added > 0) {
        last = now;
        this.#total += added;
        this.#revision++;
      }
      if (this.#scanned < 1) this.#scanned = Math.min(1, this.#scanned + 0.02);
      this.#push();
    }, 8);
  }

  get #shown(): number {
    const every = this.#scope.filter === "" ? 1 : ONE_OF;
    if (this.#scope.filter === "nothing" || (!this.#scope.sent && !this.#scope.received)) return 0;
    return Math.floor((this.#total / every) * this.#scanned);
  }

  #push(): void {
    if (!this.#isReady) return;
    this.#isReady = false;
    const { rate, lost, storage } = this.#options;
    this.#post({
      type: "changed",
      changed: {
        revision: this.#revision,
        shown: 0,
        generation: this.#generation,
        cleared: null,
        clearedRows: 0,
        decoded: this.#total,
        inspected: 0,
        frames: this.#total,
        messages: this.#total,
        events: 0,
        unfoldable: 0,
        rows: this.#shown,
        matches: this.#shown,
        muted: null,
        scanned: this.#scanned,
        asked: this.#scope.asked ?? 0,
        sorted: 1,
        filterProblem: null,
        bytes: byteLength(this.#total * 204),
        bytesInMemory: byteLength(Math.min(61e6, this.#total * 204)),
        sentRate: { frames: rate === 0 ? 0 : 12, bytes: rate === 0 ? 0 : 1400 },
        receivedRate: { frames: rate, bytes: rate * 204 },
        lost,
        faults: [],
        forgottenRequests: 0,
        undecoded: 0,
        stoppedDecoders: [],
        restarts: { times: 0, lost: 0 },
        resumedAt: null,
        storage:
          storage === "saving"
            ? { state: "saving", savedAt: this.#total === 0 ? null : epochMilliseconds(Date.now() - 200) }
            : { state: "memory only", why: say("engine.disk-refused", { why: say("engine.disk-full") }) },
        connections: this.#total === 0 ? { all: 0, ended: 0 } : this.#connections.counts,
        connectionsRevision: this.#revision,
      },
    });
  }

  #take(message: ToEngineView): void {
    if (message.type === "ready") {
      this.#isReady = true;
      return;
    }
    if (message.type !== "call") return;
    const calls = this.#calls as Record<CallName, (argument: never, long: ReturnType<typeof toldOver>) => Answer<CallName>>;
    try {
      this.#post({ type: "answer", id: message.id, value: calls[message.name](message.argument as never, toldOver((told) => this.#post(told), message.id)) });
    } catch (problem) {
      this.#post({ type: "refused", id: message.id, why: (problem as Error).message });
    }
  }

  #post(message: FromEngine): void {
    this.#port.postMessage(message);
  }

  #row(place: number) {
    const find = this.#scope.filter.replace(/^\/|\/$/g, "").toLowerCase();
    const { sort } = this.#scope;
    const at = sort?.descending === true ? this.#shown - 1 - place : place;
    const row = rowAt(this.#scope.filter === "" ? at : at * ONE_OF + 2, find);
    const highlight = this.#highlights.findIndex((text) => row.preview.toLowerCase().includes(text.toLowerCase()));
    return {
      ...row,
      highlight: highlight === -1 ? null : highlight,
      pinned: this.#pins.has(row.index),
      note: this.#notes.get(row.index) ?? "",
    };
  }

  readonly #calls: EngineCalls = {
    decoders: () => [
      { id: "socket.io", name: "Socket.IO" },
      { id: "json", name: "JSON" },
    ],
    findSecrets: () => ({ secrets: [], rows: 0 }),
    decodeAs: () => null,
    ownDecoders: () => null,
    rememberDecoders: () => null,
    openSchema: ({ files }) => ({ schema: JSON.stringify({ messages: [], enums: [] }), types: files.map(({ name }) => name.replace(/\.\w+$/, "")) }),
    schemaOf: () => null,
    noteRun: () => null,
    readBySchema: () => null,
    pairBy: () => null,
    setScope: (scope) => {
      if (scope.filter.startsWith("/")) {
        try {
          RegExp(scope.filter.slice(1, scope.filter.endsWith("/") ? -1 : undefined));
        } catch {
          const from = Math.max(1, scope.filter.search(/[[(]/));
          return { message: "This group is not closed: add a ) or write \\( for the character.", from, to: scope.filter.length, instead: scope.instead ?? "" };
        }
      }
      this.#scanned = scope.filter !== this.#scope.filter && scope.filter !== "" ? 0.05 : 1;
      this.#scope = scope;
      this.#revision++;
      return null;
    },
    rows: ({ from, to }) => {
      const end = Math.min(to, this.#shown, from + 500);
      return {
        revision: this.#revision,
        from,
        rows: Array.from({ length: Math.max(0, end - from) }, (_, i) => this.#row(from + i)),
      };
    },
    setHighlights: (filters) => {
      this.#highlights = filters;
      this.#revision++;
      return filters.map(() => null);
    },
    countFound: () => ({ at: 1, all: 1, isMore: false }),
    find: ({ filter, from, backwards }) => {
      if (filter === "nothing") return null;
      if (filter.startsWith("/(")) throw new Error("This pattern is not valid: Unterminated group.");
      const place = (from ?? (backwards ? this.#shown : -1)) + (backwards ? -ONE_OF : ONE_OF);
      return place < 0 || place >= this.#shown ? null : { place, frame: this.#row(place).index };
    },
    complete: ({ text, at }) => completionsAt(text, at),
    pinPlaces: () => null,
    pin: ({ frame, pinned }) => {
      if (pinned) this.#pins.add(frame);
      else this.#pins.delete(frame);
      this.#revision++;
      return null;
    },
    note: ({ frame, text }) => {
      this.#notes.set(frame, text);
      this.#revision++;
      return null;
    },
    summarise: ({ places }) => {
      const frames = places.reduce((sum, { from, to }) => sum + to - from, 0);
      return { frames, bytes: byteLength(frames * 204), span: milliseconds(frames * 3.7) };
    },
    copyForm: ({ places }) => ({ messages: places.reduce((sum, { from, to }) => sum + to - from, 0), isJsonLines: false }),
    copyText: ({ places }) => {
      const texts = places.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => this.#row(from + i).preview));
      return { messages: texts.length, isJsonLines: false, text: texts.join("\n") };
    },
    payloads: ({ places }) => places.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => ({ name: `frame-${this.#row(from + i).index + 1}.txt`, bytes: new TextEncoder().encode(this.#row(from + i).preview) }))),
    payloadsZip: () => new Uint8Array(0),
    placeOf: ({ frame }) => (this.#scope.filter === "" ? frame : frame % ONE_OF === 2 ? (frame - 2) / ONE_OF : null),
    placeNear: ({ frame }) => {
      const place = this.#scope.filter === "" ? frame : Math.round((frame - 2) / ONE_OF);
      return { place: Math.max(0, place), isExact: this.#scope.filter === "" || frame % ONE_OF === 2, isSure: true };
    },
    firstRow: () => ({ frame: frameIndex(0), note: "" }),
    corrections: ({ text }) => (text === "" ? [] : [".px > 100", `type:${text.replace(/\W/g, "")}`]),
    connections: (query) =>
      this.#total === 0 ? { lines: 0, connections: 0, items: [], chosen: null, watched: [] } : this.#connections.list(query, this.#total),
    connectionBeside: (query) => this.#connections.beside(query),
    inspect: ({ frame, columns }) => ({ ...this.#inspect(frame, columns), treeHead: [], bytesHead: new Uint8Array(0), treeRevision: 0, sendsSecret: false }),
    treeLines: ({ from, to, frame }) =>
      Array.from({ length: Math.min(to, TREE_LINES) - from }, (_, i) => this.#treeLine(from + i, frame)),
    toggleTree: ({ line }) => {
      if (!this.#folded.delete(line)) this.#folded.add(line);
      return TREE_LINES - this.#folded.size * 4;
    },
    layText: ({ frame, columns }) => ({ lines: Math.ceil((textAt(frame).length * 20) / columns), longest: columns }),
    findText: () => null,
    foldText: () => 0,
    findInTree: () => null,
    textStep: () => null,
    textBetween: () => "",
    lineBytes: () => null,
    lineAt: () => null,
    treeJson: () => "{}",
    isSentJson: () => false,
    textLines: ({ frame, columns, from, to }) => {
      const text = textAt(frame).repeat(20);
      return Array.from({ length: Math.min(to, Math.ceil(text.length / columns)) - from }, (_, i) => ({
        at: (from + i) * columns,
        number: from + i === 0 ? 1 : null,
        text: text.slice((from + i) * columns, (from + i + 1) * columns),
        hidden: null,
      }));
    },
    bytes: ({ frame, from, to }) => Uint8Array.from({ length: to - from }, (_, i) => (frame * 31 + (from + i) * 7) % 256),
    findBytes: () => null,
    payloadText: ({ frame }) => textAt(frame),
    handshake: ({ connection }) => ({ ...HANDSHAKE, connection: { ...HANDSHAKE.connection, id: connection } }),
    connectionPage: () => null,
    compareConnections: () => null,
    compareCaptures: () => ({ first: null, connections: [], different: 0, all: 0 }),
    findings: () => ({ total: 0, problems: 0, items: [], first: null, more: 0, rows: 0 }),
    compare: () => ({ other: null, hasEarlier: false, hasLater: false, as: "value", changes: 0, lines: 0 }),
    comparedText: () => "",
    compareLines: () => [],
    toggleCompared: () => 0,
    nextChange: () => null,
    timeline: ({ buckets }) => madeUpTimeline(this.#total, this.#options.rate, buckets),
    editable: () => null,
    outgoing: () => null,
    encode: () => [],
    pageRule: ({ id, direction, most }) => ({ id, direction, most, condition: { kind: "every", parts: [] }, action: { type: "drop" } }),
    ruleFilter: () => "type:tick",
    sentByUser: () => null,
    sentBefore: () => ({ messages: [], left: 0 }),
    rowCount: () => this.#total,
    receivedValue: () => ({ value: null, looked: 0 }),
    receivedMatch: () => ({ matches: false, looked: 0 }),
    replayReport: () => ({ sent: 0, answered: 0, unanswered: 0, latency: null }),
    exportForms: () => [
      { format: "har", name: "HAR", sensitive: false },
      { format: "har", name: "HAR", sensitive: true },
      { format: "csv", name: "CSV", sensitive: null, columns: ["row", "time", "connection", "url", "host", "transport", "record", "direction", "opcode", "size", "label", "kind", "decoder", "topic", "id", "answers", "partner", "latency", "text", "base64"] },
    ],
    export: ({ scope }) => {
      throw new Error(`The made-up engine exports nothing (${JSON.stringify(scope)}).`);
    },
    discardExport: () => null,
    snippetForms: () => [
      { target: "python", name: "Python", side: "client" },
      { target: "mock", name: "Mock", side: "server" },
    ],
    snippet: ({ target }) => ({ text: `# ${target}`, url: "wss://stream.shop.test/feed", messages: 1, secrets: [] }),
    origins: () => [],
    keepAnswers: () => null,
    captures: (_, long) => {
      for (const capture of madeUpCaptures()) void long.give(capture);
      return null;
    },
    renameCapture: () => null,
    dismissCapture: () => null,
    deleteCapture: () => null,
    importFile: ({ file }) => ({ capture: "imported", name: file.name, connections: 1, frames: 3, problems: [], moreProblems: 0 }),
    exportCapture: () => {
      throw new Error("The made-up engine exports nothing.");
    },
    clear: () => {
      this.#generation++;
      this.#revision++;
      this.#total = 0;
      return null;
    },
    undoClear: () => null,
    unfold: () => null,
  };

  #inspect(frame: FrameIndex, columns: number): FrameDetails {
    const row = rowAt(frame, "");
    const isText = row.kind === "message" && row.label !== "binary";
    return {
      ...row,
      messages: [],
      message: 0,
      opcode: row.label === "binary" ? 2 : 1,
      masked: row.direction === "sent",
      layers: isText ? layersOf(row.label) : [],
      isOfTool: false,
      decodedBecause: isText ? "handshake" : null,
      pair: row.pair === null ? null : pairOf(frame, row.pair),
      pinned: this.#pins.has(frame),
      userNote: this.#notes.get(frame) ?? "",
      connection: { ...HANDSHAKE.connection, id: connectionId((frame % 4) + 1) },
      treeLines: isText ? TREE_LINES - this.#folded.size * 4 : null,
      textLines: isText ? Math.ceil((textAt(frame).length * 20) / columns) : null,
      note: row.kind === "message" && row.size === null ? "Chrome did not report this payload: the page sent a Blob." : null,
    };
  }

  #treeLine(line: number, frame: number): TreeLine {
    const plain = { hint: null, look: null, size: null, isOddKey: false, children: 0, expanded: false, isInner: false };
    if (line === 0) return { ...plain, depth: 0, key: null, kind: "array", text: "Array(1)", children: 1, expanded: true };
    const depth = line % 7 === 1 ? 1 : 2 + (line % 7 > 5 ? 1 : 0);
    const key = ["fills", "0", "ok", "orderId", "px", "id", "ts"][line % 7] as string;
    switch (line % 7) {
      case 1:
        return { ...plain, depth, key: String(line), kind: "object", text: "{ok, orderId, px, id, ts}", children: 5, expanded: !this.#folded.has(line) };
      case 2:
        return { ...plain, depth, key, kind: "boolean", text: "true" };
      case 3:
        return { ...plain, depth, key, kind: "string", text: `"a71f0c9e-5b1d-4a60-9f1e-2f7f9a0c${frame}"` };
      case 4:
        return { ...plain, depth, key, kind: "number", text: "64014.5" };
      case 5:
        return { ...plain, depth, key, kind: "bigint", text: "9007199254740993" };
      case 6:
        return { ...plain, depth, key, kind: "number", text: "1795174622259", hint: "2026-11-20T12:31:04.259Z" };
      default:
        return { ...plain, depth, key, kind: "null", text: "null" };
    }
  }
}
