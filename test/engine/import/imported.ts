import { importCapture } from "../../../src/engine/import/import-capture.ts";
import { rowText } from "./row-words.ts";
import type { ImportedCapture, ImportProgress } from "../../../src/contract/files.ts";
import type { LongCall } from "../../../src/contract/long-call.ts";
import type { ImportFile } from "../../../src/format/import-format.ts";
import { recoverCapture, type Recovery } from "../../../src/log/recovery.ts";
import { Faults } from "../../../src/model/faults.ts";
import { directionOf, kindOf, opcodeOf, originOf } from "../../../src/model/frame.ts";
import { frameIndex } from "../../../src/model/units.ts";
import { memoryFile } from "../memory-import-file.ts";
import { en } from "../../words/speakers.ts";
import { MemoryFolders } from "../memory-folders.ts";
import { TURNS } from "../timers.ts";

export interface Imported {
  readonly answer: ImportedCapture;
  readonly capture: Recovery;
  /** Each row in a line: its kind or direction, its seconds, its opcode and its text. */
  readonly rows: readonly string[];
  readonly problems: readonly string[];
}

interface Options {
  readonly name?: string;
  readonly long?: Partial<LongCall<ImportProgress>>;
  readonly folders?: MemoryFolders;
  /** Bytes that a read of the file gives at most. */
  readonly largest?: number;
}

export const importFrom = (file: Uint8Array, { name = "test.har", largest = Infinity, ...options }: Options = {}): Promise<ImportedCapture> => importOf(memoryFile(name, file, largest), options);

/** The same of a file that need not be in memory. */
export const importOf = (file: ImportFile, { long = {}, folders = new MemoryFolders() }: Pick<Options, "long" | "folders"> = {}): Promise<ImportedCapture> =>
  importCapture(folders, file, {
    now: () => Date.now(),
    turns: TURNS,
    tell: en.tell,
    faults: new Faults("recorder"),
    long: { progress: () => {}, give: () => Promise.resolve(), goOn: () => {}, whenCancelled: () => {}, ...long },
  });

/** Imports a file and opens what it became. */
export async function imported(file: Uint8Array | object, options: Options = {}): Promise<Imported> {
  const folders = options.folders ?? new MemoryFolders();
  const bytes = file instanceof Uint8Array ? file : Buffer.from(JSON.stringify(file));
  const answer = await importFrom(bytes, { ...options, folders });
  const files = folders.folders.get(answer.capture);
  if (files === undefined) throw new Error("It is not kept.");
  const capture = recoverCapture(files.journal, files.payloads, 1 << 24);
  const { log } = capture;
  const rows = Array.from({ length: log.length }, (_, place) => {
    const index = frameIndex(place);
    const bits = log.bitsAt(index);
    const time = capture.table.clock.toEpoch(log.timeAt(index));
    const kind = directionOf(bits) ?? kindOf(bits);
    const opcode = kindOf(bits) === "message" ? ` ${opcodeOf(bits)} ${originOf(bits)}` : "";
    return `${log.connectionAt(index)} ${kind}${opcode} ${time === undefined ? "?" : Math.round(time * 1000) / 1e6} ${rowText(log, index)}`;
  });
  return { answer, capture, rows, problems: answer.problems.map(({ place, what }) => `${place}: ${en.tell(what)}`) };
}
