import { createStore, type StoreApi } from "zustand/vanilla";
import type { LookedAt } from "../../contract/inspect.ts";
import { say, sentences, type Tell, type Told } from "../../model/said.ts";
import { epochMilliseconds, milliseconds, type ConnectionId, type FrameIndex } from "../../model/units.ts";
import { hearAnswers, type Heard } from "../../replay/hear-answers.ts";
import { runTold, type RunResult } from "../../replay/run-told.ts";
import { readTranscript, writeTranscript } from "../../replay/transcript-file.ts";
import { answerPaths, transcriptProblem, TranscriptRun, type ReadyMessage, type RunEnd, type RunOptions, type RunProgress } from "../../replay/transcript-run.ts";
import { transcriptMessage, type Transcript, type Variable } from "../../replay/transcript.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { toldBy } from "../told-by.ts";

export interface TranscriptState {
  /** Null: one message is written, as ever. */
  readonly transcript: Transcript | null;
  /** The row that each message is made from, as long as the capture has it. */
  readonly sources: readonly (FrameIndex | null)[];
  /** The message that is shown. */
  readonly chosen: number;
  /** Messages that did not fit in. */
  readonly left: number;
  readonly options: RunOptions;
  /** What keeps it from being run. */
  readonly problem: Told | null;
  /** Null: it does not run. */
  readonly progress: RunProgress | null;
  /** On which connection it runs, or ran last. */
  readonly connection: ConnectionId | null;
  /** What became of the last run. */
  readonly result: RunResult | null;
  /** Why a file was not read, or the messages are not to be had. */
  readonly refusal: Told | null;
}

const AS_BEFORE: RunOptions = { pace: 1, repeat: 1, stopAt: "" };
/** Answers that come later than that after a run are in the table, not in its report. */
const REPORTED_MS = 10_000;
/** Between two looks for what is not decoded yet, before the log is cleared. */
const LOOK_MS = 20;

const ofSessions = new WeakMap<PanelSession, TranscriptStore>();

/** The one of a session: what it holds, its run and the report of that outlive the drawer. */
export function transcriptOf(session: PanelSession): TranscriptStore {
  const known = ofSessions.get(session) ?? new TranscriptStore(session);
  ofSessions.set(session, known);
  return known;
}

/** A run whose report is not complete yet. `cleared`: so many of its messages are not in the log any more; `stopAt`: its filter. */
interface Ended {
  readonly connection: ConnectionId;
  readonly from: number;
  readonly cleared: number;
  readonly stopAt: string;
}

/** A transcript in the drawer: what it holds, and its run. */
export class TranscriptStore {
  readonly store: StoreApi<TranscriptState> = createStore<TranscriptState>(() => ({
    transcript: null,
    sources: [],
    chosen: 0,
    left: 0,
    options: AS_BEFORE,
    problem: null,
    progress: null,
    connection: null,
    result: null,
    refusal: null,
  }));
  readonly #session: PanelSession;
  #run: TranscriptRun | null = null;
  /** A run was asked for on this connection, and is not made yet. */
  #beginsOn: ConnectionId | null = null;
  #ended: Ended | null = null;
  /** Ends the wait for answers of the run that has ended. */
  #stopWaiting: () => void = () => {};
  #isAsking = false;
  /** Of which log the sources are. */
  #shownOf: number | null = null;
  /** The drawer is open on this connection. */
  #drawn: ConnectionId | null = null;

  constructor(session: PanelSession) {
    this.#session = session;
  }

