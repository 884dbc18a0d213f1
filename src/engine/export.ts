import type { ExportedFile, ExportForm, ExportProgress, ExportRequest, ExportScope, LookedThrough } from "../contract/files.ts";
import type { LongCall } from "../contract/long-call.ts";
import { redactedSource, findAllSecrets } from "../format/redact/redacted-source.ts";
import { Redaction } from "../format/redact/redaction.ts";
import { SECRET_KINDS, type SecretKindId } from "../format/redact/registry.ts";
import type { ExportFormat, PackPart, PathColumns, ToldFinding } from "../format/export-format.ts";
import { EXPORT_FORMATS, exportFormat, writerOf } from "../format/registry.ts";
import type { AppendFile } from "../log/payload-pages.ts";
import type { Faults } from "../model/faults.ts";
import { Refusal } from "../model/refusal.ts";
import { say, sentences, type Tell, type Told } from "../model/said.ts";
import { byteLength, epochMilliseconds, frameIndex } from "../model/units.ts";
import type { PathStep } from "../query/query.ts";
import type { CaptureLog } from "./capture-log.ts";
import { exportSource } from "./export-source.ts";
import type { GatherOptions } from "./path-table.ts";
import { rowsAt } from "./selection.ts";
import { runInTurns, type TurnEdges } from "./turns.ts";
import type { View } from "./view.ts";

/** Where exports wait until the user has saved them. Rejects with a `Refusal`. */
export interface ExportStore {
  create(name: string): Promise<{ readonly file: AppendFile; readonly path: readonly string[] }>;
  remove(path: readonly string[]): Promise<void>;
  /** Resolves once who reads has taken what was appended, or will take no more: left out where all of it is at once. */
  readonly taken?: () => Promise<void>;
  /** For formats that pack parts of what they write. */
  readonly gzip?: PackPart;
}

export interface ExportEdges extends TurnEdges {
  readonly tell: Tell;
  readonly faults: Faults;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly version: string;
}

interface ExportOptions extends ExportEdges {
  /** Cancelled, what was written by then is removed. */
  readonly long: LongCall<ExportProgress>;
  /** The user's name for the capture; empty for none. */
  readonly name: string;
  /** What the rows have at the paths that are asked for; left out where nobody can tell. */
  readonly gather?: (how: Pick<GatherOptions, "goOn" | "mask">) => Promise<PathColumns>;
}

/**
 * Writes an export, in turns, so that the capture goes on beside it. It holds the `chosen` rows, or all that stood in
 * the log when it began (or when it was looked through), with their secrets masked but for those that the request keeps. Rejects with a `Refusal`, also
 * while a kept capture is still being opened; what was written by then is removed.
 */
export async function exportLog(
  store: ExportStore,
  capture: CaptureLog,
  chosen: Uint32Array | undefined,
  request: ExportRequest,
  options: ExportOptions,
): Promise<ExportedFile> {
  if (capture.isOpening) throw new Refusal(say("engine.export-opening"));
  const format = exportFormat(request.format);
  if (format === undefined) throw new Error(`No export format is called ${JSON.stringify(request.format)}.`);
  const source = exportSource(capture, chosen, request.rows);
  const kept = keptKinds(request);
  const name = fileName(capture, options, `${kept.size === 0 ? "" : "-with-secrets"}.${format.extension}`);
  const writer = await writerOf(format);
  const redaction = new Redaction(kept, request.hidden);
  const isRedacted = kept.size < SECRET_KINDS.length;
  const findings = format.tellsFindings === true ? await findingsOf(capture, chosen, options, (text) => (isRedacted ? redaction.text(text) : text)) : [];
  const paths = format.tellsPaths === true && (request.paths?.length ?? 0) > 0 ? await gatheredPaths(options, isRedacted ? redaction : undefined) : undefined;
  const { file, path } = await store.create(name);
  try {
    const pieces = writer.write(isRedacted ? redactedSource(source, redaction) : source, {
      sensitive: CREDENTIALS.some((kind) => kept.has(kind)),
      version: options.version,
      tell: options.tell,
      notes: notesOf(capture, request),
      findings,
      title: options.name === "" ? hostOf(capture) : options.name,
      now: epochMilliseconds(options.now()),
      columns: request.columns,
      paths,
      gzip: store.gzip,
    });
    const take = (piece: Uint8Array<ArrayBuffer>): void => {
      options.long.goOn();
      file.append(piece);
      options.long.progress({ doing: "writing", share: source.share() });
    };
    const { connections, frames } = await runInTurns(pieces, take, pacedBy(store, options));
    file.flush();
    return { path, name, mimeType: format.mimeType, bytes: byteLength(file.size), connections, frames, isMasked: isRedacted && redaction.counts().some(({ kind }) => !kept.has(kind)) };
  } catch (error) {
    file.close();
    await store.remove(path);
    throw error;
  } finally {
    file.close();
  }
}

