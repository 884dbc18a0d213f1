import type { BatchDone } from "../../contract/recording.ts";
import { lockOfLife, nameOfTask, type EngineTask, type FromEngineWorker, type ToEngine } from "../../contract/wire.ts";
import { assertNever } from "../../model/assert-never.ts";
import type { Faults } from "../../model/faults.ts";
import type { OwnThreads } from "./own-threads.ts";

/** An engine as those see it who speak to it: one, whatever happens to the workers that it runs in. */
export interface EngineThread {
  /** What is sent while no worker is there is lost; `replaced` tells when there is one again. */
  postMessage(message: ToEngine, transfer: Transferable[]): void;
  readonly state: EngineState;
  /** Tries once more where it was given up. */
  startAgain(): void;
  listen(listeners: EngineListeners): void;
}

export type EngineState =
  | "running"
  /** It is there, and has not answered for some seconds. */
  | "silent"
  | "starting again"
  /** It ended again and again. */
  | "given up";

export interface EngineListeners {
  readonly batchDone?: (done: BatchDone) => void;
  readonly stateChanged: () => void;
  /** Another worker is there, which knows of nothing but the limits and what is on disk: what it is told comes first of all. */
  readonly replaced: () => void;
}

/** The engine's worker. */
export interface EngineWorker {
  postMessage(message: ToEngine, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<FromEngineWorker>) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

export interface SupervisorEdges {
  readonly start: (name: string) => EngineWorker;
  /** The name of a worker, another than that of any before. */
  readonly newLife: () => string;
  /** Resolves with true once nobody holds a lock; with false where that is not waited for any more. */
  readonly whenLockIsFree: (name: string, signal: AbortSignal) => Promise<boolean>;
  /** Milliseconds, on a clock that never goes back. */
  readonly now: () => number;
  /** Calls back again and again, as near as may be to so many milliseconds apart; answers what ends it. */
  readonly every: (callback: () => void, milliseconds: number) => () => void;
  readonly later: (callback: () => void, milliseconds: number) => void;
  readonly faults: Faults;
  readonly ownThreads: Pick<OwnThreads, "start" | "end" | "endAll">;
}

const LOOK_MS = 500;
/** Longer than this between two looks, this page was busy or throttled or the machine slept: the worker is not blamed for more. */
const LONGEST_LOOK_MS = 1000;
const TOLD_AFTER_MS = 2000;
const ENDED_AFTER_MS = 10_000;
/** A worker that ends before this, and has taken no frames in, has lived in vain; after so many in a row no other is started by itself. */
const SHORT_LIFE_MS = 3000;
const MOST_IN_VAIN = 4;
const FIRST_REST_MS = 250;

/**
 * Keeps an engine alive. A worker that ends, by itself or by Chrome's hand, fires no event; but its lock is free at once.
 * One that hangs holds its lock: it is asked again and again for a sign of life. Either way another worker goes on with
 * the same capture: what was written is read back there.
 */
export class EngineSupervisor implements EngineThread {
  readonly #edges: SupervisorEdges;
  #task: Omit<EngineTask, "life">;
  #worker: EngineWorker | undefined;
  #watch = new AbortController();
  #state: EngineState = "running";
  #listeners: EngineListeners = { stateChanged: () => {}, replaced: () => {} };
  /** What a worker must know whenever it begins: the last of each. */
  readonly #standing = new Map<ToEngine["type"], ToEngine>();
  #isEnding = false;
  #startedAt = 0;
  /** The worker has taken frames in. */
  #isOfUse = false;
  #inVain = 0;
  /** A sign of life is awaited. */
  #isAwaited = false;
  #silence = 0;
  #lookedAt = 0;
  readonly #stopLooking: () => void;

  constructor(task: Omit<EngineTask, "life">, edges: SupervisorEdges) {
    this.#task = task;
    this.#edges = edges;
    this.#start();
    this.#stopLooking = edges.every(() => this.#look(), LOOK_MS);
  }

  get state(): EngineState {
    return this.#state;
  }

  listen(listeners: EngineListeners): void {
    this.#listeners = listeners;
  }

