import { join } from "node:path";
import { availableParallelism } from "node:os";
import type { CallName, EngineCalls, FromEngine, ProgressOf, ToEngineView } from "../contract/calls.ts";
import type { Changed } from "../contract/changed.ts";
import type { LogSource } from "../engine/capture-disk.ts";
import type { CaptureLog } from "../engine/capture-log.ts";
import type { DecodeWish } from "../engine/decode-run.ts";
import { Engine, type EngineView } from "../engine/engine.ts";
import type { ExportStore } from "../engine/export.ts";
import type { CaptureFolders, NewCapture } from "../engine/kept-captures.ts";
import { Faults } from "../model/faults.ts";
import { Refusal } from "../model/refusal.ts";
import { say, type Tell } from "../model/said.ts";
import { DECODE_DEADLINE, prepareDecodeThreads, prepareLookThreads, prepareScanThreads } from "./engine-threads.ts";
import { NODE_TIMERS } from "./node-timers.ts";
import { openToRead } from "./read-file.ts";
import { toldBy } from "./told-by.ts";

/** Bytes of payload that stay in memory; the rest is read back from the file. */
const BUDGET = 256 * 2 ** 20;

type Argument<Name extends CallName> = Parameters<EngineCalls[Name]>[0];
type Answer<Name extends CallName> = ReturnType<EngineCalls[Name]>;

export interface KeptEngineOptions {
  /** Where exports go; none are written where it is left out. */
  readonly exports?: ExportStore;
  /** Framescope's version, for exports. */
  readonly version?: string;
  /** What is decoded before anybody asks: all, where it is left out. */
  readonly decoding?: "on request";
}

/** An engine and its calls, as a view of the panel has them. */
export interface KeptEngine {
  /** Rejects with the engine's `Refusal`. */
  readonly call: <Name extends CallName>(name: Name, argument: Argument<Name>, onProgress?: (progress: ProgressOf<Name>) => void) => Promise<Answer<Name>>;
  /** Resolves with the first news, past or to come, that is as asked. */
  readonly until: (isAsAsked: (changed: Changed) => boolean) => Promise<Changed>;
  /** Has all messages decoded, or those that are wished for, and forgets what was decoded before. */
  readonly decode: (wish: "all" | DecodeWish) => void;
  /** What it shows, for what looks at two of them at once. */
  readonly capture: CaptureLog;
  readonly end: () => void;
}

/** Opens a capture's folder: the files `journal` and `payloads` of it. Rejects with a `Refusal` where it is none. */
export async function openKeptEngine(folder: string, tell: Tell, options: KeptEngineOptions = {}): Promise<KeptEngine> {
  const { view } = await startEngine(folder, openLog(folder), tell, options);
  return view;
}

/** An engine that takes a capture in, into files, and a view of it. */
export function openRecordingEngine(files: NewCapture, tell: Tell, options: KeptEngineOptions): Promise<{ readonly engine: Engine; readonly view: KeptEngine }> {
  return startEngine(files.id, files, tell, options);
}

async function startEngine(folder: string, log: LogSource, tell: Tell, { exports = NO_EXPORTS, version = "", decoding }: KeptEngineOptions): Promise<{ readonly engine: Engine; readonly view: KeptEngine }> {
  const [startScanThread, startDecodeThread, startLookThread] = await Promise.all([prepareScanThreads(), prepareDecodeThreads(), prepareLookThreads()]);
  const faults = new Faults("command line");
  let wish: DecodeWish | null = decoding === "on request" ? null : ALL;
  const engine = new Engine({
    now: NODE_TIMERS.now,
    later: NODE_TIMERS.later,
    turns: { soon: (callback) => void setImmediate(callback) },
    utcOffset: () => -new Date().getTimezoneOffset(),
    startScanThread,
    startDecodeThread,
    startLookThread,
    decodeDeadline: DECODE_DEADLINE,
    wantsDecoded: () => wish,
    id: folder,
    tell,
    log,
    captures: NO_CAPTURES,
    exports,
    readFile: refuseNow,
    budget: BUDGET,
    cores: availableParallelism(),
    faults,
    version,
  });
  const waiting = new Map<number, (message: FromEngine) => void>();
  const watching = new Map<number, (progress: never) => void>();
  const watchers = new Set<(changed: Changed) => void>();
  let last: Changed | undefined;
  let nextId = 1;
  const hear = (message: FromEngine): void => {
    if (message.type === "changed") {
      last = message.changed;
      for (const watch of watchers) watch(message.changed);
      setImmediate(() => view?.receive({ type: "ready" }));
    } else if (message.type === "piece") {
      // No call that is made here gives its answer in pieces; an engine that waited for ever would show nothing.
      view?.receive({ type: "taken", id: message.id });
    } else if (message.type === "progress") {
      watching.get(message.id)?.(message.progress as never);
    } else if (message.type === "answer" || message.type === "refused" || message.type === "failed") {
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
      watching.delete(message.id);
    }
  };
  let view: EngineView | undefined;
  engine.addView({ send: hear, close: () => {} }, (added) => (view = added));
  const opened: KeptEngine = {
    call: (name, argument, onProgress) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        if (onProgress !== undefined) watching.set(id, onProgress);
        waiting.set(id, (message) => {
          if (message.type === "answer") resolve(message.value as never);
          else reject(message.type === "refused" ? new Refusal(message.why) : new Error(`The engine failed at ${name}: ${JSON.stringify(faults.list)}`));
        });
        view?.receive({ type: "call", id, name, argument } as ToEngineView);
      }),
    until: (isAsAsked) =>
      new Promise((resolve) => {
        const watch = (changed: Changed): void => {
          if (!isAsAsked(changed)) return;
          watchers.delete(watch);
          resolve(changed);
        };
        watchers.add(watch);
        if (last !== undefined) watch(last);
      }),
    decode: (wished) => {
      wish = wished === "all" ? ALL : wished;
      // What was told before is of another decoding.
      last = undefined;
      engine.decodeAnew();
    },
    capture: engine.capture,
    end: () => engine.end(),
  };
  return { engine, view: opened };
}

function openLog(folder: string): LogSource {
  try {
    return { kept: { journal: openToRead(join(folder, "journal")), payloads: openToRead(join(folder, "payloads")) } };
  } catch (error) {
    throw new Refusal(say("node.no-capture", { folder, why: toldBy(error) }), { cause: error });
  }
}

const ALL: DecodeWish = () => true;
const refuse = (): Promise<never> => Promise.reject(new Refusal(say("node.read-only")));
const refuseNow = (): never => {
  throw new Refusal(say("node.read-only"));
};
const NO_EXPORTS: ExportStore = { create: refuse, remove: refuse };
/** The command line knows the one capture that it was given. */
const NO_CAPTURES: CaptureFolders = { ids: refuse, create: refuse, uses: refuse, openFiles: refuse, readAbout: refuse, writeAbout: refuse, alone: refuse, remove: refuse };
