import type { Faults } from "../model/faults.ts";
import { Refusal } from "../model/refusal.ts";
import { say, type Told } from "../model/said.ts";
import { Deadline } from "./deadline.ts";
import type { LookCalls, LookedFrame } from "./look.ts";
import type { Again } from "./again.ts";
import { isDrawn, type LookAnswer, type LookQuestion, type LookRequest, type LookStep } from "./look-thread.ts";
import type { Thread } from "./thread.ts";
import type { Timers } from "./timers.ts";

/** Decodes what somebody looks at. */
export type LookThread = Thread<LookRequest, LookAnswer | LookStep>;

/** How long a request may take; looked at message by message, how long one may; once a frame is laid open, what is asked of it has as long. */
const DEADLINE_MS = 2000;
/** A thread whose script does not run after so many deadlines is none. */
const MOST_STARTS = 3;

/** The thread broke. What it had laid open is gone with it. */
export class LookBroke extends Refusal {
  /** It broke at this request, and not at one before it. */
  readonly isAtFault: boolean;
  /** The message of the request at which it broke, where that is known. */
  readonly reached: number | undefined;

  constructor(isAtFault: boolean, reached: number | undefined) {
    super(say("engine.look-broke"));
    this.isAtFault = isAtFault;
    this.reached = reached;
  }
}

/** The thread broke at what was asked of a frame that it had laid open: that is no fault of the frame's. What was laid open is gone. */
export class QuestionBroke extends Refusal {
  constructor() {
    super(say("engine.question-broke"));
  }
}

interface Waiting {
  readonly id: number;
  /** Somebody asks something of a frame, which is laid open first or was before; undefined where a view draws what it shows. */
  readonly question: { readonly opens: boolean } | undefined;
  readonly resolve: (answer: LookAnswer) => void;
  readonly reject: (error: Error) => void;
}

export interface LookerEdges {
  readonly start: () => LookThread;
  readonly timers: Timers;
  readonly faults: Faults;
}

/**
 * Decodes what a view looks at on a thread of its own, request after request, and ends that thread where one hangs or breaks:
 * what a decoder does with hostile bytes is not to be waited for by the table, nor by the capture.
 */
export class Looker {
  readonly #edges: LookerEdges;
  readonly #deadline: Deadline;
  readonly #posted: Waiting[] = [];
  #thread: LookThread | undefined;
  #starts = 0;
  #nextId = 1;
  #reached: number | undefined;
  #life = 0;

  constructor(edges: LookerEdges) {
    this.#edges = edges;
    this.#deadline = new Deadline({ after: DEADLINE_MS, passed: () => this.#late(), timers: edges.timers });
  }

  /** Another number is another thread, which has nothing laid open. */
  get life(): number {
    return this.#life;
  }

  /** Asks what is laid open; `open`: what is to be laid open first. Rejects with `LookBroke`, and with `QuestionBroke`. */
  async ask<Name extends keyof LookCalls>(name: Name, asked: Parameters<LookCalls[Name]>, open: LookedFrame | undefined): Promise<ReturnType<LookCalls[Name]>> {
    const question = { name, asked } as LookQuestion;
    const answered = await this.#post({ id: this.#nextId++, type: "look", open, question }, buffersOf([open?.payload], [open?.own, open?.whole]));
    return (answered as Extract<LookAnswer, { type: "look" }>).answer as ReturnType<LookCalls[Name]>;
  }

  /** One line of each message; empty where it has none. Rejects with `LookBroke`. */
  async sumUp(messages: readonly (Again | undefined)[], isCareful: boolean): Promise<readonly Told[]> {
    const answered = await this.#post({ id: this.#nextId++, type: "sum up", messages, isCareful }, buffersOf([], messages));
    return (answered as Extract<LookAnswer, { type: "sum up" }>).summaries;
  }

  end(): void {
    this.#deadline.stop();
    this.#thread?.end();
    this.#thread = undefined;
    // Nobody waits any more for what is not answered yet.
    this.#posted.length = 0;
  }

  #post(request: LookRequest, transfer: ArrayBuffer[]): Promise<LookAnswer> {
    const question = request.type === "look" && !isDrawn(request.question) ? { opens: request.open !== undefined } : undefined;
    return new Promise((resolve, reject) => {
      this.#posted.push({ id: request.id, question, resolve, reject });
      if (this.#posted.length === 1) this.#startClock();
      this.#thread ??= this.#startThread();
      this.#thread.post(request, transfer);
    });
  }

  #startThread(): LookThread {
    const thread = this.#edges.start();
    thread.onAnswer = (answer) => {
      if (this.#thread !== thread) return;
      if ("reached" in answer) {
        this.#reached = answer.reached;
        this.#deadline.start();
        return;
      }
      if (this.#posted[0]?.id !== answer.id) return;
      const done = this.#posted.shift();
      this.#startClock();
      done?.resolve(answer);
    };
    thread.onReady = () => this.#thread === thread && this.#startClock();
    thread.onFailure = (what, place) => this.#broke(thread, { what, place });
    thread.onGone = () => this.#broke(thread, { what: "the thread ended" });
    return thread;
  }

  #startClock(): void {
    this.#starts = 0;
    this.#reached = undefined;
    if (this.#posted.length === 0) this.#deadline.stop();
    else this.#deadline.start();
  }

  #late(): void {
    const thread = this.#thread;
    if (thread === undefined) return;
    if (!thread.isReady && ++this.#starts < MOST_STARTS) this.#deadline.start();
    else this.#broke(thread, { what: thread.isReady ? "the thread hung" : "the thread did not start", isLate: thread.isReady });
  }

  /** `what`, `place`: as `Faults.addTold` takes them. */
  #broke(thread: LookThread, { what, place, isLate = false }: { readonly what: string; readonly place?: string | undefined; readonly isLate?: boolean }): void {
    if (this.#thread !== thread) return;
    const reached = this.#reached;
    const question = this.#posted[0]?.question;
    const isQuestion = question !== undefined && (!question.opens || reached !== undefined);
    // A long search of a long message is no bug.
    if (!isQuestion || !isLate) this.#edges.faults.addTold(what, "inspection thread", place);
    thread.end();
    this.#thread = undefined;
    this.#life++;
    this.#deadline.stop();
    for (const [i, { reject }] of this.#posted.splice(0).entries()) reject(i === 0 && isQuestion ? new QuestionBroke() : new LookBroke(i === 0, i === 0 ? reached : undefined));
  }
}

/** Memory that nobody needs here once it is on its way. */
function buffersOf(payloads: readonly (Uint8Array<ArrayBuffer> | undefined)[], messages: readonly (Again | undefined)[]): ArrayBuffer[] {
  const all = [...payloads, ...messages.flatMap((message) => [message?.derived, ...(message?.frames.map(({ bytes }) => bytes as Uint8Array<ArrayBuffer>) ?? [])])];
  return [...new Set(all.flatMap((bytes) => bytes?.buffer ?? []))];
}
