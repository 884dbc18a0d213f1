import type { UserMark } from "../log/user-marks.ts";
import { frameIndex, byteLength, milliseconds, type FrameIndex } from "../model/units.ts";
import { cookieNames } from "../model/cookies.ts";
import { explainHandshake } from "../model/handshake.ts";
import { CaptureLog, type LogSource } from "./capture-log.ts";
import { completions } from "./captured-values.ts";
import { connectionRows } from "./connection-rows.ts";
import {
  CONTRACT_VERSION,
  MOST_BYTES,
  MOST_ROWS,
  type BatchDone,
  type CallName,
  type CaptureBounds,
  type Changed,
  type EngineCalls,
  type ExportRequest,
  type FromEngine,
  type ToEngine,
  type ToEngineView,
} from "./contract.ts";
import { DecodeRun, type DecodeThread } from "./decode-run.ts";
import { Inspection } from "./inspection.ts";
import { copyText, summarise } from "./selection.ts";
import { Scanner, type ScanThread } from "./scanner.ts";
import { View } from "./view.ts";
import { chosenRows, exportLog, type ExportStore } from "./export.ts";
import { exportKept } from "./export-kept.ts";
import { KeptCaptures, type CaptureFolders } from "./kept-captures.ts";

/** The edges of the engine, given from outside. */
export interface EngineEdges {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Minutes that the user's clock is ahead of UTC. */
  readonly utcOffset: () => number;
  readonly startScanThread: () => ScanThread;
  readonly startDecodeThread: () => DecodeThread;
  /** The capture that this engine records or shows. */
  readonly id: string;
  readonly log: LogSource;
  readonly captures: CaptureFolders;
  readonly exports: ExportStore;
  /** Bytes of payload that may stay in memory. */
  readonly budget: number;
  /** Framescope's version, for exports. */
  readonly version: string;
}

interface Client {
  readonly port: MessagePort;
  readonly view: View;
  /** The view has painted what it was told last. */
  isReady: boolean;
  told: string;
  /** When it may be told again, on the engine's clock. */
  nextTell: number;
  /** Rows and bytes of the log when it was told last, and when that was. */
  toldOf: { readonly rows: number; readonly bytes: number; readonly at: number };
  /** It hears the next change by this timer. */
  timer: ReturnType<typeof setTimeout> | undefined;
  inspection: Inspection | undefined;
  /** The next slice of its filter is already on its way. */
  hasSlice: boolean;
}

/** A new filter is told of after this. */
const FIRST_LOOK_MS = 10;
/** A view's filter works this long before other messages get their turn. */
const TURN_MS = 8;
/** How often the view hears of rates that fall while nothing arrives, and the log is saved. */
const TICK_MS = 500;
/** How often a capture that grows may push older ones out. */
const BOUNDS_MS = 60_000;
/** Characters of a note. */
const MOST_NOTE = 2000;
/**
 * A view is told no sooner again than after this: rows that pass faster than that nobody reads, and drawing them on
 * the thread that also takes in Chrome's events would only cost frames.
 */
const TOLD_APART_MS = 32;
/**
 * More rows or bytes a second than this fill the screen anew several times a second, which nobody reads, and leave
 * hardly a core to spare: the capture comes first, and the view is told less often.
 */
const BUSY_ROWS = 1500;
const BUSY_BYTES = 8 * 2 ** 20;
const BUSY_TOLD_APART_MS = 200;
/** Fewer at once are no rate yet. */
const SCREENFUL = 32;
const SCREENFUL_BYTES = 256 * 2 ** 10;

/**
 * Owns one capture's log and answers the views of it. Every change is told to a view at most once a painted frame: it
 * is told, paints, says `ready`, and is told again.
 */
