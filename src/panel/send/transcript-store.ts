import { createStore, type StoreApi } from "zustand/vanilla";
import type { LookedAt } from "../../contract/inspect.ts";
import type { ReplayReport } from "../../model/replay-report.ts";
import type { Told } from "../../model/said.ts";
import { epochMilliseconds, milliseconds, type ConnectionId, type FrameIndex } from "../../model/units.ts";
import { hearAnswers } from "../../replay/hear-answers.ts";
import { readTranscript, writeTranscript } from "../../replay/transcript-file.ts";
import { transcriptProblem, TranscriptRun, type ReadyMessage, type RunEnd, type RunOptions, type RunProgress } from "../../replay/transcript-run.ts";
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
  /** What became of the last run. */
  readonly result: { readonly end: RunEnd; readonly sent: number; readonly report: ReplayReport | null } | null;
  /** Why a file was not read, or the messages are not to be had. */
  readonly refusal: Told | null;
}

const AS_BEFORE: RunOptions = { pace: 1, repeat: 1, stopAt: "" };
/** Answers that come later than that after a run are in the table, not in its report. */
const REPORTED_MS = 30_000;

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
    result: null,
    refusal: null,
  }));
  readonly #session: PanelSession;
  #run: TranscriptRun | null = null;
  #reportFrom: { readonly connection: ConnectionId; readonly from: number; readonly endedAt: number } | null = null;
  #isAsking = false;

  constructor(session: PanelSession) {
    this.#session = session;
  }

  get #state(): TranscriptState {
    return this.store.getState();
  }

  /** All that a connection sent, or these rows. */
  async take(of: ConnectionId | readonly LookedAt[]): Promise<void> {
    this.stop();
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
    this.stop();
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
    if (transcript === null || transcript.messages.length === 0 || problem !== null || progress !== null) return;
    const from = await this.#session.engine.call("rowCount", null).catch(() => null);
    if (from === null || this.#run !== null) return;
    const run = new TranscriptRun(transcript, options, this.#edges(connection, from), stepwise);
    this.#run = run;
    this.#reportFrom = null;
    this.store.setState({ result: null, refusal: null });
    if (stepwise) run.step();
    const end = await run.run().catch((error: unknown): RunEnd => ({ type: "refused", why: toldBy(error) }));
    if (this.#run !== run) return;
    this.#run = null;
    this.#reportFrom = { connection, from, endedAt: performance.now() };
    this.store.setState({ progress: null, result: { end, sent: this.#state.progress?.sent ?? 0, report: null } });
    this.changed();
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

  /** The log has changed: more may be answered. */
  changed(): void {
    const from = this.#reportFrom;
    if (from === null || this.#isAsking) return;
    if (performance.now() - from.endedAt > REPORTED_MS) this.#reportFrom = null;
    else void this.#askReport(from);
  }

  async #askReport(from: { readonly connection: ConnectionId; readonly from: number }): Promise<void> {
    this.#isAsking = true;
    const report = await this.#session.engine.call("replayReport", { connection: from.connection, from: from.from }).catch(() => null);
    this.#isAsking = false;
    const { result } = this.#state;
    if (report === null || result === null || this.#reportFrom !== from) return;
    this.store.setState({ result: { ...result, report } });
    if (report.unanswered === 0 && report.sent >= result.sent) this.#reportFrom = null;
  }

  #edges(connection: ConnectionId, from: number): ConstructorParameters<typeof TranscriptRun>[2] {
    const { engine, capture } = this.#session;
    const { sources } = this.#state;
    const heard = hearAnswers(
      {
        rowCount: () => engine.call("rowCount", null),
        receivedValue: (query) => engine.call("receivedValue", { connection, ...query }),
        receivedMatch: (query) => engine.call("receivedMatch", { connection, ...query }),
      },
      from,
    );
    return {
      now: () => epochMilliseconds(performance.timeOrigin + performance.now()),
      later: (callback, wait) => {
        const timer = setTimeout(callback, wait);
        return () => clearTimeout(timer);
      },
      uuid: () => crypto.randomUUID(),
      send: async (messages: readonly ReadyMessage[]) => {
        await capture.live("sendSeveral", { connection, messages: messages.map(({ message, place }) => ({ message, madeFrom: sources[place] ?? null })) });
      },
      ...heard,
      changed: (progress) => this.store.setState({ progress }),
    };
  }

  #show(transcript: Transcript, sources: TranscriptState["sources"], left: number): void {
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