/** Turns that begin once what was written in the last one is taken: nothing gathers that nobody reads. */
function pacedBy({ taken }: ExportStore, { now, turns }: TurnEdges): TurnEdges {
  if (taken === undefined) return { now, turns };
  // What could not be written is told with the next piece.
  return { now, turns: { soon: (callback) => void taken().then(() => turns.soon(callback), () => turns.soon(callback)) } };
}

/** What an export of these rows would mask, in turns. Nothing is written. */
export async function findSecretsIn(capture: CaptureLog, chosen: Uint32Array | undefined, options: TurnEdges & { readonly long: LongCall<ExportProgress> }): Promise<LookedThrough> {
  if (capture.isOpening) throw new Refusal(say("engine.export-opening"));
  const rows = capture.log.length;
  const source = exportSource(capture, chosen, rows);
  const redaction = new Redaction(ALL_KINDS);
  const take = (): void => {
    options.long.goOn();
    options.long.progress({ doing: "looking", share: source.share() });
  };
  await runInTurns(findAllSecrets(source, redaction), take, options);
  return { secrets: redaction.counts().map(({ kind, ...counts }) => ({ kind, name: SECRET_KINDS.find(({ id }) => id === kind)?.said ?? kind, ...counts })), rows };
}

/** What is wrong or costly: of rows that are chosen, what one of them proves. */
async function findingsOf(capture: CaptureLog, chosen: Uint32Array | undefined, options: ExportOptions, masked: (text: string) => string): Promise<readonly ToldFinding[]> {
  const { Findings } = await import("./findings/findings.ts");
  const long = { goOn: () => options.long.goOn(), progress: (share: number) => options.long.progress({ doing: "looking", share }) };
  const { together, alone } = await new Findings(capture).all(long, options);
  const rows = new Set(chosen);
  const all = chosen === undefined ? together : alone.filter(({ frames }) => frames.some((frame) => rows.has(frame)));
  return all.map(({ title, said, connections, frames, frameCount, link }) => ({
    title: masked(options.tell(title)),
    text: masked(options.tell(sentences(said))),
    connections,
    frames: chosen === undefined ? frames : frames.filter((frame) => rows.has(frame)),
    frameCount,
    link,
  }));
}

async function gatheredPaths({ gather, long }: ExportOptions, redaction: Redaction | undefined): Promise<PathColumns | undefined> {
  const goOn = (share: number): void => {
    long.goOn();
    long.progress({ doing: "looking", share });
  };
  return await gather?.({ goOn, mask: (json, path) => (redaction === undefined ? json : maskedValue(json, path, redaction)) });
}

/** A value with its secrets masked as in its message, where some are told by their key alone. */
function maskedValue(json: string, path: readonly PathStep[], redaction: Redaction): string {
  const key = path.findLast((step) => step.kind === "key");
  const before = `{${JSON.stringify(key?.kind === "key" ? key.key : "")}:`;
  const masked = redaction.bytes(new TextEncoder().encode(`${before}${json}}`), true);
  return new TextDecoder().decode(masked).slice(before.length, -1);
}