export class Engine {
  readonly #edges: EngineEdges;
  readonly #capture: CaptureLog;
  readonly #kept: KeptCaptures;
  #bounds: CaptureBounds | undefined;
  #boundsAt = 0;
  readonly #decoding: DecodeRun;
  readonly #clients = new Set<Client>();
  readonly #timer: ReturnType<typeof setInterval>;
  /** Calls back after the messages that wait already; a timer would wait 4 ms each time. */
  readonly #turns = new MessageChannel();
  readonly #waitingTurns: (() => void)[] = [];

  constructor(edges: EngineEdges) {
    this.#edges = edges;
    this.#capture = new CaptureLog(edges.log, edges.budget);
    this.#kept = new KeptCaptures(edges.captures, edges.id);
    this.#decoding = new DecodeRun(this.#capture, edges.startDecodeThread, () => this.#advanceAll(), edges.now);
    this.#turns.port1.onmessage = () => this.#waitingTurns.shift()?.();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    if (this.#capture.isKept) this.#soon(() => this.#recover());
  }

  /** A message of the capture's. `done` tells it what has been taken in. */
  receive(message: ToEngine, done: (message: BatchDone) => void): void {
    switch (message.type) {
      case "batch":
        try {
          this.#capture.take(message.batch, this.#edges.now());
        } finally {
          done({ type: "batch-done", payloadBytes: message.batch.payload.length });
        }
        this.#decoding.advance();
        this.#advanceAll();
        return;
      case "limits":
        this.#capture.setBudget(message.budget);
        this.#bounds = message.bounds;
        this.#applyBounds();
        return;
      case "end":
        this.end();
        return;
      case "view":
        if (message.version !== CONTRACT_VERSION) {
          message.port.close();
          return;
        }
        this.addView(message.port);
    }
  }

  addView(port: MessagePort): void {
    const client: Client = {
      port,
      view: new View(this.#capture, {
        scanner: new Scanner(this.#edges.startScanThread),
        now: this.#edges.now,
        utcOffset: this.#edges.utcOffset,
        changed: () => this.#advance(client),
      }),
      isReady: true,
      told: "",
      nextTell: 0,
      toldOf: { rows: 0, bytes: 0, at: 0 },
      timer: undefined,
      inspection: undefined,
      hasSlice: false,
    };
    this.#clients.add(client);
    port.onmessage = ({ data }: MessageEvent<ToEngineView>) => {
      if (data.type === "call") {
        void this.#answer(client, data);
      } else {
        client.isReady = true;
        this.#tell(client);
      }
    };
    // The panel's page went: Chrome tells it on the port.
    port.addEventListener("close", () => this.#removeClient(client));
    this.#tell(client);
  }

  /** Saves what is pending and ends every thread and timer. */
  end(): void {
    clearInterval(this.#timer);
    this.#turns.port1.close();
    this.#decoding.end();
    this.#capture.end(this.#edges.now());
    for (const client of this.#clients) this.#removeClient(client);
  }

  #removeClient(client: Client): void {
    client.view.end();
    clearTimeout(client.timer);
    client.port.close();
    this.#clients.delete(client);
  }

  #tick(): void {
    const now = this.#edges.now();
    this.#capture.save(now);
    this.#capture.noteTraffic(now);
    if (now - this.#boundsAt >= BOUNDS_MS) this.#applyBounds();
    for (const client of this.#clients) {
      client.view.tick();
      this.#tell(client);
    }
  }

  /** Reads a kept capture on, in turns: what was read shows meanwhile. */
  #recover(): void {
    const turnEnds = this.#edges.now() + TURN_MS;
    let isMore = this.#capture.recover();
    while (isMore && this.#edges.now() < turnEnds) isMore = this.#capture.recover();
    if (isMore) this.#soon(() => this.#recover());
    this.#decoding.advance();
    this.#advanceAll();
  }

  /** A disk that gives no answer now is asked again in a minute. */
  #applyBounds(): void {
    this.#boundsAt = this.#edges.now();
    if (this.#bounds !== undefined) void this.#kept.applyBounds(this.#bounds).catch(() => {});
  }

  #advanceAll(): void {
    for (const client of this.#clients) this.#advance(client);
  }

  /** Lets a view find its new rows, in slices, and tells it. */
  #advance(client: Client): void {
    const turnEnds = this.#edges.now() + TURN_MS;
    let isMore = client.view.advance();
    while (isMore && this.#edges.now() < turnEnds) isMore = client.view.advance();
    if (isMore && !client.hasSlice) {
      client.hasSlice = true;
      this.#soon(() => {
        client.hasSlice = false;
        if (this.#clients.has(client)) this.#advance(client);
      });
    }
    this.#tell(client);
  }

  #soon(callback: () => void): void {
    this.#waitingTurns.push(callback);
    this.#turns.port2.postMessage(null);
  }

