import { holdLock, whenLockIsFree } from "./locks.ts";
import { createThread, READY, type Thread, type ThreadServer } from "../engine/thread.ts";

/**
 * Starts a worker as a thread. Nobody is told when a worker ends, by itself or by Chrome's hand; but a lock that it held is
 * free from then on.
 */
export function startThread<Request, Answer>(start: (name: string) => Worker): Thread<Request, Answer> {
  const lock = `framescope-thread-${crypto.randomUUID()}`;
  const worker = start(lock);
  const watch = new AbortController();
  const { thread, hear } = createThread<Request, Answer>({
    post: (request, transfer) => worker.postMessage(request, transfer),
    end: () => {
      watch.abort();
      worker.terminate();
    },
  });
  worker.onmessage = ({ data }: MessageEvent<typeof READY | Answer>) => {
    // From then on it holds the lock of its name.
    if (hear(data)) void whenLockIsFree(lock, watch.signal).then((isFree) => isFree && thread.onGone());
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
export function serveThread(serve: ThreadServer): void {
  const take = serve((message, transfer) => self.postMessage(message, { transfer }));
  self.onmessage = ({ data }: MessageEvent<unknown>) => take(data as never);
  // A promise that nobody caught is an error as any other, which the owner of this thread is to hear of.
  self.addEventListener("unhandledrejection", ({ reason }) => reportError(reason));
  void holdLock(self.name).then(() => self.postMessage(READY));
}
