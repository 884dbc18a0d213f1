import { version } from "../../package.json";
import { DEFAULT_SETTINGS } from "../model/settings.ts";
import { assertNever } from "../model/assert-never.ts";
import { lockOfLife, readTask, type FromEngineWorker, type ToEngine } from "../contract/wire.ts";
import { captureId } from "../model/capture-id.ts";
import { Faults, hearFaults } from "../model/faults.ts";
import type { EngineEdges } from "../engine/engine-edges.ts";
import { Engine } from "../engine/engine.ts";
import { asRefusal, noExports, openExports } from "./opfs.ts";
import { noCaptures, openKeptCapture, openNewCapture, openNextCapture, openResumedCapture, opfsCaptures, type OpenedLog } from "./opfs-captures.ts";
import { connectView } from "./connect-view.ts";
import { holdLock } from "./locks.ts";
import { Refusal } from "../model/refusal.ts";
import type { ScanThread } from "../engine/scanner.ts";
import type { DecodeThread } from "../engine/decode-run.ts";
import type { LookThread } from "../engine/looker.ts";
import type { NextCapture } from "../engine/next-capture.ts";
import { readFile } from "./read-file.ts";
import { MessageTurns } from "./message-turns.ts";
import { SpokenLanguage } from "./spoken-language.ts";
import { startOwnThread } from "./own-thread.ts";
import { startThread } from "./thread-worker.ts";
import DecodeWorker from "./decode-worker.ts?worker";
import LookWorker from "./look-worker.ts?worker";
import ScanWorker from "./scan-worker.ts?worker";
import { say } from "../model/said.ts";
import { chooseLanguage, loadSpeaker } from "../words/languages.ts";

const startScanThread = (): ScanThread => startThread((name) => new ScanWorker({ name }));
const startLookThread = (): LookThread => startThread((name) => new LookWorker({ name }));
const startDecodeThread = (): DecodeThread => startThread((name) => new DecodeWorker({ name }));

const faults = new Faults("recorder");
hearFaults(self, faults);

const now = (): number => performance.timeOrigin + performance.now();
const later = (callback: () => void, milliseconds: number): (() => void) => {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
};
const newLife = (): string => crypto.randomUUID().slice(0, 8);
const utcOffset = (): number => -new Date().getTimezoneOffset();
/** Until the capture tells the user's own. */
const DEFAULT_BUDGET = DEFAULT_SETTINGS.memoryBudget * 2 ** 20;

const task = readTask(self.name) ?? { type: "record", id: captureId(now(), newLife()), life: newLife() };

/** Never rejects: where there is no storage the log stays in memory and says why, and an export says it when it is asked for. */
async function openStorage(): Promise<Pick<EngineEdges, "log" | "exports" | "captures" | "nextCapture">> {
  try {
    const exports = await openExports(captureId(now(), newLife()));
    const opened = await openLog();
    ({ letGo } = opened);
    return { log: opened.log, exports, captures: opfsCaptures, nextCapture };
  } catch (error) {
    const refusal = asRefusal(error);
    if (!(refusal instanceof Refusal)) faults.add(error);
    const why = refusal instanceof Refusal ? say("engine.no-storage", { why: refusal.told }) : say("engine.no-storage-bug");
    return { log: task.type === "show" ? { kept: { why } } : { why }, exports: noExports(why), captures: noCaptures(why) };
  }
}

/** Of the capture that this worker records. */
let letGo = (): void => {};

async function nextCapture(): Promise<NextCapture> {
  const next = await openNextCapture(captureId(now(), newLife()));
  const begin = (): void => {
    // First of all: should this worker end now, another one is to go on there.
    post({ type: "capture", id: next.id });
    const letGoOfFormer = letGo;
    letGo = next.begin();
    letGoOfFormer();
  };
  return { ...next, begin };
}

async function openLog(): Promise<OpenedLog> {
  switch (task.type) {
    case "record":
      return openNewCapture(task.id);
    case "resume":
      return openResumedCapture(task.id);
    case "show":
      return { log: await openKeptCapture(task.id), letGo };
    default:
      return assertNever(task.type);
  }
}

const post = (message: FromEngineWorker, transfer: Transferable[] = []): void => self.postMessage(message, { transfer });

/** Storage opens asynchronously; what arrives before it has opened waits in order. */
const early: ToEngine[] = [];
let receive = (message: ToEngine): void => void early.push(message);
self.onmessage = ({ data }: MessageEvent<ToEngine>) => {
  if (data.type === "ping") post({ type: "pong" });
  else receive(data);
};
self.onmessageerror = () => faults.addTold("a message that cannot be read");
void holdLock(lockOfLife(task.life)).then(() => post({ type: "alive" }));

const language = new SpokenLanguage((name) => loadSpeaker(chooseLanguage(name, navigator.languages)), faults);

void openStorage().then((storage) => {
  const engine = new Engine({
    ...storage,
    tell: language.tell,
    id: task.id,
    now,
    later,
    turns: new MessageTurns(),
    readFile,
    utcOffset,
    startScanThread,
    startDecodeThread,
    startLookThread,
    startOwnThread: () => startOwnThread(post),
    faults,
    budget: DEFAULT_BUDGET,
    version,
    cores: navigator.hardwareConcurrency,
  });
  receive = (message) => {
    if (message.type === "ping") return;
    if (message.type === "language") return void language.speak(message.language).then(() => engine.languageChanged());
    // Frames are taken in without a word; until the page has told which language a view is told them in, it is the browser's.
    if (message.type === "view") return void language.settled().then(() => connectView(engine, message, faults));
    engine.receive(message, (done) => post(done, [done.spare]));
    // Its locks go with it: what it recorded can be opened.
    if (message.type === "end") self.close();
  };
  for (const message of early.splice(0)) receive(message);
});
