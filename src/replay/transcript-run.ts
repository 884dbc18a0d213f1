import type { OutgoingMessage } from "../model/outgoing-message.ts";
import { Refusal } from "../model/refusal.ts";
import { say, type Told } from "../model/said.ts";
import type { EpochMilliseconds } from "../model/units.ts";
import { fillIn, fillsOf, readTemplate, type Fill, type TemplatePart } from "./template.ts";
import { outgoingOf, type Transcript, type TranscriptMessage } from "./transcript.ts";

export interface RunOptions {
  /** 1: with the pauses that the messages had, 2: in half the time; null: at once. */
  readonly pace: number | null;
  /** How often, from 1. */
  readonly repeat: number;
  /** A filter: nothing more is sent once something received matches. Empty for none. */
  readonly stopAt: string;
}

/** A message ready to go, and which one of the transcript it was. */
export interface ReadyMessage {
  readonly message: OutgoingMessage;
  readonly place: number;
}

/** What a run is given by its housing. */
export interface RunEdges {
  readonly now: () => EpochMilliseconds;
  /** Calls back after so many milliseconds; answers what takes that back. */
  readonly later: (callback: () => void, milliseconds: number) => () => void;
  readonly uuid: () => string;
  /** Resolves once they are sent, in this order; rejects with a `Refusal`. */
  readonly send: (messages: readonly ReadyMessage[]) => Promise<void>;
  /** A repetition begins: what was received before is no answer of it. Called where answers are asked for. */
  readonly begin: () => Promise<void>;
  /** The newest value at a path of what was received since; null: none yet. */
  readonly answer: (path: string) => Promise<string | null>;
  /** Whether something received since the run began matches the filter that stops it. */
  readonly isStopped: (filter: string) => Promise<boolean>;
  readonly changed: (progress: RunProgress) => void;
}

export interface RunProgress {
  readonly sent: number;
  readonly all: number;
  readonly isPaused: boolean;
  /** The path of an answer that is waited for. */
  readonly awaits: string | null;
}

export type RunEnd =
  | { readonly type: "all sent" | "stopped" | "matched" }
  /** Something was not sent, or could not be filled in. */
  | { readonly type: "refused"; readonly why: Told };

/** What goes in one call where nothing is waited for. */
const BATCH_MESSAGES = 500;
const BATCH_LENGTH = 128 * 1024;
/** Batches that go before it is heard that the first of them has gone. */
const MOST_ON_THEIR_WAY = 8;
/** How often it is looked for an answer, and for how long. */
const LOOK_MS = 40;
/** Between repetitions of one message alone, which tells of no pause. */
const PAUSE_OF_ONE_MS = 1000;
export const ANSWER_WAIT_MS = 10_000;
/** More than any timer takes. */
const LONGEST_PAUSE_MS = 2 ** 31 - 1;

/** A message as it can be made: whole, or of parts. */
type Prepared = { readonly message: TranscriptMessage; readonly parts: readonly TemplatePart[] | null };

/** What keeps a transcript from being run; null for nothing. */
export function transcriptProblem({ messages, variables }: Transcript): Told | null {
  const known = new Set(variables.map(({ name }) => name));
  for (const [place, { form, text }] of messages.entries()) {
    if (form !== "template") continue;
    const read = readTemplate(text);
    if ("problem" in read) return say("replay.in-message", { n: place + 1, why: read.problem });
    const missing = fillsOf(read.parts).find((fill) => fill.name === "variable" && !known.has(fill.variable));
    if (missing?.name === "variable") return say("replay.in-message", { n: place + 1, why: say("replay.no-variable", { name: missing.variable }) });
  }
  return null;
}

/** What a run asks for of what is received. */
export const answerPaths = ({ messages }: Transcript): readonly string[] => [
  ...new Set(messages.flatMap((message) => fillsOf(partsOf(message) ?? []).flatMap((fill) => (fill.name === "answer" ? fill.path : [])))),
];

/** One run of a transcript. Nothing is sent before `run`, nor behind `stop`. */
export class TranscriptRun {
  readonly #prepared: readonly Prepared[];
  readonly #variables: ReadonlyMap<string, string>;
  readonly #options: RunOptions;
  readonly #edges: RunEdges;
  readonly #all: number;
  readonly #needsAnswers: boolean;
  #sent = 0;
  #made = 0;
  #isPaused: boolean;
  /** Messages that go although it is paused. */
  #steps = 0;
  #isStopped = false;
  #awaits: string | null = null;
  /** Batches of which is not heard yet that they have gone, in their order; and whether the last of them is short. */
  readonly #onTheirWay: Promise<void>[] = [];
  #isShort = true;
  /** Ends whatever is waited for. */
  #wake: () => void = () => {};

