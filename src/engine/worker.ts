import { version } from "../../package.json";
import { DEFAULT_SETTINGS } from "../model/settings.ts";
import type { ToEngine } from "./contract.ts";
import { captureId } from "../model/capture-id.ts";
import { Faults, hearFaults } from "../model/faults.ts";
import { Engine, type EngineEdges } from "./engine.ts";
import { noExports, openExports } from "./opfs.ts";
import { noCaptures, openKeptCapture, openNewCapture, opfsCaptures } from "./opfs-captures.ts";
import type { ScanThread } from "./scanner.ts";
import type { DecodeThread } from "./decode-run.ts";
import { startThread } from "./thread-worker.ts";
import DecodeWorker from "./decode-worker.ts?worker";
import ScanWorker from "./scan-worker.ts?worker";

const startScanThread = (): ScanThread => startThread((name) => new ScanWorker({ name }));
const startDecodeThread = (): DecodeThread => startThread((name) => new DecodeWorker({ name }));

const faults = new Faults("recorder");
hearFaults(self, faults);

const now = (): number => performance.timeOrigin + performance.now();
const utcOffset = (): number => -new Date().getTimezoneOffset();
/** Until the capture tells the user's own. */
const DEFAULT_BUDGET = DEFAULT_SETTINGS.memoryBudget * 2 ** 20;

const own = captureId(now(), crypto.randomUUID().slice(0, 8));
const kept = self.name === "" ? undefined : self.name;

/** Never rejects: where there is no storage the log stays in memory and says why, and an export says it when it is asked for. */
async function openStorage(): Promise<Pick<EngineEdges, "log" | "exports" | "captures">> {
  try {
    const exports = await openExports(own);
    return { log: await (kept === undefined ? openNewCapture(own) : openKeptCapture(kept)), exports, captures: opfsCaptures };
  } catch (error) {
    const why = `Chrome gives no storage on this disk (${error instanceof Error ? error.message : String(error)}). Frames are kept in memory up to the budget; free some space, then open Framescope again.`;
    return { log: kept === undefined ? { why } : { kept: { why } }, exports: noExports(why), captures: noCaptures(why) };
  }
}

/** Storage opens asynchronously; what arrives before it has opened waits in order. */
const early: ToEngine[] = [];
let receive = (message: ToEngine): void => void early.push(message);
self.onmessage = ({ data }: MessageEvent<ToEngine>) => receive(data);

void openStorage().then((storage) => {
  const engine = new Engine({ ...storage, id: kept ?? own, now, utcOffset, startScanThread, startDecodeThread, faults, budget: DEFAULT_BUDGET, version, cores: navigator.hardwareConcurrency });
  receive = (message) => {
    engine.receive(message, (done) => self.postMessage(done, { transfer: [done.spare] }));
    // Its locks go with it: what it recorded can be opened.
    if (message.type === "end") self.close();
  };
  for (const message of early.splice(0)) receive(message);
});
