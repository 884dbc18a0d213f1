import type { CallName, Changed, EngineCalls, FromEngine, ToEngineView } from "../engine/contract.ts";
import { assertNever } from "../model/assert-never.ts";
import { Refusal } from "../model/refusal.ts";
import { say, type Told } from "../model/said.ts";

type Argument<Name extends CallName> = Parameters<EngineCalls[Name]>[0];
type Answer<Name extends CallName> = ReturnType<EngineCalls[Name]>;

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (problem: Error) => void;
}

/** The view's end of its wire to the engine. Owns the port. */
export class EngineClient {
  readonly #port: MessagePort;
  readonly #pending = new Map<number, Pending>();
  readonly #whenPainted: (ready: () => void) => void;
  #changed: ((changed: Changed) => void) | null = null;
  #ended: Told | null = null;
  #lastId = 0;

  /** `whenPainted` calls back once what was just set is on the screen; not while nothing is painted at all. */
  constructor(port: MessagePort, whenPainted: (ready: () => void) => void) {
    this.#port = port;
    this.#whenPainted = whenPainted;
    // Chrome reports a port whose other end is gone; no answer will come over it.
    port.addEventListener("close", () => this.end(say("panel.stopped")));
  }

  /** Begins to listen; no call is answered before. `changed` is called at most once for each painted frame. */
  listen(changed: (changed: Changed) => void): void {
    this.#changed = changed;
    this.#port.onmessage = (event: MessageEvent<FromEngine>) => this.#take(event.data);
  }

  /** Resolves with the engine's answer; rejects with its refusal. */
  call<Name extends CallName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>> {
    if (this.#ended !== null) return Promise.reject(new Refusal(this.#ended));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#post({ type: "call", id, name, argument } as ToEngineView);
    });
  }

  /** Refuses what is under way and closes the port. */
  end(why: Told): void {
    if (this.#ended !== null) return;
    this.#ended = why;
    this.#changed = null;
    this.#port.onmessage = null;
    this.#port.close();
    for (const { reject } of this.#pending.values()) reject(new Refusal(why));
    this.#pending.clear();
  }

  #take(message: FromEngine): void {
    switch (message.type) {
      case "answer":
        return this.#settle(message.id, (pending) => pending.resolve(message.value as never));
      case "refused":
        return this.#settle(message.id, (pending) => pending.reject(new Refusal(message.why)));
      case "failed":
        return this.#settle(message.id, (pending) => pending.reject(new Refusal(say("panel.bug"))));
      case "changed":
        this.#changed?.(message.changed);
        return this.#whenPainted(() => this.#ended ?? this.#post({ type: "ready" }));
      default:
        assertNever(message);
    }
  }

  #settle(id: number, use: (pending: Pending) => void): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
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
