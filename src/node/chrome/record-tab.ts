import type { Lease } from "../../capture/attach/lease.ts";
import type { DebuggerApi } from "../../capture/debugger-api.ts";
import { drawObserverNames } from "../../capture/sources/closing-observer.ts";
import type { KnownSessions } from "../../capture/attach/known-sessions.ts";
import { TabCapture } from "../../capture/tab-capture.ts";
import { CaptureLog } from "../../engine/capture-log.ts";
import type { CaptureFiles } from "../../engine/capture-disk.ts";
import { runInTurns } from "../../engine/turns.ts";
import { keepOrigins } from "../../engine/value-origins.ts";
import type { Faults } from "../../model/faults.ts";
import type { Tell, Told } from "../../model/said.ts";
import { HELD_HTTP, HttpLog } from "./http-log.ts";
import type { PipeDebugger } from "./pipe-debugger.ts";

/** Bytes of payload that stay in memory; the rest is in the files. */
const BUDGET = 64 * 2 ** 20;
/** How often what came is written at the latest. */
const SAVE_MS = 500;

export interface TabRecordingParts {
  readonly api: DebuggerApi & Pick<PipeDebugger, "drain">;
  readonly tabId: number;
  readonly files: CaptureFiles;
  readonly observeClosings: boolean;
  readonly faults: Faults;
  readonly tell: Tell;
  /** Chrome tells no more of the tab, for now or for ever: it crashed, it was closed. */
  readonly stopped: (why: Told) => void;
}

/** A tab that is captured into files, as the extension captures one, with the HTTP answers that gave what its connections use. */
export interface TabRecording {
  readonly log: CaptureLog;
  /** Ends it: what was told until then is written, whatever fails meanwhile; that is a fault. May be called more than once. */
  readonly end: () => Promise<void>;
}

/** Begins; resolves once Chrome tells of the tab. Rejects where it does not. */
export async function recordTab({ api, tabId, files, observeClosings, faults, tell, stopped }: TabRecordingParts): Promise<TabRecording> {
  /** Batches that are not acknowledged yet. */
  const underWay = new Set<object>();
  const log = new CaptureLog(files, BUDGET, faults, tell);
  const saving = setInterval(() => log.save(now()), SAVE_MS);
  let ending: Promise<void> | undefined;
  const observerNames = drawObserverNames(drawName);
  const http = new HttpLog(api);
  const capture: TabCapture = new TabCapture(tabId, {
    debugger: api,
    send: (batch) => {
      log.take(batch, now());
      const { payload } = batch;
      const { safeEvents, framesBefore } = log;
      underWay.add(batch);
      // In another turn, as from another thread: a batch that is acknowledged while it is sent would be none.
      setImmediate(() => {
        underWay.delete(batch);
        capture.batchDone({ payloadBytes: payload.length, spare: payload.buffer, safeEvents, framesBefore });
      });
    },
    onState: (state) => {
      if (state.state === "stopped" && ending === undefined) stopped(state.why);
    },
    onSilent: () => {},
    // The browser is our own: whatever runs in it runs for this tab.
    onUncertainWorkers: (workers) => {
      for (const { targetId } of workers) capture.captureWorker(targetId);
    },
    onOpensTabs: () => {},
    onRules: () => {},
    onMessageRules: () => {},
    soon,
    later: (callback, milliseconds) => void setTimeout(callback, milliseconds).unref(),
    now,
    drawName,
    settings: () => ({ keepLog: true, capturePopups: true, observeClosings }),
    lease: ownLease(api),
    sessions: NOTHING_KNOWN,
    observerNames: () => observerNames,
    heldHttp: HELD_HTTP,
  });
  await capture.start().catch((error: unknown) => {
    clearInterval(saving);
    void http.end(() => undefined);
    throw error;
  });
  const finish = async (): Promise<void> => {
    await api.drain();
    // The clock is told with what comes over a connection.
    capture.flush();
    const exchanges = await http.end((time) => log.table.clock.toEpoch(time));
    await capture.stop();
    do {
      capture.flush();
      await new Promise((resolve) => setImmediate(resolve));
    } while (underWay.size > 0);
    await runInTurns(keepOrigins(log, { exchanges }), () => {}, { now, turns: { soon } });
  };
  const end = async (): Promise<void> => {
    await finish().catch((error: unknown) => faults.add(error));
    clearInterval(saving);
    log.end(now());
  };
  return { log, end: () => (ending ??= end()) };
}

const soon = (callback: () => void): void => void setImmediate(callback);
const drawName = (): string => crypto.randomUUID().replaceAll("-", "");
const now = (): number => performance.timeOrigin + performance.now();
/** Nobody else uses this browser: what is given up is detached, and the rest ends with it. */
const ownLease = (api: DebuggerApi): Lease => ({ hold: () => {}, release: () => {}, detach: (debuggee) => api.detach(debuggee).catch(() => {}), settled: () => Promise.resolve() });
/** Nobody was here before. */
const NOTHING_KNOWN: KnownSessions = { read: () => Promise.resolve([]), write: () => {} };
