import { Script } from "node:vm";
import type { DecodeThread } from "../engine/decode-run.ts";
import { createDecodeResponder, type DecodeAnswer, type DecodeRequest, type DecodeStep, type WorkOn } from "../engine/decode-thread.ts";
import { createThread, READY } from "../engine/thread.ts";

/** Milliseconds of a piece. As long as a person waits who looks; hardly anything outgrows a process before. */
const MOST_MS = 2000;
/** By what the work is found: a script that Node ends sees nothing but what is global. */
const WORK = Symbol.for("framescope.decode-here");

/**
 * Stands for a thread that decodes where there is so little to decode that to start one costs more. What takes too long is
 * ended and told as of a thread; who asked takes a real one then. Cost: this thread's time, two seconds a piece at most.
 * `decoders`: others in the places of the registry's.
 */
export function decodeHere(decoders?: Parameters<typeof createDecodeResponder>[1], mostMs = MOST_MS): DecodeThread {
  let isEnded = false;
  const end = (): void => void (isEnded = true);
  const { thread, hear } = createThread<DecodeRequest, DecodeAnswer | DecodeStep>({
    end,
    // Not before whoever asks has noted what is asked.
    post: (request) => void setImmediate(() => isEnded || respond(request, tell)),
  });
  const tell = (said: typeof READY | DecodeAnswer | DecodeStep): void => void (isEnded || hear(said));
  const workOn: WorkOn = (work) => {
    if (isEnded) return undefined;
    try {
      return within(mostMs, () => work.next());
    } catch (error) {
      thread.onFailure(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  const respond = createDecodeResponder(tell, decoders, workOn);
  setImmediate(tell, READY);
  return thread;
}

/** Node ends a script that takes too long, wherever it is. */
function within<Result>(timeout: number, work: () => Result): Result {
  const place = globalThis as { [WORK]?: (() => Result) | undefined };
  place[WORK] = work;
  try {
    return (script ??= new Script(`globalThis[Symbol.for(${JSON.stringify(WORK.description)})]()`)).runInThisContext({ timeout }) as Result;
  } finally {
    place[WORK] = undefined;
  }
}

let script: Script | undefined;
