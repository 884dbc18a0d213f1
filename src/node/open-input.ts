import { closeSync, fstatSync, mkdtempSync, openSync, readSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { ImportProblem } from "../contract/files.ts";
import { importCapture } from "../engine/import/import-capture.ts";
import type { ImportFile } from "../format/import-format.ts";
import { Faults } from "../model/faults.ts";
import { Refusal } from "../model/refusal.ts";
import { toldBy } from "./told-by.ts";
import { say, type Told } from "../model/said.ts";
import { openAppendFile } from "./append-file.ts";
import { STANDARD, type CommandContext } from "./command.ts";
import { isFolder } from "./is-folder.ts";
import { openKeptEngine, type KeptEngine, type KeptEngineOptions } from "./kept-engine.ts";
import { plain } from "./plain-text.ts";
import { ProgressBar } from "./progress-bar.ts";
import { createTemporary, temporaryCaptures } from "./temporary-captures.ts";
import { makeUnfinished } from "./unfinished.ts";

/** A capture that a command looks at. */
export interface OpenInput {
  readonly engine: KeptEngine;
  /** Undefined where all of it is there. */
  readonly problems: readonly ImportProblem[];
  readonly end: () => Promise<void>;
}

/**
 * Opens what a command was given: the folder of a capture, a file of any format that is imported, or with `-` the standard
 * input. What could not be read of it is told. Rejects with a `Refusal`.
 */
export async function openInput(path: string, context: CommandContext, options: KeptEngineOptions = {}): Promise<OpenInput> {
  const { speaker } = context;
  if (path !== STANDARD && isFolder(path)) {
    const engine = await openKeptEngine(path, speaker.tell, options);
    return { engine, problems: [], end: () => Promise.resolve(engine.end()) };
  }
  const spooled = path === STANDARD ? await spoolInput(context.io.input) : undefined;
  const named = path === STANDARD ? say("node.standard-input") : path;
  const file = openFile(spooled?.path ?? path, named);
  const bar = new ProgressBar(context.io);
  try {
    const { capture: folder, problems, moreProblems } = await importCapture({ ...temporaryCaptures, create: createUnfinished }, file.file, {
      now: () => performance.now(),
      turns: { soon: (callback) => void setImmediate(callback) },
      tell: speaker.tell,
      faults: new Faults("command line"),
      long: { progress: ({ doing, share }) => bar.show(speaker.words(doing === "reading" ? "node.reading" : "node.ordering", { share }), share), give: () => Promise.resolve(), goOn: () => {}, whenCancelled: () => {} },
    }).catch((error: unknown) => {
      throw error instanceof Refusal ? new Refusal(ofFile(named, error.told), { cause: error }) : error;
    });
    bar.clear();
    tellProblems(named, problems, moreProblems, context);
    const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
    const engine = await openKeptEngine(folder, speaker.tell, options).catch(async (error: unknown) => {
      await remove();
      throw error;
    });
    return {
      engine,
      problems,
      end: async () => {
        engine.end();
        await remove();
      },
    };
  } finally {
    bar.clear();
    file.close();
    await spooled?.remove();
  }
}

/** A command that records by itself says where its capture stands; one that looks at a file leaves nothing. */
const createUnfinished: typeof temporaryCaptures.create = () => Promise.resolve(makeUnfinished(createTemporary, ({ id }) => id));

/** What was told, with the name of the file that it is about, where it does not say that itself. */
export const ofFile = (file: Told, what: Told): Told => (typeof what !== "string" && ["file", "folder", "name", "path"].some((value) => value in what.values) ? what : say("node.of-file", { file, what }));

function tellProblems(file: Told, problems: readonly ImportProblem[], more: number, { io, speaker }: CommandContext): void {
  for (const { place, what } of problems) io.err(speaker.words("node.problem", { file, place: plain(place), what }));
  if (more > 0) io.err(speaker.words("node.more-problems", { n: more }));
}

function openFile(path: string, name: Told): { readonly file: ImportFile; readonly close: () => void } {
  try {
    const handle = openSync(path, "r");
    const { size } = fstatSync(handle);
    return {
      file: { name: typeof name === "string" ? basename(name) : "stdin", size, read: (offset, into) => readSync(handle, into, 0, into.length, offset) },
      close: () => closeSync(handle),
    };
  } catch (error) {
    throw new Refusal(say("node.no-input", { path: name, why: toldBy(error) }), { cause: error });
  }
}

/** What comes over the standard input can be read once, and formats ask for places: it is a file first. */
async function spoolInput(input: AsyncIterable<Uint8Array>): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const folder = makeUnfinished(() => mkdtempSync(join(tmpdir(), "framescope-")), String);
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const path = join(folder, "input");
  try {
    const file = openAppendFile(path);
    for await (const piece of input) file.append(piece);
    file.close();
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
