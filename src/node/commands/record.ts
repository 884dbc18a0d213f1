import { rm } from "node:fs/promises";
import type { NewCapture } from "../../engine/kept-captures.ts";
import { EXPORT_FORMATS } from "../../format/registry.ts";
import { Faults } from "../../model/faults.ts";
import { Refusal } from "../../model/refusal.ts";
import { say, type Told } from "../../model/said.ts";
import { PipeDebugger } from "../chrome/pipe-debugger.ts";
import { recordTab, type TabRecording } from "../chrome/record-tab.ts";
import { startChrome, startsWithoutSandbox } from "../chrome/start-chrome.ts";
import type { AddCommand, CommandContext } from "../command.ts";
import { exportTo } from "../export-to.ts";
import { openKeptEngine } from "../kept-engine.ts";
import { whenOpened } from "../looking.ts";
import { ProgressBar } from "../progress-bar.ts";
import { tellFaults } from "../tell-faults.ts";
import { temporaryCaptures } from "../temporary-captures.ts";
import { expectWritable, writeOut, type WriteOptions } from "../write-out.ts";
import { formatOf } from "./convert.ts";

interface RecordOptions extends WriteOptions {
  readonly to?: string;
  readonly seconds?: string;
  readonly observeClosings?: boolean;
  readonly headed?: boolean;
  readonly chrome?: string;
  readonly profile?: string;
}

/** How often a terminal is told how far it is. */
const TELL_MS = 200;
/** Of a timer. */
const MOST_SECONDS = 2_000_000;

/** `framescope record`: a page opened in a browser of its own, and what goes over its connections written to a file. */
export const addRecord: AddCommand = (program, context) => {
  const { words } = context.speaker;
  program
    .command("record")
    .description(words("node.record-about"))
    .argument("<url>", words("node.record-url"))
    .requiredOption("-o, --out <file>", words("node.convert-out"))
    .option("--to <format>", words("node.convert-to", { formats: EXPORT_FORMATS.map(({ id }) => id) }))
    .option("--seconds <n>", words("node.record-seconds"))
    .option("--observe-closings", words("node.record-closings"))
    .option("--headed", words("node.record-headed"))
    .option("--chrome <path>", words("node.record-chrome"))
    .option("--profile <folder>", words("node.record-profile"))
    .option("--with-secrets", words("node.convert-secrets"))
    .action((url: string, options: RecordOptions) => record(url, options, context));
};

async function record(url: string, options: RecordOptions, context: CommandContext): Promise<void> {
  const format = formatOf(options.out, options.to);
  if (!["http:", "https:", "file:"].includes(URL.parse(url)?.protocol ?? "")) throw new Refusal(say("node.record-no-url", { url }));
  const seconds = options.seconds === undefined ? undefined : Number(options.seconds);
  if (seconds !== undefined && !(seconds > 0 && seconds <= MOST_SECONDS)) throw new Refusal(say("node.record-no-seconds", { seconds: options.seconds ?? "" }));
  expectWritable(options.out);
  const capture = await temporaryCaptures.create();
  let isKept = false;
  try {
    const { connections, problem } = await recordInto(capture, url, seconds, options, context);
    if (connections > 0 || problem === undefined) {
      // What was captured is kept, whatever goes wrong from here on.
      isKept = true;
      const engine = await openKeptEngine(capture.id, context.speaker.tell, { exports: exportTo(options.out, context.io), version: context.version });
      try {
        await whenOpened(engine, context);
        await writeOut(engine, format, options, context);
      } finally {
        engine.end();
      }
      isKept = false;
    }
    if (connections === 0 && problem === undefined) context.io.err(context.speaker.words("node.record-none"));
    if (problem !== undefined) throw problem;
  } finally {
    if (isKept) context.io.err(context.speaker.words("node.record-kept", { folder: capture.id }));
    else await rm(capture.id, { recursive: true, force: true });
  }
}

/** Records until Ctrl+C, until the time is over, or until the page or the browser is closed; or until something fails, and tells what. */
async function recordInto(files: NewCapture, url: string, seconds: number | undefined, options: RecordOptions, context: CommandContext): Promise<{ readonly connections: number; readonly problem: unknown }> {
  const { io, speaker } = context;
  const bar = new ProgressBar(io);
  const tell = (told: Told): void => {
    bar.clear();
    io.err(speaker.tell(told));
  };
  const ending = new AbortController();
  const end = (): void => ending.abort();
  const over = new Promise<void>((done) => ending.signal.addEventListener("abort", () => done()));
  const forgetInterrupts = io.whenInterrupted(end);
  if (startsWithoutSandbox()) tell(say("node.chrome-no-sandbox"));
  const chrome = await startChrome({ path: options.chrome, headed: options.headed === true, profile: options.profile }).catch(async (error: unknown) => {
    forgetInterrupts();
    await files.end("removed");
    throw error;
  });
  const faults = new Faults("command line");
  let recording: TabRecording | undefined;
  let problem: unknown;
  const timers: NodeJS.Timeout[] = [];
  try {
    const api = new PipeDebugger(chrome.pipe);
    const tabId = await api.begin();
    const { log } = (recording = await recordTab({
      api,
      tabId,
      files,
      observeClosings: options.observeClosings === true,
      faults,
      tell: speaker.tell,
      stopped: (why) => (api.isAttached({ tabId }) ? tell(why) : end()),
    }));
    const start = performance.now();
    timers.push(setInterval(() => {
      const time = performance.now() - start;
      bar.show(speaker.words("node.recording", { n: log.log.messages, connections: log.table.connections.size, time }), seconds && time / 1000 / seconds);
    }, TELL_MS));
    if (seconds !== undefined) timers.push(setTimeout(end, seconds * 1000));
    const ended = Promise.race([over, chrome.ended]);
    const why = await Promise.race([api.navigate(tabId, url), ended]);
    if (typeof why === "string") {
      // A person can go elsewhere.
      if (options.headed !== true) throw new Refusal(say("node.record-not-loaded", { url, why }));
      tell(say("node.record-not-loaded", { url, why }));
    }
    await ended;
  } catch (error) {
    problem = error;
  }
  for (const timer of timers) clearTimeout(timer);
  forgetInterrupts();
  await recording?.end().catch((error: unknown) => (problem ??= error));
  bar.clear();
  await chrome.close();
  await files.end("kept");
  tellFaults(faults.list, io);
  const lost = (recording?.log.lost ?? 0) + chrome.pipe.tooLong;
  if (lost > 0) tell(say("node.record-lost", { n: lost }));
  const storage = recording?.log.storage;
  if (storage?.state === "memory only") problem ??= new Refusal(storage.why);
  return { connections: recording?.log.table.connections.size ?? 0, problem };
}
