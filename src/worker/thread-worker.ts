import { holdLock, whenLockIsFree } from "./locks.ts";
import type { Thread } from "../engine/thread.ts";

/** What a thread says first: its script runs, and it holds the lock of its name. */
const READY = "ready";

/**
 * Starts a worker as a thread. Nobody is told when a worker ends, by itself or by Chrome's hand; but a lock that it held is
 * free from then on.
 */
export function startThread<Request, Answer>(start: (name: string) => Worker): Thread<Request, Answer> {
  const lock = `framescope-thread-${crypto.randomUUID()}`;
  const worker = start(lock);
  const watch = new AbortController();
  let isReady = false;
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
      watch.abort();
      worker.terminate();
    },
  };
  worker.onmessage = ({ data }: MessageEvent<typeof READY | Answer>) => {
    if (data !== READY) return thread.onAnswer(data);
    isReady = true;
    thread.onReady();
    void whenLockIsFree(lock, watch.signal).then((isFree) => isFree && thread.onGone());
  };
  worker.onmessageerror = () => thread.onFailure("a message that cannot be read");
  worker.onerror = (event) => {
    // It is told here: else it would be an error of this thread's too.
    event.preventDefault();
    thread.onFailure("an error", event.filename === "" ? "" : `at ${event.filename}:${event.lineno}:${event.colno}`);
  };
  return thread;
}

/** The other side: answers each request in its turn. */
export function serveThread(respond: (request: never) => { readonly answer: unknown; readonly transfer: ArrayBuffer[] }): void {
  self.onmessage = ({ data }: MessageEvent<unknown>) => {
    const { answer, transfer } = respond(data as never);
    self.postMessage(answer, { transfer });
  };
  // A promise that nobody caught is an error as any other, which the owner of this thread is to hear of.
  self.addEventListener("unhandledrejection", ({ reason }) => reportError(reason));
  void holdLock(self.name).then(() => self.postMessage(READY));
}
