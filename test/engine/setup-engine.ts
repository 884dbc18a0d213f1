import type { Argument, CallAnswer, CallName, EngineCalls, FromEngine, PieceOf, ToEngineView } from "../../src/contract/calls.ts";
import type { Changed, Storage } from "../../src/contract/changed.ts";
import type { ConnectionRow } from "../../src/contract/connections.ts";
import { MOST_ROWS } from "../../src/contract/rows.ts";
import { CONTRACT_VERSION } from "../../src/contract/wire.ts";
import { Refusal } from "../../src/model/refusal.ts";
import { connectView } from "../../src/worker/connect-view.ts";
import type { Timers } from "../../src/engine/timers.ts";
import { TIMERS, TURNS } from "./timers.ts";
import type { EngineEdges } from "../../src/engine/engine-edges.ts";
import { Engine } from "../../src/engine/engine.ts";
import type { Decoder } from "../../src/decode/decoder.ts";
import type { LogSource } from "../../src/engine/capture-disk.ts";
import type { DecodeThread } from "../../src/engine/decode-run.ts";
import { createDecodeResponder } from "../../src/engine/decode-thread.ts";
import { createLookResponder } from "../../src/engine/look-thread.ts";
import type { LookThread } from "../../src/engine/looker.ts";
import type { OwnThread } from "../../src/engine/own/own-thread.ts";
import { createScanResponder } from "../../src/engine/scan-thread.ts";
import type { ScanRequest, ScanThread } from "../../src/engine/scanner.ts";
import type { CaptureBatch, CaptureEvent } from "../../src/model/capture-batch.ts";
import { Faults } from "../../src/model/faults.ts";
import type { Tell } from "../../src/model/said.ts";
import { messageBits, withOrigin, type Direction, type RowOrigin } from "../../src/model/frame.ts";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";
import type { CaptureFolders } from "../../src/engine/kept-captures.ts";
import { MemoryFolders } from "./memory-folders.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { memoryFile } from "./memory-import-file.ts";
import { en } from "../words/speakers.ts";

export interface Message {
  readonly connection?: number;
  readonly direction?: Direction;
  readonly opcode?: number;
  readonly origin?: RowOrigin;
  readonly payload: string | Uint8Array;
}

export type Step = Message | CaptureEvent;

/** A batch of messages and events, one second after another from second 1001; `passedBefore`: frames that came before, or were lost. */
export function batchOf(steps: readonly Step[], passedBefore = 0): CaptureBatch {
  const messages = steps.flatMap((step) => ("payload" in step ? [step] : []));
  const payloads = messages.map(({ payload }) => (typeof payload === "string" ? Buffer.from(payload) : Buffer.from(payload)));
  let at = 0;
  return {
    count: messages.length,
    times: Float64Array.from(messages, (_, i) => 1001 + i),
    connections: Uint32Array.from(messages, ({ connection = 1 }) => connection),
    bits: Uint16Array.from(messages, ({ direction = "received", opcode = 1, origin = "page" }) => withOrigin(messageBits(direction, opcode, false, false), origin)),
    lengths: Uint32Array.from(payloads, ({ length }) => length),
    payload: new Uint8Array(Buffer.concat(payloads)),
    events: steps.flatMap((step) => {
      if (!("payload" in step)) return [{ at, event: step }];
      at++;
      return [];
    }),
    passed: passedBefore + messages.length,
  };
}

/** Why nothing is written, or what is wrong with a kept capture, in English. */
export const toldOf = (storage: Storage): string => en.tell((storage.state === "memory only" ? storage.why : storage.state === "kept" ? storage.problem : null) ?? "");

export const opened = (connection: number, url = `ws://feed.test/${connection}`): CaptureEvent[] => [
  { type: "target", target: { key: "page", type: "page", url: "http://page.test/" } },
  { type: "created", connection: connectionId(connection), targetKey: "page", url, seenFromStart: true },
  { type: "handshake-request", connection: connectionId(connection), time: monotonicSeconds(1000), wallTime: 1_800_000_000, headers: [] },
  {
    type: "handshake-response",
    connection: connectionId(connection),
    time: monotonicSeconds(1000.5),
    status: 101,
    statusText: "Switching Protocols",
    headers: [],
  },
];

/** A scan thread on this thread; `hangs` says which requests it never answers. */
export function scanThread(hangs: (request: ScanRequest) => boolean = () => false): ScanThread {
  const respond = createScanResponder();
  const thread: ScanThread = {
    post: (request) => {
      if (!hangs(request)) setTimeout(() => respond(request, (answer) => thread.onAnswer(answer)), 0);
    },
    onAnswer: () => {},
    onFailure: () => {},
    onGone: () => {},
    onReady: () => {},
    isReady: true,
    end: () => {},
  };
  return thread;
}

/** A decode thread on this thread; `decoders`: those of the registry. */
export function decodeThread(decoders?: readonly Decoder[]): DecodeThread {
  const respond = createDecodeResponder((step) => thread.onAnswer(step), decoders);
  const thread: DecodeThread = {
    post: (request) => void setTimeout(() => respond(request, (answer) => thread.onAnswer(answer)), 0),
    onAnswer: () => {},
    onFailure: () => {},
    onGone: () => {},
    onReady: () => {},
    isReady: true,
    end: () => {},
  };
  return thread;
}

/** A thread on this thread that decodes what is looked at. */
export function lookThread(): LookThread {
  const respond = createLookResponder((step) => thread.onAnswer(step));
  const thread: LookThread = {
    post: (request, transfer) => {
      // As between real threads: what is handed over is gone here.
      const taken = structuredClone(request, { transfer });
      setTimeout(() => respond(taken, (answer) => thread.onAnswer(answer)), 0);
    },
    onAnswer: () => {},
    onFailure: () => {},
    onGone: () => {},
    onReady: () => {},
    isReady: true,
    end: () => {},
  };
  return thread;
}

