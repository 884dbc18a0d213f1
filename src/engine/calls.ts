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
import type { Compared } from "./compare/compared.ts";
import { completions } from "./captured-values.ts";
import { connectionPage } from "./connection-page.ts";
import { connectionBeside, connectionList } from "./connection-rows.ts";
import type { Answer, Argument, CallName, PieceOf, ProgressOf } from "../contract/calls.ts";
import type { ExportedFile, ExportProgress, ExportRequest } from "../contract/files.ts";
import { MOST_BYTES } from "../contract/inspect.ts";
import type { LongCall } from "../contract/long-call.ts";
import { MOST_NOTE, MOST_ROWS } from "../contract/rows.ts";
import { loadFor } from "./again.ts";
import type { EngineEdges } from "./engine-edges.ts";
import type { ExportEdges } from "./export.ts";
import { findBytes } from "./find-bytes.ts";
import type { Findings } from "./findings/findings.ts";
import type { Inspected } from "./inspected.ts";
import type { KeptCaptures } from "./kept-captures.ts";
import { copyForm, copyText, messageText, payloadFiles, rowsToPin, summarise } from "./selection.ts";
import { openSchema, readBySchema, schemaOf } from "./schemas.ts";
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
  const timeline = new Timeline(capture, view);
  // These, and what the calls below import, are loaded when somebody asks: nothing of them is needed to capture, and each would
  // be read before the first frame is taken in.
  let loading: Promise<Findings> | undefined;
  const findings = async (): Promise<Findings> => await (loading ??= import("./findings/findings.ts").then(({ Findings: Made }) => new Made(capture)));
  let comparing: Promise<Compared> | undefined;
  const compared = async (): Promise<Compared> => await (comparing ??= import("./compare/compared.ts").then(({ Compared: Made }) => new Made(capture)));
  const exporting: ExportEdges = { now: edges.now, version: edges.version, turns: edges.turns, tell: edges.tell, faults: edges.faults };
  const exportOwn = async (request: ExportRequest, long: LongCall<ExportProgress>): Promise<ExportedFile> => {
    const { generation } = capture;
    const { chosenRows, exportLog } = await import("./export.ts");
    const name = await kept.ownName();
    // What was asked for is the log of then.
    if (capture.generation !== generation) throw new Refusal(say("log.payloads-cleared"));
    const chosen = chosenRows(capture, view, request.scope);
    const { paths = [], rows: end = capture.log.length } = request;
    return exportLog(edges.exports, capture, chosen, request, { ...exporting, name, long, gather: (how) => view.gatherPaths({ ...how, paths, rows: chosen, end }) });
  };
  return {
    setScope: (scope) => {
      tellSoon();
      return view.setScope(scope);
    },
    setHighlights: (filters) => view.setHighlights(filters),
    rows: ({ from, to, ...asked }) => view.rowsOf({ from, to }, asked),
    countFound: ({ filter, place }, long) => view.countFound(filter, place, long),
    find: ({ filter, from, backwards }, long) => view.find(filter, from, backwards, long),
    complete: ({ text, at }) => completions(text, at, capture),
    corrections: async ({ text }) => (await import("./corrections.ts")).corrections(text, capture),
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
    payloads: ({ places }) => payloadFiles(capture, view, places),
    payloadsZip: async ({ places }) => (await import("./payloads-zip.ts")).payloadsZip(payloadFiles(capture, view, places), edges.now()),
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
    treeJson: async ({ line, form, ...place }) => (await inspected.ask(place, "treeJson", [line, form])) ?? "",
    isSentJson: async ({ line, ...place }) => (await inspected.ask(place, "isSentJson", [line])) ?? false,
    layText: async ({ form, columns, ...place }) => (await inspected.ask(place, "layText", [{ form, columns }])) ?? null,
    textLines: async ({ form, columns, from, to, ...place }) => (await inspected.ask(place, "textLines", [{ form, columns }, from, Math.min(to, from + MOST_ROWS)])) ?? [],
    foldText: async ({ form, columns, line, all, ...place }) => (await inspected.ask(place, "foldText", [{ form, columns }, line, all])) ?? 0,
    findText: async ({ form, columns, text, after, backwards, ...place }) => (await inspected.ask(place, "findText", [{ form, columns }, text.slice(0, MOST_SOUGHT), after, backwards])) ?? null,
    textStep: async ({ form, columns, at, step, ...place }) => (await inspected.ask(place, "textStep", [{ form, columns }, at, step])) ?? null,
    textBetween: async ({ form, columns, from, to, ...place }) => (await inspected.ask(place, "textBetween", [{ form, columns }, from, to])) ?? "",
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
        target: capture.table.targets.get(connection.targetKey)?.type ?? null,
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
      return await (await compared()).compare(place, other, step, long, edges);
    },
    compareConnections: async (query, long) => await (await import("./compare/two-connections.ts")).compareConnections(capture, query, long, edges),
    compareCaptures: async (query, long) => {
      const { compareTwoCaptures } = await import("./compare/two-captures.ts");
      return await compareTwoCaptures(query, { own: { id: ownId(), capture }, edges, long });
    },
    comparedText: async (_, long) => await (await compared()).text(long, edges),
    compareLines: async ({ from, to }) => (await compared()).lines(from, Math.min(to, from + MOST_ROWS)),
    toggleCompared: async ({ line }) => (await compared()).toggle(line),
    nextChange: async ({ from, backwards }) => (await compared()).nextChange(from, backwards),
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
    // Whoever asks for the list needs the rest of the chunk next.
    exportForms: async () => (await import("./export.ts")).exportForms(),
    snippetForms: async () => (await import("./snippet.ts")).snippetForms(),
    findSecrets: async ({ capture: id, scope }, long) => {
      if (id !== null && id !== ownId()) return await (await import("./export-kept.ts")).findSecretsInKept(edges.captures, id, { ...exporting, long });
      const { generation } = capture;
      const { chosenRows, findSecretsIn } = await import("./export.ts");
      if (capture.generation !== generation) throw new Refusal(say("log.payloads-cleared"));
      return await findSecretsIn(capture, chosenRows(capture, view, id === null ? scope : "all"), { ...exporting, long });
    },
    export: (request, long) => exportOwn(request, long),
    snippet: async (request) => {
      const { generation } = capture;
      const { writeSnippet } = await import("./snippet.ts");
      if (capture.generation !== generation) throw new Refusal(say("log.payloads-cleared"));
      return writeSnippet(capture, view, request);
    },
    origins: async ({ connection, ...outside }) => (await import("./value-origins.ts")).valueOrigins(capture, connection, outside),
    keepAnswers: async (outside) => {
      const { keepOrigins } = await import("./value-origins.ts");
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
      const { importCapture } = await import("./import/import-capture.ts");
      const { now, turns, tell, faults } = edges;
      return importCapture(edges.captures, edges.readFile(file), { now, turns, tell, faults, long });
    },
    exportCapture: async ({ capture: id, ...form }, long) => {
      const request: ExportRequest = { ...form, scope: "all" };
      if (id === ownId()) return await exportOwn(request, long);
      return await (await import("./export-kept.ts")).exportKept(edges.captures, id, edges.exports, request, { ...exporting, long });
    },
  };
}