  /** `isPaused`: from the beginning, to go message by message. The transcript is one without a problem. */
  constructor({ messages, variables }: Transcript, options: RunOptions, edges: RunEdges, isPaused = false) {
    this.#prepared = messages.map((message) => ({ message, parts: partsOf(message) }));
    this.#variables = new Map(variables.map(({ name, value }) => [name, value]));
    this.#options = options;
    this.#edges = edges;
    this.#all = messages.length * options.repeat;
    this.#needsAnswers = this.#prepared.some(needsAnswer);
    this.#isPaused = isPaused;
  }

  pause(): void {
    this.#isPaused = true;
    this.#tell();
  }

  resume(): void {
    this.#isPaused = false;
    this.#wakeUp();
  }

  /** Sends the next message, and is paused behind it. */
  step(): void {
    this.#isPaused = true;
    this.#steps++;
    this.#wakeUp();
  }

  stop(): void {
    this.#isStopped = true;
    this.#wakeUp();
  }

  /** Resolves when it has ended; never rejects but with a bug. */
  async run(): Promise<RunEnd> {
    this.#tell();
    try {
      for (let repetition = 0; repetition < this.#options.repeat; repetition++) {
        if (this.#needsAnswers) await this.#edges.begin();
        const end = this.#options.pace === null ? await this.#sendAtOnce() : await this.#sendInTime(this.#options.pace, repetition > 0);
        if (end !== null) return end;
      }
      return { type: "all sent" };
    } catch (error) {
      if (error instanceof Refusal) return { type: "refused", why: error.told };
      throw error;
    }
  }

  async #sendInTime(pace: number, isAgain: boolean): Promise<RunEnd | null> {
    let due: number = this.#edges.now() + (isAgain ? this.#meanPause / pace : 0);
    let before = this.#prepared[0]?.message.at ?? 0;
    for (const [place, prepared] of this.#prepared.entries()) {
      const pause = Math.max(0, (prepared.message.at - before) / pace);
      before = prepared.message.at;
      due += pause;
      // A step waits for no time to come.
      while (!this.#isStopped && this.#steps === 0 && this.#edges.now() < due) await this.#rest(due - this.#edges.now());
      const end = await this.#mayGo();
      if (end !== null) return end;
      const message = await this.#make(prepared);
      if (message === null) return { type: "stopped" };
      await this.#send([{ message, place }]);
      // What was held up moves all that comes behind it.
      due = Math.max(due, this.#edges.now() - LOOK_MS);
    }
    return null;
  }

  /** Between one repetition and the next. */
  get #meanPause(): number {
    const first = this.#prepared[0]?.message.at ?? 0;
    const last = this.#prepared.at(-1)?.message.at ?? first;
    return this.#prepared.length < 2 ? PAUSE_OF_ONE_MS : Math.max(0, last - first) / (this.#prepared.length - 1);
  }

  async #sendAtOnce(): Promise<RunEnd | null> {
    let batch: ReadyMessage[] = [];
    let length = 0;
    const flush = async (): Promise<RunEnd | null> => {
      const end = await this.#mayGo();
      if (end !== null) return end;
      const ready = batch;
      const isShort = length <= BATCH_LENGTH && ready.every(({ message }) => message.type === "text");
      batch = [];
      length = 0;
      if (ready.length > 0) await this.#sendBeside(ready, isShort);
      return null;
    };
    const all = async (): Promise<RunEnd | null> => {
      for (const [place, prepared] of this.#prepared.entries()) {
        const asks = needsAnswer(prepared);
        if (asks || this.#isPaused || batch.length === BATCH_MESSAGES || length + prepared.message.text.length > BATCH_LENGTH) {
          const end = await flush();
          if (end !== null) return end;
          // An answer is asked for once all before is on its way.
          if (asks || this.#isPaused) await this.#allSent();
        }
        const message = await this.#make(prepared);
        if (message === null) return { type: "stopped" };
        batch.push({ message, place });
        length += message.type === "text" ? message.text.length : message.bytes.length;
      }
      return await flush();
    };
    try {
      return await all();
    } finally {
      await this.#allSent();
    }
  }

  /**
   * Sends a batch while those before it are still on their way: that they have gone is heard behind all that Chrome tells of
   * them. `isShort`: texts that go in one piece, which none behind them can overtake.
   */
  async #sendBeside(messages: readonly ReadyMessage[], isShort: boolean): Promise<void> {
    // Where something received may end it, nothing goes before it is known what the last batch brought about.
    const most = isShort && this.#options.stopAt === "" && this.#steps === 0 ? MOST_ON_THEIR_WAY : 1;
    while (this.#onTheirWay.length > 0 && (this.#onTheirWay.length >= most || !this.#isShort)) await this.#onTheirWay.shift();
    this.#isShort = isShort;
    const sending = this.#send(messages);
    // It is heard where it is awaited.
    sending.catch(() => {});
    this.#onTheirWay.push(sending);
    if (most === 1) await this.#allSent();
  }

  async #allSent(): Promise<void> {
    const sending = this.#onTheirWay.splice(0);
    await Promise.allSettled(sending);
    await Promise.all(sending);
  }