  #tell(client: Client): void {
    if (!client.isReady || client.timer !== undefined) return;
    const now = this.#edges.now();
    const wait = client.nextTell - now;
    // The clock may have been set back meanwhile.
    if (wait > 0 && wait <= BUSY_TOLD_APART_MS) {
      client.timer = setTimeout(() => {
        client.timer = undefined;
        this.#tell(client);
      }, wait);
      return;
    }
    const changed = this.#changed(client.view);
    // A revision alone is no news: it grows with batches that changed nothing a view shows.
    const told = JSON.stringify({ ...changed, revision: 0 });
    if (told === client.told) return;
    client.told = told;
    client.nextTell = now + this.#tellApart(client, now);
    client.isReady = false;
    post(client.port, { type: "changed", changed });
  }

  /** How long a view that is told now is told nothing more. */
  #tellApart(client: Client, now: number): number {
    const { length: rows, messageBytes: bytes } = this.#capture.log;
    const before = client.toldOf;
    client.toldOf = { rows, bytes, at: now };
    const seconds = (now - before.at) / 1000;
    const isBusy = rows - before.rows > BUSY_ROWS * seconds || bytes - before.bytes > BUSY_BYTES * seconds;
    return isBusy && (rows - before.rows > SCREENFUL || bytes - before.bytes > SCREENFUL_BYTES) ? BUSY_TOLD_APART_MS : TOLD_APART_MS;
  }

  #changed(view: View): Changed {
    const capture = this.#capture;
    const now = this.#edges.now();
    return {
      revision: view.revision,
      shown: view.shown,
      decoded: capture.decoded.length,
      generation: capture.generation,
      frames: capture.log.messages,
      rows: view.length,
      matches: view.rows.messages,
      scanned: view.rows.progress,
      filterProblem: view.problem,
      bytes: byteLength(capture.log.messageBytes),
      bytesInMemory: byteLength(capture.log.payloads.bytesInMemory),
      sentRate: capture.traffic.sent.rate(now),
      receivedRate: capture.traffic.received.rate(now),
      lost: capture.lost,
      forgottenRequests: this.#decoding.forgotten,
      storage: capture.storage,
      connectionsRevision: capture.connectionsRevision,
    };
  }

  async #answer(client: Client, call: Extract<ToEngineView, { type: "call" }>): Promise<void> {
    try {
      const answer = this.#calls(client)[call.name] as (argument: unknown) => unknown;
      const value = (await answer(call.argument)) as ReturnType<EngineCalls[CallName]>;
      post(client.port, { type: "answer", id: call.id, value });
    } catch (error) {
      post(client.port, { type: "refused", id: call.id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  #calls(client: Client): { [Name in CallName]: Answers<Name> } {
    const capture = this.#capture;
    const { view } = client;
    return {
      setScope: (scope) => {
        // Somebody waits for what this shows: told soon, but not before the first rows can be there.
        clearTimeout(client.timer);
        client.timer = undefined;
        client.nextTell = this.#edges.now() + FIRST_LOOK_MS;
        return view.setScope(scope);
      },
      setHighlights: (filters) => view.setHighlights(filters),
      rows: (range) => view.rowsOf(range),
      find: ({ filter, from, backwards }) => view.find(filter, from, backwards),
      complete: ({ text, at }) => completions(text, at, capture),
      pin: ({ frame, pinned }) => this.#mark(frame, { pinned }),
      note: ({ frame, text }) => this.#mark(frame, { note: text.slice(0, MOST_NOTE) }),
      summarise: ({ places }) => summarise(capture, view, places),
      copyText: ({ places }) => copyText(capture, view, places),
      placeOf: ({ frame }) => view.placeOf(frame) ?? null,
      connections: () => connectionRows(capture, this.#edges.now()),
      inspect: ({ frame, columns }) => this.#inspection(client, frame)?.details(columns) ?? null,
      treeLines: ({ frame, from, to }) =>
        this.#inspection(client, frame)?.treeLines(from, Math.min(to, from + MOST_ROWS)) ?? [],
      toggleTree: ({ frame, line, all }) => this.#inspection(client, frame)?.toggleTree(line, all) ?? 0,
      textLines: ({ frame, columns, from, to }) =>
        this.#inspection(client, frame)?.textLines(columns, from, Math.min(to, from + MOST_ROWS)) ?? [],
      bytes: ({ frame, from, to }) =>
        frame < capture.log.length
          ? capture.log.payloadRange(frameIndex(frame), from, Math.min(to, from + MOST_BYTES)).slice()
          : new Uint8Array(0),
      payloadText: ({ frame }) => this.#inspection(client, frame)?.payloadText() ?? "",
      handshake: ({ connection: id }) => {
        const connection = capture.table.connections.get(id);
        if (connection === undefined) return null;
        const { requestTime, responseTime, requestHeaders } = connection.handshake;
        return {
          connection,
          report: explainHandshake(connection),
          startedAt: requestTime === undefined ? null : (capture.table.clock.toEpoch(requestTime) ?? null),
          took:
            requestTime === undefined || responseTime === undefined
              ? null
              : milliseconds((responseTime - requestTime) * 1000),
          cookieNames: cookieNames(requestHeaders),
        };
      },
      export: (request) => exportLog(this.#edges.exports, capture, chosenRows(view, request.scope), request, this.#edges),
      discardExport: async ({ path }) => {
        await this.#edges.exports.remove(path);
        return null;
      },
      clear: () => {
        if (capture.isKept) throw new Error("A kept capture is not cleared; it can be deleted from the list of captures.");
        capture.clear();
        this.#advanceAll();
        return null;
      },
      captures: () => this.#kept.list(),
      renameCapture: async ({ capture: id, name }) => {
        await this.#kept.rename(id, name);
        return null;
      },
      dismissCapture: async ({ capture: id }) => {
        await this.#kept.dismiss(id);
        return null;
      },
      deleteCapture: async ({ capture: id }) => {
        await this.#kept.remove(id);
        return null;
      },
      exportCapture: ({ capture: id, sensitive }) => {
        const request: ExportRequest = { format: "har", scope: "all", sensitive };
        const { exports, captures } = this.#edges;
        return id === this.#edges.id ? exportLog(exports, capture, undefined, request, this.#edges) : exportKept(captures, id, exports, request, this.#edges);
      },
    };
  }

  #mark(frame: FrameIndex, change: Partial<UserMark>): null {
    if (frame < this.#capture.log.length) this.#capture.mark(frame, change);
    this.#advanceAll();
    return null;
  }

  #inspection(client: Client, frame: number): Inspection | undefined {
    const known = client.inspection;
    if (known?.frame === frame && known.generation === this.#capture.generation) return known;
    client.inspection =
      frame < this.#capture.log.length ? new Inspection(this.#capture, frameIndex(frame)) : undefined;
    return client.inspection;
  }
}

function post(port: MessagePort, message: FromEngine): void {
  port.postMessage(message);
}

type Answers<Name extends CallName> = (
  argument: Parameters<EngineCalls[Name]>[0],
) => ReturnType<EngineCalls[Name]> | Promise<ReturnType<EngineCalls[Name]>>;
