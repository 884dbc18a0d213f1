import type { ImportedCapture, ImportProblem, ImportProgress } from "../../contract/files.ts";
import type { LongCall } from "../../contract/long-call.ts";
import type { ByteStream, CaptureParts, ImportFile, ImportFormat, ImportInput } from "../../format/import-format.ts";
import { IMPORT_FORMATS } from "../../format/import-registry.ts";
import { openPacked } from "../../format/reading/open-packed.ts";
import { surveyJournal } from "../../log/journal-survey.ts";
import type { AppendFile } from "../../log/payload-pages.ts";
import type { Faults } from "../../model/faults.ts";
import { Refusal } from "../../model/refusal.ts";
import { say, type Tell } from "../../model/said.ts";
import { CaptureLog } from "../capture-log.ts";
import type { CaptureFolders, NewCapture } from "../kept-captures.ts";
import { runInTurns, type TurnEdges } from "../turns.ts";
import { keepOrigins } from "../value-origins.ts";
import { ImportedRows, MOST_PROBLEMS } from "./imported-rows.ts";
import { writeCapture } from "./write-capture.ts";

/** Bytes of payload of the new log that stay in memory. */
const BUDGET = 1 << 24;

export interface ImportEdges extends TurnEdges {
  readonly tell: Tell;
  readonly faults: Faults;
  /** Cancelled, nothing of it is left behind. */
  readonly long: LongCall<ImportProgress>;
}

/**
 * Makes a kept capture of a file, in turns. What of the file cannot be read is told in the answer, the rest is there. Rejects with a
 * `Refusal` where nothing of it can be; nothing is left behind then.
 */
export async function importCapture(folders: Pick<CaptureFolders, "create" | "writeAbout">, file: ImportFile, edges: ImportEdges): Promise<ImportedCapture> {
  const { chosen, leftOut } = choose(file);
  const [first] = chosen;
  if (first === undefined) throw new Refusal(leftOut.find(({ isUnknown }) => !isUnknown)?.what ?? say("import.unknown", { name: file.name, formats: IMPORT_FORMATS.map(({ name }) => name) }));
  const made = await folders.create();
  try {
    const { format, input } = first;
    const imported = "parts" in format ? withLeftOut(await copyParts(format.parts(input), made, edges), leftOut) : await readRows(chosen, leftOut, { made, file, edges });
    await folders.writeAbout(made.id, { name: nameOf(file), isSeen: true });
    await made.end("kept");
    return { capture: made.id, name: file.name, ...imported };
  } catch (error) {
    await made.end("removed");
    throw error;
  }
}

type Imported = Omit<ImportedCapture, "capture" | "name">;

interface Chosen {
  readonly name: string;
  readonly format: ImportFormat;
  readonly input: ImportInput;
}

/** A file of an archive that does not become a part of the capture. */
interface LeftOut extends ImportProblem {
  /** It is of none of the formats. */
  readonly isUnknown: boolean;
}

/** The files that become one capture: all that are read row by row; where there are none, one that is a capture already. */
function choose(file: ImportFile): { readonly chosen: readonly Chosen[]; readonly leftOut: readonly LeftOut[] } {
  const known: Chosen[] = [];
  const leftOut: LeftOut[] = [];
  for (const { name, head, input } of openPacked(file, (place, what) => leftOut.push({ place, what, isUnknown: false }))) {
    const format = IMPORT_FORMATS.find((one) => one.recognises(head));
    if (format === undefined) leftOut.push({ place: name, what: say("import.other-file"), isUnknown: true });
    else known.push({ name, format, input });
  }
  const rows = known.filter(({ format }) => "read" in format);
  const chosen = rows.length > 0 ? rows : known.slice(0, 1);
  for (const one of known) if (!chosen.includes(one)) leftOut.push({ place: one.name, what: say("import.one-capture"), isUnknown: false });
  return { chosen, leftOut };
}

interface RowEdges {
  readonly made: NewCapture;
  readonly file: ImportFile;
  readonly edges: ImportEdges;
}

