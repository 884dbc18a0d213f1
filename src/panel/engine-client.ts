import type { Answer, Argument, CallName, FromEngine, PieceOf, ProgressOf, ToEngineView } from "../contract/calls.ts";
import type { Changed } from "../contract/changed.ts";
import { assertNever } from "../model/assert-never.ts";
import { Refusal } from "../model/refusal.ts";
import { say, type Told } from "../model/said.ts";

/** A call of which nothing is heard for so long is lost: an engine that works on it says so twice a second. */
const LOST_AFTER_MS = 15_000;
const LOOK_MS = 1000;

/** What is heard of a call before its answer. */
export interface Heard<Name extends CallName> {
  /** How far it is: the newest counts. */
  readonly onProgress?: (progress: ProgressOf<Name>) => void;
  /** Each piece of an answer that comes in pieces, in order. */
  readonly onPiece?: (piece: PieceOf<Name>) => void;
  /** It was done before the engine heard that nobody waits any more: what it made is to be taken away. */
  readonly onLate?: (answer: Answer<Name>) => void;
}

/** A call that can be ended before its answer. */
export interface Running<Name extends CallName> {
  /** Rejects with a `Refusal`: the engine's, or that it was cancelled. */
  readonly answer: Promise<Answer<Name>>;
  /** Ends it, at the engine too; once it is answered, nothing. */
  cancel(): void;
}

interface Pending {
  readonly heard: Heard<CallName>;
  readonly resolve: (value: never) => void;
  readonly reject: (problem: Error) => void;
  /** For how long nothing was heard of it, as far as this thread could listen. */
  silence: number;
}

/** The view's end of its wire to the engine. Owns the port. */
export class EngineClient {
  #port: MessagePort;
  readonly #pending = new Map<number, Pending>();
  /** Calls that nobody waits for, until the engine has said how they ended. */
  readonly #late = new Map<number, (answer: never) => void>();
  readonly #whenPainted: (ready: () => void) => void;
  #changed: ((changed: Changed) => void) | null = null;
  #ended: Told | null = null;
  #isClosed = false;
  #lastId = 0;
  #looks: ReturnType<typeof setInterval> | undefined;

  /** `whenPainted` calls back once what was just set is on the screen; not while nothing is painted at all. */
  constructor(port: MessagePort, whenPainted: (ready: () => void) => void) {
    this.#port = port;
    this.#whenPainted = whenPainted;
    this.#attend(port);
  }

  /** Begins to listen; no call is answered before. `changed` is called at most once for each painted frame. */
  listen(changed: (changed: Changed) => void): void {
    this.#changed = changed;
    this.#hear();
  }

  /** The engine is another one, at the other end of this port. Calls that wait are refused: whether they were done, nobody knows. */
  connect(port: MessagePort): void {
    if (this.#isClosed) return port.close();
    this.#port.onmessage = null;
    this.#port.close();
    this.#port = port;
    this.#ended = null;
    this.#attend(port);
    this.#refuse(say("panel.restarted"));
    if (this.#changed !== null) this.#hear();
  }

  /** Resolves with the engine's answer; rejects with its refusal. */
  call<Name extends CallName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>> {
    return this.run(name, argument).answer;
  }

  /** A call that is heard of before its answer, and that can be cancelled. */
  run<Name extends CallName>(name: Name, argument: Argument<Name>, heard: Heard<Name> = {}): Running<Name> {
    if (this.#ended !== null) return { answer: Promise.reject(new Refusal(this.#ended)), cancel: () => {} };
    const id = ++this.#lastId;
    const answer = new Promise<Answer<Name>>((resolve, reject) => {
      this.#pending.set(id, { heard, resolve, reject, silence: 0 });
      this.#looks ??= setInterval(() => this.#look(), LOOK_MS);
      this.#post({ type: "call", id, name, argument } as ToEngineView);
    });
    return { answer, cancel: () => this.#cancel(id) };
  }

  /** Refuses what is under way and closes the port. */
  end(why: Told): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#ended = why;
    this.#changed = null;
    this.#port.onmessage = null;
    this.#port.close();
    this.#refuse(why);
  }

  #attend(port: MessagePort): void {
    // Chrome reports a port whose other end is gone, at some time; another engine may be there by then.
    port.addEventListener("close", () => {
      if (port !== this.#port || this.#isClosed) return;
      this.#ended = say("panel.stopped");
      this.#refuse(this.#ended);
    });
  }

  #hear(): void {
    this.#port.onmessage = (event: MessageEvent<FromEngine>) => this.#take(event.data);
  }

  #refuse(why: Told): void {
    for (const { reject } of this.#pending.values()) reject(new Refusal(why));
    this.#pending.clear();
    this.#late.clear();
    this.#rest();
  }

  #cancel(id: number): void {
    this.#settle(id, (pending) => {
      this.#post({ type: "cancel", id });
      this.#giveUp(id, pending, say("panel.cancelled"));
    });
  }

  /** A timer that is late counts once: this thread could not listen meanwhile. */
  #look(): void {
    for (const [id, pending] of this.#pending) {
      pending.silence += LOOK_MS;
      if (pending.silence >= LOST_AFTER_MS) this.#settle(id, () => this.#giveUp(id, pending, say("panel.no-answer")));
    }
  }

  #giveUp(id: number, { heard, reject }: Pending, why: Told): void {
    if (heard.onLate !== undefined) this.#late.set(id, heard.onLate);
    reject(new Refusal(why));
  }

  #takeLate(id: number): ((answer: never) => void) | undefined {
    const late = this.#late.get(id);
    this.#late.delete(id);
    return late;
  }

  #rest(): void {
    if (this.#pending.size > 0) return;
    clearInterval(this.#looks);
    this.#looks = undefined;
  }

  #take(message: FromEngine): void {
    switch (message.type) {
      case "answer":
        this.#takeLate(message.id)?.(message.value as never);
        return this.#settle(message.id, (pending) => pending.resolve(message.value as never));
      case "refused":
        this.#takeLate(message.id);
        return this.#settle(message.id, (pending) => pending.reject(new Refusal(message.why)));
      case "cancelled":
        this.#takeLate(message.id);
        return;
      case "failed":
        this.#takeLate(message.id);
        return this.#settle(message.id, (pending) => pending.reject(new Refusal(say("panel.bug"))));
      case "progress":
        return this.#hearOf(message.id)?.onProgress?.(message.progress);
      case "piece":
        this.#hearOf(message.id)?.onPiece?.(message.piece);
        return this.#post({ type: "taken", id: message.id });
      case "working":
        for (const id of message.ids) this.#hearOf(id);
        return;
      case "changed":
        this.#changed?.(message.changed);
        return this.#whenPainted(() => this.#ended ?? this.#post({ type: "ready" }));
      default:
        assertNever(message);
    }
  }

  /** It is not forgotten. */
  #hearOf(id: number): Heard<CallName> | undefined {
    const pending = this.#pending.get(id);
    if (pending === undefined) return undefined;
    pending.silence = 0;
    return pending.heard;
  }

  #settle(id: number, use: (pending: Pending) => void): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    this.#rest();
    use(pending);
  }

  #post(message: ToEngineView): void {
    this.#port.postMessage(message);
  }
}

/** After the next paint: the callback of an animation frame runs just before it, a timer set there after. */
export function afterPaint(ready: () => void): void {
  requestAnimationFrame(() => setTimeout(ready));
}