  async #send(messages: readonly ReadyMessage[]): Promise<void> {
    await this.#edges.send(messages);
    this.#sent += messages.length;
    if (this.#steps > 0) this.#steps--;
    this.#tell();
  }

  /** Waits while it is paused. Null: the next may go. */
  async #mayGo(): Promise<RunEnd | null> {
    while (this.#isPaused && this.#steps === 0 && !this.#isStopped) await this.#rest(LONGEST_PAUSE_MS);
    if (this.#isStopped) return { type: "stopped" };
    if (this.#options.stopAt !== "" && (await this.#edges.isStopped(this.#options.stopAt))) return { type: "matched" };
    return this.#isStopped ? { type: "stopped" } : null;
  }

  /** Null: it was stopped meanwhile. */
  async #make({ message, parts }: Prepared): Promise<OutgoingMessage | null> {
    this.#made++;
    if (parts === null) return outgoingOf(message);
    const answers = new Map<string, string>();
    for (const fill of fillsOf(parts)) {
      if (fill.name !== "answer" || answers.has(fill.path)) continue;
      const value = await this.#awaitAnswer(fill.path);
      if (value === null) return null;
      answers.set(fill.path, value);
    }
    return { type: "text", text: fillIn(parts, (fill) => this.#valueOf(fill, answers)) };
  }

  #valueOf(fill: Fill, answers: ReadonlyMap<string, string>): string {
    switch (fill.name) {
      case "now":
        return String(Math.round(this.#edges.now()));
      case "uuid":
        return this.#edges.uuid();
      case "counter":
        return String(this.#made);
      case "answer":
        return answers.get(fill.path) ?? "";
      case "variable":
        return this.#variables.get(fill.variable) ?? "";
    }
  }

  async #awaitAnswer(path: string): Promise<string | null> {
    const until = this.#edges.now() + ANSWER_WAIT_MS;
    try {
      for (;;) {
        const value = await this.#edges.answer(path);
        if (this.#isStopped) return null;
        if (value !== null) return value;
        if (this.#edges.now() >= until) throw new Refusal(say("replay.no-answer", { path, ms: ANSWER_WAIT_MS }));
        if (this.#awaits === null) {
          this.#awaits = path;
          this.#tell();
        }
        await this.#rest(LOOK_MS);
        if (this.#isStopped) return null;
      }
    } finally {
      this.#awaits = null;
    }
  }

  #rest(wanted: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#edges.later(() => this.#wake(), Math.min(wanted, LONGEST_PAUSE_MS));
      this.#wake = () => {
        this.#wake = () => {};
        cancel();
        resolve();
      };
    });
  }

  #wakeUp(): void {
    this.#wake();
    this.#tell();
  }

  #tell(): void {
    this.#edges.changed({ sent: this.#sent, all: this.#all, isPaused: this.#isPaused, awaits: this.#awaits });
  }
}

function partsOf({ form, text }: TranscriptMessage): readonly TemplatePart[] | null {
  if (form !== "template") return null;
  const read = readTemplate(text);
  return "parts" in read ? read.parts : [text];
}

const needsAnswer = ({ parts }: Prepared): boolean => parts !== null && fillsOf(parts).some(({ name }) => name === "answer");