  postMessage(message: ToEngine, transfer: Transferable[]): void {
    if (message.type === "limits" || message.type === "language" || message.type === "memory only") this.#standing.set(message.type, message);
    if (message.type === "end") this.#end();
    this.#worker?.postMessage(message, transfer);
    // A timer may be throttled; what is sent comes all the same.
    this.#look();
  }

  startAgain(): void {
    if (this.#state !== "given up") return;
    this.#inVain = 0;
    this.#replace();
  }

  #end(): void {
    this.#isEnding = true;
    this.#watch.abort();
    this.#stopLooking();
  }

  #start(): void {
    const life = this.#edges.newLife();
    const worker = this.#edges.start(nameOfTask({ ...this.#task, life }));
    // Whatever was begun is gone on with.
    if (this.#task.type === "record") this.#task = { ...this.#task, type: "resume" };
    this.#worker = worker;
    this.#watch = new AbortController();
    this.#startedAt = this.#lookedAt = this.#edges.now();
    this.#isAwaited = false;
    this.#isOfUse = false;
    let isAlive = false;
    worker.onmessage = ({ data }) => {
      if (this.#worker !== worker) return;
      this.#isAwaited = false;
      switch (data.type) {
        case "alive":
          isAlive = true;
          void this.#edges.whenLockIsFree(lockOfLife(life), this.#watch.signal).then((isFree) => isFree && this.#ended(worker, "the thread ended"));
          // One that records is back once it has taken in what waits.
          if (this.#listeners.batchDone === undefined) this.#setState("running");
          return;
        case "pong":
          if (this.#state === "silent") this.#setState("running");
          return;
        case "capture":
          this.#task = { ...this.#task, id: data.id };
          return;
        case "batch-done":
          this.#isOfUse = true;
          this.#setState("running");
          return this.#listeners.batchDone?.(data);
        case "start own thread":
          return this.#edges.ownThreads.start(data);
        case "end own thread":
          return this.#edges.ownThreads.end(data.id);
        default:
          assertNever(data);
      }
    };
    worker.onmessageerror = () => this.#edges.faults.addTold("a message that cannot be read", "recorder");
    worker.onerror = (event) => {
      event.preventDefault();
      // One that runs counts its errors itself; one whose script cannot be loaded will never run.
      if (!isAlive) this.#ended(worker, "the thread did not start", event.filename === "" ? "" : `at ${event.filename}:${event.lineno}:${event.colno}`);
    };
    for (const message of this.#standing.values()) worker.postMessage(message, []);
  }

  #ended(worker: EngineWorker, what: string, place?: string): void {
    if (this.#worker !== worker || this.#isEnding) return;
    this.#edges.faults.addTold(what, "recorder", place);
    this.#watch.abort();
    worker.terminate();
    this.#edges.ownThreads.endAll();
    this.#worker = undefined;
    this.#inVain = !this.#isOfUse && this.#edges.now() - this.#startedAt < SHORT_LIFE_MS ? this.#inVain + 1 : 0;
    if (this.#inVain >= MOST_IN_VAIN) return this.#setState("given up");
    this.#setState("starting again");
    if (this.#inVain === 0) this.#replace();
    else this.#edges.later(() => this.#replace(), FIRST_REST_MS * 2 ** this.#inVain);
  }

  #replace(): void {
    if (this.#worker !== undefined || this.#isEnding) return;
    this.#setState("starting again");
    this.#start();
    this.#listeners.replaced();
  }

  /** Measures for how long the worker has given no sign of life, by the time that this page was awake. */
  #look(): void {
    const worker = this.#worker;
    if (worker === undefined || this.#isEnding) return;
    const now = this.#edges.now();
    const passed = Math.min(now - this.#lookedAt, LONGEST_LOOK_MS);
    if (!this.#isAwaited) {
      if (passed < LOOK_MS) return;
      this.#lookedAt = now;
      this.#silence = 0;
      this.#isAwaited = true;
      worker.postMessage({ type: "ping" }, []);
      return;
    }
    this.#lookedAt = now;
    this.#silence += passed;
    if (this.#silence >= ENDED_AFTER_MS) this.#ended(worker, "the thread hung");
    else if (this.#silence >= TOLD_AFTER_MS && this.#state === "running") this.#setState("silent");
  }

  #setState(state: EngineState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#listeners.stateChanged();
  }
}
