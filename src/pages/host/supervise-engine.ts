import { whenLockIsFree } from "../../worker/locks.ts";
import type { EngineTask } from "../../contract/wire.ts";
import EngineWorker from "../../worker/worker.ts?worker";
import { captureId } from "../../model/capture-id.ts";
import type { Faults } from "../../model/faults.ts";
import { EngineSupervisor } from "./engine-supervisor.ts";
import { OwnThreads } from "./own-threads.ts";

const randomHex = (): string => crypto.randomUUID().slice(0, 8);

/** The engine that records a new capture, kept alive by this page. */
export function recordNew(faults: Faults): EngineSupervisor {
  return supervise({ type: "record", id: captureId(Date.now(), randomHex()) }, faults);
}

/** The engine that shows a kept capture, likewise. */
export function showKept(id: string, faults: Faults): EngineSupervisor {
  return supervise({ type: "show", id }, faults);
}

function supervise(task: Omit<EngineTask, "life">, faults: Faults): EngineSupervisor {
  return new EngineSupervisor(task, {
    start: (name) => new EngineWorker({ name }),
    newLife: randomHex,
    whenLockIsFree,
    now: () => performance.now(),
    every: (callback, milliseconds) => {
      const timer = setInterval(callback, milliseconds);
      return () => clearInterval(timer);
    },
    later: (callback, milliseconds) => setTimeout(callback, milliseconds),
    faults,
    ownThreads: new OwnThreads(),
  });
}
