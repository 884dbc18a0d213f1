import { createThread, READY, type Thread, type ThreadServer } from "../engine/thread.ts";

/** Memory of JavaScript's that a thread may have, in megabytes: past it the thread ends. Browsers give no such bound. */
export interface ThreadBounds {
  readonly memory?: number;
}

/** The script of one of the engine's threads: beside this file, as the source or as it was built. */
export const threadScript = (name: "scan" | "decode" | "look"): URL => new URL(`./${name}-thread-main.${import.meta.url.endsWith(".ts") ? "ts" : "cjs"}`, import.meta.url);

/** A short command needs no thread, and not what Node has to load for them. */
const threads = () => process.getBuiltinModule("node:worker_threads");

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
  // Node starts no TypeScript as a thread everywhere.
  const worker = new (threads().Worker)(script.pathname.endsWith(".ts") ? new URL("./thread-start.mjs", import.meta.url) : script, { workerData: script.href, ...(memory !== undefined && { resourceLimits: { maxOldGenerationSizeMb: memory } }) });
  let isEnded = false;
  const { thread, hear } = createThread<Request, Answer>({
    post: (request, transfer) => worker.postMessage(request, transfer),
    end: () => {
      isEnded = true;
      void worker.terminate();
    },
  });
  const ready = new Promise<void>((resolve, reject) => {
    worker.on("message", (said: typeof READY | Answer) => {
      if (!hear(said)) return;
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
export function serveNodeThread(serve: ThreadServer): void {
  const { isMainThread, parentPort: port } = threads();
  if (isMainThread || port === null) throw new Error("This script is a thread of the engine's; it does not run by itself.");
  const take = serve((message, transfer) => port.postMessage(message, transfer));
  port.on("message", (request: unknown) => take(request as never));
  port.postMessage(READY);
}
