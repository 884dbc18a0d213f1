import type { Decoder } from "../decode/decoder.ts";
import { decoderById, DECODERS } from "../decode/registry.ts";
import type { UserMark } from "../log/user-marks.ts";
import { cookieNames } from "../model/cookies.ts";
import { exchangeOf } from "../model/connection.ts";
import { explainHandshake } from "../model/handshake.ts";
import { ownDecoderId, readOwnDecoders } from "../model/own-decoder.ts";
import { prefixOf } from "../model/prefix-choice.ts";
import { isPairPaths } from "../model/pair-paths.ts";
import { say } from "../model/said.ts";
import { frameIndex, milliseconds, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { Compared } from "./compare/compared.ts";
import { compareConnections } from "./compare/two-connections.ts";
import { completions, corrections } from "./captured-values.ts";
import { connectionPage } from "./connection-page.ts";
import { connectionBeside, connectionList } from "./connection-rows.ts";
import type { Answer, Argument, CallName, PieceOf, ProgressOf } from "../contract/calls.ts";
import type { ExportedFile, ExportForm, ExportProgress, ExportRequest } from "../contract/files.ts";
import { MOST_BYTES } from "../contract/inspect.ts";
import type { LongCall } from "../contract/long-call.ts";
import { MOST_NOTE, MOST_ROWS } from "../contract/rows.ts";
import { loadFor } from "./again.ts";
import type { EngineEdges } from "./engine-edges.ts";
import { exportKept, findSecretsInKept } from "./export-kept.ts";
import { chosenRows, exportLog, findSecretsIn, type ExportEdges } from "./export.ts";
import { findBytes } from "./find-bytes.ts";
import type { Findings } from "./findings/findings.ts";
import type { Inspected } from "./inspected.ts";
import { EXPORT_FORMATS } from "../format/registry.ts";
import { SNIPPET_TARGETS } from "../format/snippets/registry.ts";
import type { ExportFormat } from "../format/export-format.ts";
import type { KeptCaptures } from "./kept-captures.ts";
import { copyForm, copyText, messageText, rowsToPin, summarise } from "./selection.ts";
import { openSchema, readBySchema, schemaOf } from "./schemas.ts";
import { writeSnippet } from "./snippet.ts";
import { keepOrigins, valueOrigins } from "./value-origins.ts";
import { Timeline } from "./timeline.ts";
import { runInTurns } from "./turns.ts";
import { editable, encodeEdited, outgoing, sentByUser } from "./sending.ts";
import { ruleFilter } from "./rule-filter.ts";
import { receivedMatch, receivedValue, replayReport, sentBefore } from "./replaying.ts";
import type { View } from "./view.ts";
import { pageRule } from "../query/page-rule.ts";
import { readPath } from "../query/path.ts";
import { Refusal } from "../model/refusal.ts";
import { rowBytes } from "./row-text.ts";

/** Characters that are sought in a text. */
const MOST_SOUGHT = 1000;

type Answers<Name extends CallName> = (argument: Argument<Name>, long: LongCall<ProgressOf<Name>, PieceOf<Name>>) => Answer<Name> | Promise<Answer<Name>>;

/** What the calls of one view read and change. */
export interface CallParts {
  readonly capture: CaptureLog;
  readonly view: View;
  readonly inspected: Inspected;
  readonly kept: KeptCaptures;
  readonly edges: Pick<EngineEdges, "now" | "turns" | "exports" | "readFile" | "captures" | "version" | "utcOffset" | "tell" | "faults" | "later" | "cores" | "startDecodeThread">;
  /** The capture that is recorded or shown now. */
  readonly ownId: () => string;
  /** Has what is cleared stay, where captures are kept; resolves once that is sure, or not to be had. */
  readonly prepareNext: () => Promise<void>;
  /** All views are to hear of a change of the log. */
  readonly changed: () => void;
  /** This view waits for the answer's rows. */
  readonly tellSoon: () => void;
}

/** Every call of the contract, for one view. One that throws is refused with what it says. */
export function createCalls({ capture, view, inspected, kept, edges, ownId, prepareNext, changed, tellSoon }: CallParts): { readonly [Name in CallName]: Answers<Name> } {
  const mark = (frame: FrameIndex, change: Partial<UserMark>): null => {
    if (frame < capture.log.length) capture.mark(frame, change);
    changed();
    return null;
  };
  const compared = new Compared(capture);
  const timeline = new Timeline(capture, view);
  // Loaded when somebody asks: nothing of it is needed to capture.
  let loading: Promise<Findings> | undefined;
  const findings = async (): Promise<Findings> => await (loading ??= import("./findings/findings.ts").then(({ Findings: Made }) => new Made(capture)));
  const exporting: ExportEdges = { now: edges.now, version: edges.version, turns: edges.turns, tell: edges.tell, faults: edges.faults };
  const exportOwn = async (request: ExportRequest, long: LongCall<ExportProgress>, choose: () => Uint32Array | undefined): Promise<ExportedFile> => {
    const name = await kept.ownName();
    const chosen = choose();
    const { paths = [], rows: end = capture.log.length } = request;
    return exportLog(edges.exports, capture, chosen, request, { ...exporting, name, long, gather: (how) => view.gatherPaths({ ...how, paths, rows: chosen, end }) });
  };
  return {
    setScope: (scope) => {
      tellSoon();
      return view.setScope(scope);
    },
    setHighlights: (filters) => view.setHighlights(filters),
    rows: ({ paths, sought, ...range }) => view.rowsOf(range, paths, sought),
    countFound: ({ filter, place }, long) => view.countFound(filter, place, long),
    find: ({ filter, from, backwards }, long) => view.find(filter, from, backwards, long),
    complete: ({ text, at }) => completions(text, at, capture),
    corrections: ({ text }) => corrections(text, capture),
    pin: ({ frame, pinned }) => mark(frame, { pinned }),
    pinPlaces: ({ places, pinned }) => {
      const rows = rowsToPin(view, places);
      for (const row of rows) capture.mark(row, { pinned });
      changed();
      return null;
    },
    note: ({ frame, text }) => mark(frame, { note: text.slice(0, MOST_NOTE) }),
    firstRow: ({ connection }) => {
      const frame = capture.log.firstRowOf(connection);
      return frame === undefined ? null : { frame, note: capture.marks.get(frame)?.note ?? "" };
    },
    summarise: ({ places }) => summarise(capture, view, places),
    copyForm: ({ places }) => copyForm(capture, view, places),
    copyText: ({ places }) => copyText(capture, view, places),
    placeOf: ({ frame, message }) => view.placeOf(frame, message) ?? null,
    placeNear: ({ frame }) => view.placeNear(frame),
    unfold: ({ frame, unfolded }) => {
      view.unfold(frame, unfolded);
      return null;
    },
    connections: (query) => connectionList(capture, query, edges.now()),
    connectionBeside: (query) => connectionBeside(capture, query, edges.now()),
    pageRule: (rule) => {
      const read = pageRule(rule);
      if ("problem" in read) throw new Refusal(read.problem);
      return read.value;
    },
    ruleFilter: (place) => ruleFilter(capture, place),
    decoders: () => [...capture.decoding.own.list.map(({ name }) => ({ id: ownDecoderId(name), name })), ...DECODERS.filter(({ isOutside, needsSchema }: Decoder) => isOutside !== true && needsSchema !== true).map(({ id, name }) => ({ id, name }))],
    ownDecoders: (decoders) => {
      capture.decoding.setOwn(readOwnDecoders(decoders));
      changed();
      return null;
    },
    decodeAs: ({ connection, decoder }) => {
      if (decoder !== null && decoderById(decoder) === undefined && prefixOf(decoder) === undefined && capture.decoding.own.chosenBy(decoder) === undefined) throw new Refusal(say("decode.no-such-decoder", { decoder }));
      if (capture.isResuming) throw new Refusal(say("decode.still-read"));
      capture.decoding.choose(connection, { ...capture.decoding.choiceOf(connection), decoder });
      changed();
      return null;
    },
    rememberDecoders: (choices) => {
      capture.decoding.rememberOnly(choices);
      return null;
    },
    openSchema,
    schemaOf: (query) => schemaOf(capture, query),
    readBySchema: async (query) => {
      await readBySchema(capture, query);
      changed();
      return null;
    },
    pairBy: ({ connection, pairs }) => {
      if (pairs !== null && !isPairPaths(pairs)) throw new Refusal(say("query.path-key"));
      for (const path of pairs === null ? [] : [pairs.request, pairs.answer]) {
        const read = readPath(path);
        if ("problem" in read) throw new Refusal(read.problem);
      }
      if (capture.isResuming) throw new Refusal(say("decode.still-read"));
      capture.decoding.choose(connection, { ...capture.decoding.choiceOf(connection), pairs: pairs ?? undefined });
      changed();
      return null;
    },
    inspect: ({ columns, ...place }) => inspected.details(place, columns),
    treeLines: async ({ from, to, ...place }) => (await inspected.ask(place, "treeLines", [from, Math.min(to, from + MOST_ROWS)])) ?? [],
    toggleTree: async ({ line, all, opens, ...place }) => (await inspected.ask(place, "toggleTree", [line, all, opens])) ?? 0,
    findInTree: async ({ text, after, backwards, ...place }) => (await inspected.ask(place, "findInTree", [text.slice(0, MOST_SOUGHT), after, backwards])) ?? null,
    lineBytes: async ({ line, ...place }) => (await inspected.ask(place, "lineBytes", [line])) ?? null,
    lineAt: async ({ at, ...place }) => (await inspected.ask(place, "lineAt", [at])) ?? null,
    treeJson: async ({ line, isPretty, ...place }) => (await inspected.ask(place, "treeJson", [line, isPretty])) ?? "",
    layText: async ({ form, columns, ...place }) => (await inspected.ask(place, "layText", [{ form, columns }])) ?? null,
    textLines: async ({ form, columns, from, to, ...place }) => (await inspected.ask(place, "textLines", [{ form, columns }, from, Math.min(to, from + MOST_ROWS)])) ?? [],
    foldText: async ({ form, columns, line, all, ...place }) => (await inspected.ask(place, "foldText", [{ form, columns }, line, all])) ?? 0,
    findText: async ({ form, columns, text, after, backwards, ...place }) => (await inspected.ask(place, "findText", [{ form, columns }, text.slice(0, MOST_SOUGHT), after, backwards])) ?? null,
    bytes: ({ frame, from, to }) =>
      frame < capture.log.length
        ? rowBytes(capture, frameIndex(frame), from, Math.min(to, from + MOST_BYTES)).slice()
        : new Uint8Array(0),
    findBytes: async ({ frame, bytes, from, backwards }, long) => {
      const { log, generation } = capture;
      if (frame >= log.length) return null;
      const index = frameIndex(frame);
      const work = findBytes((start, end) => rowBytes(capture, index, start, end), log.lengthAt(index), bytes, from, backwards);
      const found = await runInTurns(work, (share) => {
        long.goOn();
        // Another log has other bytes there.
        if (capture.generation !== generation) throw new Refusal(say("headers.cleared"));
        long.progress(share);
      }, edges);
      return found ?? null;
    },
    payloadText: ({ frame, message }) =>
      message === undefined || !capture.decoded.holdsSeveral(frame) ? inspected.payloadText(frame) : messageText(capture, frame, message),
    handshake: ({ connection: id }) => {
      const connection = capture.table.connections.get(id);
      if (connection === undefined) return null;
      const { requestTime, responseTime, requestHeaders } = exchangeOf(connection);
      return {
        connection,
        // What is checked of an opening is RFC 6455's.
        report: connection.transport === "websocket" ? explainHandshake(connection) : { findings: [] },
        startedAt: requestTime === undefined ? null : (capture.table.clock.toEpoch(requestTime) ?? null),
        took:
          requestTime === undefined || responseTime === undefined
            ? null
            : milliseconds((responseTime - requestTime) * 1000),
        cookieNames: cookieNames(requestHeaders),
      };
    },
    connectionPage: ({ connection }, long) =>
      runInTurns(connectionPage(capture, connection, edges.now()), (share) => {
        long.goOn();
        long.progress(share);
      }, edges),
    findings: async (query, long) => await (await findings()).read(query, long, edges),
    compare: async ({ other, step, ...place }, long) => {
      await loadFor(capture, [place.frame, ...(other === null ? [] : [other.frame])].map(frameIndex));
      return await compared.compare(place, other, step, long, edges);
    },
    compareConnections: (query, long) => compareConnections(capture, query, long, edges),
    compareCaptures: async (query, long) => {
      // Few compare captures: what reads and decodes another is loaded when somebody does.
      const { compareTwoCaptures } = await import("./compare/two-captures.ts");
      return await compareTwoCaptures(query, { own: { id: ownId(), capture }, edges, long });
    },
    compareLines: ({ from, to }) => compared.lines(from, Math.min(to, from + MOST_ROWS)),
    toggleCompared: ({ line }) => compared.toggle(line),
    nextChange: ({ from, backwards }) => compared.nextChange(from, backwards),
    timeline: (query) => timeline.read(query, edges),
    editable: async (place) => {
      await loadFor(capture, [frameIndex(place.frame)]);
      return editable(capture, place);
    },
    encode: async (edited) => {
      await loadFor(capture, [frameIndex(edited.frame)]);
      return encodeEdited(capture, edited);
    },
    outgoing: (place) => outgoing(capture, place),
    sentByUser: (query) => sentByUser(capture, query),
    sentBefore: (query) => sentBefore(capture, query),
    rowCount: () => capture.clearedRows + capture.log.length,
    receivedValue: (query) => receivedValue(capture, query),
    receivedMatch: (query) => receivedMatch(capture, view, query),
    replayReport: (query) => replayReport(capture, query),
    noteRun: ({ connection, told }) => {
      capture.noteRun(connection, told, edges.now());
      changed();
      return null;
    },
    exportForms: () => EXPORT_FORMATS.flatMap(formsOf),
    findSecrets: ({ capture: id, scope }, long) =>
      id === null || id === ownId() ? findSecretsIn(capture, chosenRows(capture, view, id === null ? scope : "all"), { ...exporting, long }) : findSecretsInKept(edges.captures, id, { ...exporting, long }),
    export: (request, long) => exportOwn(request, long, () => chosenRows(capture, view, request.scope)),
    snippetForms: () => SNIPPET_TARGETS.map(({ id, name, side }) => ({ target: id, name, side })),
    snippet: (request) => writeSnippet(capture, view, request),
    origins: ({ connection, ...outside }) => valueOrigins(capture, connection, outside),
    keepAnswers: async (outside) => {
      await runInTurns(keepOrigins(capture, outside), () => {}, edges);
      return null;
    },
    discardExport: async ({ path }) => {
      await edges.exports.remove(path);
      return null;
    },
    clear: async () => {
      if (capture.isKept) throw new Refusal(say("engine.kept-not-cleared"));
      if (capture.isResuming) throw new Refusal(say("engine.clear-later"));
      // This clear makes that one final.
      if (capture.cleared !== null) await prepareNext();
      capture.clearForNow(edges.now());
      void prepareNext();
      changed();
      return null;
    },
    undoClear: () => {
      if (!capture.undoClear()) throw new Refusal(say("engine.undo-late"));
      changed();
      return null;
    },
    captures: async (_, long) => {
      for await (const one of kept.list()) await long.give(one);
      return null;
    },
    renameCapture: async ({ capture: id, name }) => {
      await kept.rename(id, name);
      return null;
    },
    dismissCapture: async ({ capture: id }) => {
      await kept.dismiss(id);
      return null;
    },
    deleteCapture: async ({ capture: id }) => {
      await kept.remove(id);
      return null;
    },
    importFile: async ({ file }, long) => {
      // Few import: what reads files is loaded when somebody does.
      const { importCapture } = await import("./import/import-capture.ts");
      const { now, turns, tell, faults } = edges;
      return importCapture(edges.captures, edges.readFile(file), { now, turns, tell, faults, long });
    },
    exportCapture: ({ capture: id, ...form }, long) => {
      const request: ExportRequest = { ...form, scope: "all" };
      return id === ownId() ? exportOwn(request, long, () => undefined) : exportKept(edges.captures, id, edges.exports, request, { ...exporting, long });
    },
  };
}

function formsOf({ id, name, hasSensitiveForm, columns, holdsAnswers }: ExportFormat): ExportForm[] {
  return (hasSensitiveForm ? [false, true] : [null]).map((sensitive) => ({ format: id, name, sensitive, ...(columns !== undefined && { columns }), ...(holdsAnswers === true && { holdsAnswers }) }));
}
