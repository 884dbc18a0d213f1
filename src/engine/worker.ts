import { version } from "../../package.json";
import { DEFAULT_SETTINGS } from "../model/settings.ts";
import type { ToEngine } from "./contract.ts";
import { Engine } from "./engine.ts";
import { openCaptureStorage } from "./opfs.ts";
import type { ScanAnswer, ScanThread } from "./scanner.ts";
import type { DecodeThread } from "./decode-run.ts";
import type { DecodeAnswer } from "./decode-thread.ts";
import DecodeWorker from "./decode-worker.ts?worker";
import ScanWorker from "./scan-worker.ts?worker";

function startScanThread(): ScanThread {
  const worker = new ScanWorker();
  const thread: ScanThread = {
    post: (request, transfer) => worker.postMessage(request, transfer),
    onAnswer: () => {},
    onFailure: () => {},
    end: () => worker.terminate(),
  };
  worker.onmessage = ({ data }: MessageEvent<ScanAnswer>) => thread.onAnswer(data);
  worker.onerror = (event) => thread.onFailure(event.message || "the scan thread stopped");
  return thread;
}

function startDecodeThread(): DecodeThread {
  const worker = new DecodeWorker();
  const thread: DecodeThread = {
    post: (request, transfer) => worker.postMessage(request, transfer),
    onAnswer: () => {},
    onFailure: () => {},
    end: () => worker.terminate(),
  };
  worker.onmessage = ({ data }: MessageEvent<DecodeAnswer>) => thread.onAnswer(data);
  worker.onerror = () => thread.onFailure();
  return thread;
}

const now = (): number => performance.timeOrigin + performance.now();
const id = new Date(now()).toISOString().replaceAll(":", "-") + `-${crypto.randomUUID().slice(0, 8)}`;

const utcOffset = (): number => -new Date().getTimezoneOffset();
/** Until the capture tells the user's own. */
const DEFAULT_BUDGET = DEFAULT_SETTINGS.memoryBudget * 2 ** 20;

/** Storage opens asynchronously; what arrives before it has opened waits in order. */
const early: ToEngine[] = [];
let receive = (message: ToEngine): void => void early.push(message);
self.onmessage = ({ data }: MessageEvent<ToEngine>) => receive(data);

void openCaptureStorage(id).then(({ logFiles, exports }) => {
  const engine = new Engine({ now, utcOffset, startScanThread, startDecodeThread, logFiles, exports, budget: DEFAULT_BUDGET, version });
  receive = (message) => engine.receive(message, (done) => self.postMessage(done));
  for (const message of early.splice(0)) receive(message);
});
