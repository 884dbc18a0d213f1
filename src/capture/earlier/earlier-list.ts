import type { ConnectionId } from "../../model/units.ts";
import type { LiveSocket } from "./live-sockets.ts";

export interface Earlier {
  readonly connection: ConnectionId;
  readonly url: string;
  /** Undefined where only DevTools' log knows of it, which names no target. */
  readonly sessionKey: string | undefined;
}

/**
 * One from DevTools' log. `told`: how many messages are in our log; `twins`: the URLs of others that got the very same
 * payloads.
 */
export type Logged = Earlier & { told: number; readonly key: string; readonly twins: Set<string> };
/** One that only its object in the page tells of. */
export type Live = Earlier & { readonly socket: LiveSocket };

/** The sockets from before the capture that are open, and whose requestIds are not known yet. */
export class EarlierList {
  #logged: Logged[] = [];
  #live: Live[] = [];

  get logged(): readonly Logged[] {
    return this.#logged;
  }

  get live(): readonly Live[] {
    return this.#live;
  }

  get all(): readonly Earlier[] {
    return [...this.#logged, ...this.#live];
  }

  /** Those that may be a session's. */
  loggedOf(sessionKey: string): readonly Logged[] {
    return this.#logged.filter((one) => one.sessionKey === undefined || one.sessionKey === sessionKey);
  }

  liveOf(sessionKey: string): readonly Live[] {
    return this.#live.filter((one) => one.sessionKey === sessionKey);
  }

  addLogged(logged: Logged): void {
    this.#logged.push(logged);
  }

  addLive(live: Live): void {
    this.#live.push(live);
  }

  /** Takes out those that `isOver` says, and answers them. */
  remove(isOver: (one: Earlier) => boolean): readonly Earlier[] {
    const over = this.all.filter(isOver);
    this.#logged = this.#logged.filter((one) => !isOver(one));
    this.#live = this.#live.filter((one) => !isOver(one));
    return over;
  }

  clear(): void {
    this.#logged = [];
    this.#live = [];
  }
}
