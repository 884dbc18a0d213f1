import { isMainThread, parentPort, Worker } from "node:worker_threads";
import type { Thread } from "../engine/thread.ts";

/** What a thread says first: its script runs. */
const READY = "ready";

/** Memory of JavaScript's that a thread may have, in megabytes: past it the thread ends. Browsers give no such bound. */
export interface ThreadBounds {
  readonly memory?: number;
}

/** Starts a script of this folder as a thread of the engine's. */
export function startNodeThread<Request, Answer>(script: URL, bounds: ThreadBounds = {}): Thread<Request, Answer> {
  return threadOf<Request, Answer>(script, bounds).thread;
}

/**
 * One that is started ahead: to read its script, a busy machine may need longer than an engine waits for an answer.
 * Answers what starts a thread: this one first, then others.
 */
export async function prepareNodeThreads<Request, Answer>(script: URL, bounds: ThreadBounds = {}): Promise<() => Thread<Request, Answer>> {
  const { thread, ready } = threadOf<Request, Answer>(script, bounds);
  await ready;
  let prepared: Thread<Request, Answer> | undefined = thread;
  return () => {
    const next = prepared ?? startNodeThread<Request, Answer>(script, bounds);
    prepared = undefined;
    return next;
  };
}

function threadOf<Request, Answer>(script: URL, { memory }: ThreadBounds): { readonly thread: Thread<Request, Answer>; readonly ready: Promise<void> } {
  const worker = new Worker(new URL("./thread-start.mjs", import.meta.url), { workerData: script.href, ...(memory !== undefined && { resourceLimits: { maxOldGenerationSizeMb: memory } }) });
  let isReady = false;
  let isEnded = false;
  const thread: Thread<Request, Answer> = {
    post: (request, transfer) => worker.postMessage(request, transfer),
    onAnswer: () => {},
    onFailure: () => {},
    onGone: () => {},
    onReady: () => {},
    get isReady() {
      return isReady;
    },
    end: () => {
      isEnded = true;
      void worker.terminate();
    },
  };
  const ready = new Promise<void>((resolve, reject) => {
    worker.on("message", (answer: typeof READY | Answer) => {
      if (answer !== READY) return thread.onAnswer(answer);
      isReady = true;
      thread.onReady();
      // Whoever waits for an answer keeps the process alive.
      worker.unref();
      resolve();
    });
    worker.on("error", reject);
  });
  // Only who prepares a thread waits for it.
  ready.catch(() => {});
  worker.on("messageerror", () => thread.onFailure("a message that cannot be read"));
  worker.on("error", () => thread.onFailure("an error"));
  worker.on("exit", () => isEnded || thread.onGone());
  return { thread, ready };
}

/** The other side: answers each request in its turn. */
export function serveNodeThread(respond: (request: never, tell: (step: unknown) => void) => { readonly answer: unknown; readonly transfer: ArrayBuffer[] }): void {
  if (isMainThread || parentPort === null) throw new Error("This script is a thread of the engine's; it does not run by itself.");
  const port = parentPort;
  port.on("message", (request: unknown) => {
    const { answer, transfer } = respond(request as never, (step) => port.postMessage(step));
    port.postMessage(answer, transfer);
  });  port.postMessage(READY);
}