/** The capture of the engine that a test sets up. */
export const OWN_CAPTURE = "2026-11-20T14-00-00-000Z-00000000";

/** An engine with one view, over real ports; `paintsIn`: milliseconds that the view takes to paint what it is told. */
export function setupEngine(options: { readonly log?: LogSource; readonly captures?: CaptureFolders; readonly budget?: number; readonly hangs?: (request: ScanRequest) => boolean; readonly exportRoom?: number; readonly files?: Readonly<Record<string, Uint8Array>>; readonly paintsIn?: number; readonly cores?: number; readonly faults?: Faults; readonly tell?: Tell; readonly startScanThread?: () => ScanThread; readonly startDecodeThread?: () => DecodeThread; readonly startLookThread?: () => LookThread; readonly startOwnThread?: () => OwnThread; readonly decodeDeadline?: number | undefined; readonly later?: Timers["later"]; readonly nextCapture?: EngineEdges["nextCapture"] } = {}) {
  const exported = new Map<string, MemoryFile>();
  const faults = options.faults ?? new Faults("recorder");
  const engine = new Engine({
    ...TIMERS,
    ...(options.later !== undefined && { later: options.later }),
    turns: TURNS,
    utcOffset: () => 0,
    startScanThread: options.startScanThread ?? (() => scanThread(options.hangs ?? (() => false))),
    startDecodeThread: options.startDecodeThread ?? decodeThread,
    startLookThread: options.startLookThread ?? lookThread,
    startOwnThread: options.startOwnThread,
    decodeDeadline: options.decodeDeadline,
    id: OWN_CAPTURE,
    log: options.log ?? { payloads: new MemoryFile(), journal: new MemoryFile() },
    captures: options.captures ?? new MemoryFolders(),
    nextCapture: options.nextCapture,
    exports: {
      create: (name) => {
        const file = new MemoryFile(options.exportRoom);
        exported.set(name, file);
        return Promise.resolve({ file, path: [name] });
      },
      remove: ([name]) => {
        exported.delete(name ?? "");
        return Promise.resolve();
      },
    },
    readFile: ({ name }) => memoryFile(name, options.files?.[name] ?? new Uint8Array(0)),
    tell: options.tell ?? en.tell,
    cores: options.cores ?? 8,
    faults,
    budget: options.budget ?? 1 << 28,
    version: "0.0.0",
  });
  const { port1, port2 } = new MessageChannel();
  connectView(engine, { type: "view", version: CONTRACT_VERSION, port: port2 }, faults);
  const pushes: Changed[] = [];
  let passed = 0;
  const waiting = new Map<number, (message: CallAnswer) => void>();
  const pieces = new Map<number, unknown[]>();
  const watchers = new Set<() => void>();
  let nextId = 1;
  port1.onmessage = ({ data }: MessageEvent<FromEngine>) => {
    if (data.type === "changed") {
      pushes.push(data.changed);
      for (const watcher of watchers) watcher();
      if (options.paintsIn === undefined) port1.postMessage({ type: "ready" });
      else setTimeout(() => port1.postMessage({ type: "ready" }), options.paintsIn);
    } else if (data.type === "piece") {
      pieces.get(data.id)?.push(data.piece);
      port1.postMessage({ type: "taken", id: data.id } satisfies ToEngineView);
    } else if (data.type !== "working" && data.type !== "progress") waiting.get(data.id)?.(data);
  };
  const call = <Name extends CallName>(name: Name, argument: Parameters<EngineCalls[Name]>[0]): Promise<ReturnType<EngineCalls[Name]>> =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, (message) => {
        waiting.delete(id);
        if (message.type === "answer") resolve(message.value as ReturnType<EngineCalls[Name]>);
        else if (message.type === "refused") reject(new Refusal(en.tell(message.why)));
        else if (message.type === "failed") reject(new Error("failed"));
      });
      port1.postMessage({ type: "call", id, name, argument });
    });
  /** A call whose answer comes in pieces: all of them. */
  const stream = async <Name extends CallName>(name: Name, argument: Argument<Name>): Promise<PieceOf<Name>[]> => {
    const given: unknown[] = [];
    pieces.set(nextId, given);
    await call(name, argument);
    return given as PieceOf<Name>[];
  };
  /** Resolves with the first push, past or to come, that is as asked. */
  const until = (isAsAsked: (changed: Changed) => boolean): Promise<Changed> =>
    new Promise((resolve) => {
      const look = (): void => {
        const last = pushes.at(-1);
        if (last === undefined || !isAsAsked(last)) return;
        watchers.delete(look);
        resolve(last);
      };
      watchers.add(look);
      look();
    });
  return {
    engine,
    exported,
    pushes,
    call,
    stream,
    until,
    /** `lost`: frames that the capture drops before these. */
    take: (steps: readonly Step[], lost = 0) => {
      const batch = batchOf(steps, passed + lost);
      passed = batch.passed;
      engine.receive({ type: "batch", batch }, () => {});
    },
    end: () => {
      engine.end();
      port1.close();
    },
  };
}

/** All connections of an engine that a test sets up, as its list has them. */
export async function connectionRows(call: ReturnType<typeof setupEngine>["call"]): Promise<ConnectionRow[]> {
  const { items } = await call("connections", { hidesEnded: false, chosen: null, watched: [], from: 0, to: MOST_ROWS });
  return items.flatMap((item) => (item.type === "connection" ? [item.row] : []));
}