async function readRows(chosen: readonly Chosen[], leftOut: readonly LeftOut[], { made, file, edges }: RowEdges): Promise<Imported> {
  const rows = new ImportedRows(made.spool);
  for (const { name, format, input } of chosen) {
    try {
      if ("read" in format) await runInTurns(format.read(input, rows), () => tellHow("reading", rows.share, edges), edges);
    } catch (error) {
      // The others of the archive may be whole.
      if (!(error instanceof Refusal) || chosen.length === 1) throw error;
      rows.problem(name, error.told);
    }
  }
  rows.finish();
  for (const { place, what } of leftOut) rows.problem(place, what);
  const { described, problems, moreProblems } = rows;
  if (described.length === 0) throw nothingReadable(file.name, problems[0]) ?? new Refusal(say("import.nothing", { name: file.name, format: chosen[0]?.format.name ?? "" }));
  return { connections: described.length, frames: await write(rows, made, edges), problems, moreProblems };
}

/** Why nothing is there to be shown, with the place in the file. */
function nothingReadable(name: string, problem: ImportProblem | undefined): Refusal | undefined {
  if (problem === undefined) return undefined;
  const { place, what } = problem;
  return new Refusal(place === "" ? what : say("import.nothing-readable", { name, place, what }));
}

const withLeftOut = ({ problems, ...imported }: Imported, leftOut: readonly LeftOut[]): Imported => ({ ...imported, problems: [...problems, ...leftOut.slice(0, MOST_PROBLEMS).map(({ place, what }) => ({ place, what }))], moreProblems: imported.moreProblems + Math.max(leftOut.length - MOST_PROBLEMS, 0) });

/** What is damaged in it is found as in any capture that is kept, and shown by rows of its own. */
async function copyParts({ journal, payloads }: CaptureParts, made: NewCapture, edges: ImportEdges): Promise<Imported> {
  for (const [from, to] of [[payloads, made.payloads], [journal, made.journal]] as const) {
    await runInTurns(copyStream(from, to), (share) => tellHow("reading", share, edges), edges);
    to.flush();
  }
  const { frames, connections, rows, problem } = await runInTurns(surveyJournal(made.journal, made.payloads, "whole"), () => tellHow("writing", 0, edges), edges);
  if (rows === 0 && connections === 0) throw new Refusal(problem ?? say("import.no-journal"));
  return { connections, frames, problems: problem === undefined ? [] : [{ place: "journal", what: problem }], moreProblems: 0 };
}

function* copyStream(from: ByteStream, to: AppendFile): Generator<number, void, void> {
  for (let piece = from.next(); piece !== undefined; piece = from.next()) {
    to.append(piece);
    yield from.share;
  }
}

/** Answers the number of messages. */
async function write(rows: ImportedRows, { journal, payloads }: NewCapture, edges: ImportEdges): Promise<number> {
  const { now, tell, faults } = edges;
  const capture = new CaptureLog({ journal, payloads }, BUDGET, faults, tell);
  await runInTurns(
    writeCapture(rows, capture, now),
    (share) => {
      refuseUnsaved(capture);
      tellHow("writing", share, edges);
    },
    edges,
  );
  await runInTurns(keepOrigins(capture, { exchanges: rows.answers }), () => {}, edges);
  capture.end(now());
  refuseUnsaved(capture);
  return capture.log.messages;
}

function tellHow(doing: ImportProgress["doing"], share: number, { long }: ImportEdges): void {
  long.goOn();
  long.progress({ doing, share });
}

/** A running capture goes on in memory where the disk is full; one that is only to be kept comes to nothing. */
function refuseUnsaved({ storage }: CaptureLog): void {
  if (storage.state === "memory only") throw new Refusal(storage.why);
}

/** Without what tells its kind: `feed.har`, `feed.har.gz`. */
const nameOf = ({ name }: ImportFile): string => name.replace(/^.*[/\\]/, "").replace(/(\.[A-Za-z][\w-]{0,10}){1,2}$/, "") || name;