/** Kinds that a HAR without sensitive data has no place for, not even for a mask. */
const CREDENTIALS: readonly SecretKindId[] = ["cookie", "credentials", "password"];
const ALL_KINDS: ReadonlySet<SecretKindId> = new Set(SECRET_KINDS.map(({ id }) => id));

/** The kinds of secrets that stay in the file. */
function keptKinds({ sensitive, keep = [] }: ExportRequest): ReadonlySet<SecretKindId> {
  return sensitive ? ALL_KINDS : new Set([...ALL_KINDS].filter((kind) => keep.includes(kind)));
}

/** What a log can be exported as. */
export const exportForms = (): ExportForm[] => EXPORT_FORMATS.flatMap(formsOf);

function formsOf({ id, name, hasSensitiveForm, columns, holdsAnswers }: ExportFormat): ExportForm[] {
  return (hasSensitiveForm ? [false, true] : [null]).map((sensitive) => ({ format: id, name, sensitive, ...(columns !== undefined && { columns }), ...(holdsAnswers === true && { holdsAnswers }) }));
}

/** The rows that an export is to hold, in the order of the log; undefined for all. */
export function chosenRows(capture: CaptureLog, view: View, scope: ExportScope): Uint32Array | undefined {
  if (scope === "all") return undefined;
  if (scope === "shown" && view.rows.progress < 1) {
    throw new Refusal(say("engine.export-filtering"));
  }
  if (scope === "shown") return Uint32Array.from({ length: view.rows.length }, (_, position) => view.rows.at(position));
  if ("places" in scope) return Uint32Array.from(rowsAt(view, scope.places)).toSorted();
  return Uint32Array.from(rowsWithin(capture, scope));
}

/** Of one connection, or of a span of time. Cost: a pass over the columns. */
function* rowsWithin({ log, table }: CaptureLog, scope: Exclude<ExportScope, string | { readonly places: unknown }>): Generator<number> {
  for (let row = 0; row < log.length; row++) {
    const index = frameIndex(row);
    if ("connection" in scope) {
      if (log.connectionAt(index) === scope.connection) yield row;
      continue;
    }
    const time = table.clock.toEpoch(log.timeAt(index));
    if (time !== undefined && time >= scope.from && time < scope.to) yield row;
  }
}

function notesOf(capture: CaptureLog, request: ExportRequest): Told[] {
  const notes: Told[] = [];
  if (request.scope === "shown") notes.push(say("format.only-shown"));
  else if (request.scope !== "all") notes.push(say("format.only-selected"));
  if (capture.lost > 0) notes.push(say("format.lost", { n: capture.lost }));
  const { storage } = capture;
  if (storage.state === "kept" && storage.problem !== null) notes.push(storage.problem);
  return notes;
}

/**
 * `framescope-example.com-2026-11-20T12-31-04.har`: the user's name for the capture or else the first page's host, and
 * the moment of the export (UTC). One with secrets says so: `…-with-secrets.har`.
 */
function fileName(capture: CaptureLog, { name, now }: ExportOptions, end: string): string {
  const place = safe(name) || hostOf(capture).replace(/[^\w.-]+/g, "-").slice(0, 60);
  const moment = new Date(now()).toISOString().slice(0, 19).replaceAll(":", "-");
  return `${["framescope", place, moment].filter((part) => part !== "").join("-")}${end}`;
}

/** Of the page, or of the first connection where no page is known. */
function hostOf({ table }: CaptureLog): string {
  const page = [...table.targets.values()].find(({ type }) => type === "page");
  const [connection] = table.connections.values();
  return [page?.url, connection?.url].map((url) => (url === undefined ? "" : (URL.parse(url)?.host ?? ""))).find((host) => host !== "") ?? "";
}

/** Letters and digits of any script, so few that no file system finds them too long. */
const safe = (name: string): string => name.slice(0, 40).replace(/[^\p{L}\p{M}\p{N}_]+/gu, "-").replace(/^-+|-+$/g, "");
