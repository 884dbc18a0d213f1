import type { CaptureEdges, CaptureSettings, TabCaptureState } from "../../src/capture/capture-edges.ts";
import { TabCapture } from "../../src/capture/tab-capture.ts";
import type { CaptureBatch, CaptureEvent } from "../../src/model/capture-batch.ts";
import type { SilentSockets } from "../../src/model/connection.ts";
import { directionOf, isPayloadUnreported, opcodeOf, type Direction } from "../../src/model/frame.ts";
import type { RulesInForce } from "../../src/model/rules-in-force.ts";
import { FakeDebugger } from "./fake-debugger.ts";
import { FakeLeases, fakeSessions } from "./fake-lease.ts";

export const TAB = 7;
/** CDP's clock reads 1000 when the wall clock reads this, in seconds since 1970. */
export const NOW = 1_800_000_000;

/** What a test has of its own; the rest is as in a quiet Chrome. */
interface CaptureParts extends Partial<Pick<CaptureEdges, "later" | "now" | "sessions" | "readDevToolsLog">> {
  readonly api?: FakeDebugger;
  readonly leases?: FakeLeases;
  readonly settings?: Partial<CaptureSettings>;
}

interface Recorded {
  readonly connection: number;
  readonly direction: Direction | undefined;
  readonly opcode: number;
  readonly unreported: boolean;
  /** One character a byte. */
  readonly payload: string;
}

/** A capture of tab 7 over a fake Chrome, not started, and what comes out of it. */
export function setUpCapture(parts: CaptureParts = {}) {
  const { api = new FakeDebugger(), readDevToolsLog } = parts;
  const leases = parts.leases ?? new FakeLeases(api);
  const settings: CaptureSettings = { keepLog: true, capturePopups: false, observeClosings: false, ...parts.settings };
  const states: TabCaptureState[] = [];
  const silents: SilentSockets[] = [];
  const messageRules: RulesInForce[] = [];
  const uncertain: (readonly string[])[] = [];
  const openings: boolean[] = [];
  const batches: CaptureBatch[] = [];
  const frames: Recorded[] = [];
  const events: CaptureEvent[] = [];
  let drawn = 0;
  const take = (batch: CaptureBatch): void => {
    batches.push(batch);
    events.push(...batch.events.map(({ event }) => event));
    let at = 0;
    for (let i = 0; i < batch.count; i++) {
      const bits = batch.bits[i] as number;
      const payload = Buffer.from(batch.payload.slice(at, (at += batch.lengths[i] as number))).toString("latin1");
      frames.push({ connection: batch.connections[i] as number, direction: directionOf(bits), opcode: opcodeOf(bits), unreported: isPayloadUnreported(bits), payload });
    }
  };
  const capture: TabCapture = new TabCapture(TAB, {
    debugger: api,
    send: (batch) => {
      take(batch);
      queueMicrotask(() => capture.batchDone({ payloadBytes: batch.payload.length, safeEvents: 0, framesBefore: 0 }));
    },
    onState: (state) => states.push(state),
    onSilent: (silent) => silents.push(silent),
    onUncertainWorkers: (workers) => uncertain.push(workers.map(({ url }) => url)),
    onOpensTabs: (opensTabs) => openings.push(opensTabs),
    onRules: () => {},
    onMessageRules: (rules) => messageRules.push(rules),
    soon: queueMicrotask,
    later: parts.later ?? setTimeout,
    now: parts.now ?? (() => NOW * 1000),
    drawName: () => `drawn${++drawn}`,
    settings: () => settings,
    lease: leases.page(),
    sessions: parts.sessions ?? fakeSessions(),
    observerNames: () => ({ binding: "_closings", secret: "known to us alone", off: "let go" }),
    ...(readDevToolsLog !== undefined && { readDevToolsLog }),
  });
  const emit = (method: string, params: unknown, sessionId?: string): void => api.emit({ tabId: TAB, sessionId }, method, params);
  return {
    api,
    capture,
    leases,
    settings,
    states,
    silents,
    messageRules,
    /** The shared workers that were told as uncertain, each time. */
    uncertain,
    /** Whether the page was told to open tabs that are not captured, each time. */
    openings,
    batches,
    frames,
    events,
    emit,
    /** Each frame as `connection payload`. */
    rows: () => frames.map(({ connection, payload }) => `${connection} ${payload}`),
    eventsOf: <Type extends CaptureEvent["type"]>(type: Type) => events.filter((event): event is Extract<CaptureEvent, { type: Type }> => event.type === type),
  };
}

/** Lets what was begun go on, through that many turns. */
export async function settle(turns = 1): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setTimeout(resolve, 0));
}

/** Waits that only let something settle are over at once; those that bound a wait are not reached. */
export const laterUnlessBound: CaptureEdges["later"] = (callback, milliseconds) => void (milliseconds < 1000 && setTimeout(callback, 0));

/** Has the pages of a fake Chrome hold the sockets that `live` answers for a session: their URLs. */
export function holdLiveSockets(api: FakeDebugger, live: (sessionId: string | undefined) => readonly string[], subprotocol = ""): void {
  api.answers.set("Runtime.enable", (source) => {
    api.emit(source, "Runtime.executionContextCreated", { context: { id: 1, uniqueId: "main" } });
    return {};
  });
  api.answers.set("Runtime.getHeapUsage", () => ({ usedSize: 1_000_000, embedderHeapUsedSize: 1_000_000 }));
  api.answers.set("Runtime.evaluate", () => ({ result: { objectId: "prototype" } }));
  api.answers.set("Runtime.queryObjects", () => ({ objects: { objectId: "objects" } }));
  api.answers.set("Runtime.callFunctionOn", ({ sessionId }) => ({ result: { value: live(sessionId).map((url) => [url, subprotocol, ""]) } }));
}