  get #state(): TranscriptState {
    return this.store.getState();
  }

  /** A run is under way on this connection, which must not be let go. */
  holds(connection: ConnectionId): boolean {
    return this.#beginsOn === connection || (this.#run !== null && this.#state.connection === connection);
  }

  /** The drawer is open on this connection; null: on none, or closed. */
  drawOn(connection: ConnectionId | null): void {
    this.#drawn = connection;
  }

  /** All that a connection sent, or these rows. */
  async take(of: ConnectionId | readonly LookedAt[]): Promise<void> {
    if (this.#run !== null) return this.store.setState({ refusal: say("replay.runs") });
    try {
      const { messages, left } = await this.#session.engine.call("sentBefore", { of });
      const first = messages[0]?.at ?? 0;
      // Rows in the order of the table go by that order: no pause is less than none.
      let latest = 0;
      const taken = messages.map(({ message, at }) => transcriptMessage(message, milliseconds((latest = Math.max(latest, (at - first) * 1000)))));
      this.#show({ messages: taken, variables: this.#state.transcript?.variables ?? [] }, messages.map(({ frame }) => frame), left);
    } catch (problem) {
      this.store.setState({ refusal: toldBy(problem) });
    }
  }

  /** One message is written again. */
  leave(): void {
    this.stop();
    this.store.setState({ transcript: null, sources: [], result: null, refusal: null });
  }

  choose(chosen: number): void {
    this.store.setState({ chosen });
  }

  /** What the user makes of the message shown. */
  write(text: string): void {
    this.#changeMessages((messages, chosen) => messages.map((message, place) => (place === chosen ? { ...message, form: "template", text } : message)));
  }

  remove(): void {
    const { chosen, sources } = this.#state;
    this.#changeMessages((messages) => messages.toSpliced(chosen, 1));
    this.store.setState({ sources: sources.toSpliced(chosen, 1), chosen: Math.max(0, Math.min(chosen, sources.length - 2)) });
  }

  setOptions(part: Partial<RunOptions>): void {
    this.store.setState({ options: { ...this.#state.options, ...part } });
  }

  setVariables(variables: readonly Variable[]): void {
    const { transcript } = this.#state;
    if (transcript !== null) this.#change({ ...transcript, variables });
  }

  fileText(): string {
    const { transcript } = this.#state;
    return writeTranscript(transcript ?? { messages: [], variables: [] });
  }

  async load(file: Pick<File, "text">): Promise<void> {
    if (this.#run !== null) return this.store.setState({ refusal: say("replay.runs") });
    try {
      const transcript = readTranscript(await file.text());
      this.#show(transcript, transcript.messages.map(() => null), 0);
    } catch (problem) {
      this.store.setState({ refusal: toldBy(problem) });
    }
  }

  /** `stepwise`: only the first is sent. */
  async run(connection: ConnectionId, stepwise = false): Promise<void> {
    const { transcript, options, problem, progress } = this.#state;
    if (transcript === null || transcript.messages.length === 0 || problem !== null || progress !== null || this.#run !== null || this.#beginsOn !== null) return;
    // The drawer may be closed before the engine has answered.
    this.#beginsOn = connection;
    const from = await this.#session.engine.call("rowCount", null).catch(() => null);
    if (from === null) {
      this.#beginsOn = null;
      return this.#letGo(connection);
    }
    await this.#settle();
    const heard = this.#hear(connection, from);
    const run = new TranscriptRun(transcript, options, this.#edges(connection, heard), stepwise);
    this.#run = run;
    const { exports, sending } = this.#session;
    const asked = { paths: answerPaths(transcript), filter: options.stopAt };
    let cleared = 0;
    sending.beforeClear = async () => {
      cleared += (await this.#session.engine.call("replayReport", { connection, from }).catch(() => null))?.sent ?? 0;
      await heard.keep(asked, () => new Promise((resolve) => void setTimeout(resolve, LOOK_MS))).catch(() => undefined);
    };
    const secrets = transcript.variables.flatMap(({ value, isSecret }) => (isSecret && value !== "" ? value : []));
    // As they were sent they stand in the log: exports mask them. They are kept nowhere.
    exports.hidden = [...new Set([...(exports.hidden ?? []), ...secrets])].toSorted((a, b) => b.length - a.length);
    this.store.setState({ connection, result: null, refusal: null });
    this.#beginsOn = null;
    if (stepwise) run.step();
    const end = await run.run().catch((error: unknown): RunEnd => ({ type: "refused", why: toldBy(error) }));
    if (this.#run !== run) return;
    this.#run = null;
    const ended: Ended = { connection, from, cleared, stopAt: options.stopAt };
    // What is known by then is in the report.
    sending.beforeClear = () => this.#settle();
    this.#ended = ended;
    this.store.setState({ progress: null, result: { end, sent: this.#state.progress?.sent ?? 0, report: null } });
    sending.store.setState({ run: null });
    this.#letGo(connection);
    const stopHearing = this.#session.counts.subscribe(() => void this.#askReport(ended, false));
    const timer = setTimeout(() => void this.#settle(), REPORTED_MS);
    this.#stopWaiting = () => {
      stopHearing();
      clearTimeout(timer);
    };
    await this.#askReport(ended, false);
  }

  /** Unless the drawer is open on it. */
  #letGo(connection: ConnectionId): void {
    if (this.#drawn !== connection) void this.#session.capture.live("letGo", { connection }).catch(() => undefined);
  }

  /** The next one goes; the first of a run that has not begun. */
  step(connection: ConnectionId): void {
    if (this.#run === null) void this.run(connection, true);
    else this.#run.step();
  }

  pause(): void {
    this.#run?.pause();
  }

  resume(): void {
    this.#run?.resume();
  }

  /** Whatever is awaited then, nothing is sent behind it. */
  stop(): void {
    this.#run?.stop();
  }

  /** The report as it is shown, for the clipboard or a file. */
  reportText(tell: Tell): string {
    const { result, options } = this.#state;
    return result === null ? "" : `${runTold(result, options.stopAt).map(tell).join("\n")}\n`;
  }

  /** No answer is waited for any more: what is known of the run that has ended is its report. */
  async #settle(): Promise<void> {
    const ended = this.#ended;
    if (ended !== null) await this.#askReport(ended, true);
  }

  /** `isLast`: what is not known yet will not be. A report that is complete is kept with the capture. */
  async #askReport(ended: Ended, isLast: boolean): Promise<void> {
    if (this.#isAsking && !isLast) return;
    this.#isAsking = true;
    const report = await this.#session.engine.call("replayReport", { connection: ended.connection, from: ended.from }).catch(() => null);
    this.#isAsking = false;
    const { result } = this.#state;
    if (this.#ended !== ended || result === null) return;
    const isWhole = report !== null && report.sent + ended.cleared >= result.sent;
    const told: RunResult = isWhole || isLast ? { ...result, report } : result;
    if (told !== result) this.store.setState({ result: told });
    if (!isLast && (!isWhole || report.unanswered > 0)) return;
    this.#ended = null;
    this.#session.sending.beforeClear = null;
    this.#stopWaiting();
    if (told.sent > 0) await this.#session.engine.call("noteRun", { connection: ended.connection, told: sentences(runTold(told, ended.stopAt)) }).catch(() => undefined);
  }

  #hear(connection: ConnectionId, from: number): Heard {
    const { engine } = this.#session;
    return hearAnswers(
      {
        rowCount: () => engine.call("rowCount", null),
        receivedValue: (query) => engine.call("receivedValue", { connection, ...query }),
        receivedMatch: (query) => engine.call("receivedMatch", { connection, ...query }),
      },
      from,
    );
  }

  #edges(connection: ConnectionId, heard: Heard): ConstructorParameters<typeof TranscriptRun>[2] {
    const { capture, sending } = this.#session;
    const { sources } = this.#state;
    const generation = this.#shownOf;
    return {
      now: () => epochMilliseconds(performance.timeOrigin + performance.now()),
      later: (callback, wait) => {
        const timer = setTimeout(callback, wait);
        return () => clearTimeout(timer);
      },
      uuid: () => crypto.randomUUID(),
      send: async (messages: readonly ReadyMessage[]) => {
        // After a clear its rows have other places.
        const areThere = this.#logNow === generation;
        await capture.live("sendSeveral", { connection, messages: messages.map(({ message, place }) => ({ message, madeFrom: areThere ? (sources[place] ?? null) : null })) });
      },
      ...heard,
      changed: (progress) => {
        this.store.setState({ progress });
        sending.store.setState({ run: { sent: progress.sent, all: progress.all } });
      },
    };
  }

  get #logNow(): number | null {
    return this.#session.counts.getState().changed?.generation ?? null;
  }

  #show(transcript: Transcript, sources: TranscriptState["sources"], left: number): void {
    this.#shownOf = this.#logNow;
    this.store.setState({ transcript, sources, left, chosen: 0, problem: transcriptProblem(transcript), result: null, refusal: null });
  }

  #changeMessages(change: (messages: Transcript["messages"], chosen: number) => Transcript["messages"]): void {
    const { transcript, chosen, progress } = this.#state;
    if (transcript !== null && progress === null) this.#change({ ...transcript, messages: change(transcript.messages, chosen) });
  }

  #change(transcript: Transcript): void {
    this.store.setState({ transcript, problem: transcriptProblem(transcript) });
  }
}
