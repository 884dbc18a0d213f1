/* oxlint-disable typescript/unbound-method, unicorn/consistent-function-scoping -- Reflect.apply calls each native function with its own object, and nothing may stand outside */
import type { Natives } from "./take-natives.ts";

/** A listener of the page's, as the debugger tells of it. */
export interface Listener {
  readonly type: "message" | "close";
  readonly listener: EventListener;
  readonly capture: boolean;
  readonly once: boolean;
  readonly passive: boolean;
}
/** Read by number alone. */
export type Listeners = Readonly<Record<number, Listener>> & { readonly length: number };

export interface FirstListening {
  /** `theirs`: those that the page has already; ours comes before them. */
  readonly listenFirst: (socket: WebSocket, type: "message" | "close", ours: EventListener, isOnce: boolean, theirs: Listeners | undefined) => void;
  /**
   * Until the answer is called, which tells whether nothing came to a socket and nothing changed of what listens to it: so
   * that a list of its listeners, which the debugger makes in between, is true.
   */
  readonly watch: (socket: WebSocket) => () => boolean;
}

/**
 * Puts a listener of ours before those that the page has already: they are taken out, and come behind it in their order, in
 * one turn.
 */
export function listenBefore({ apply, listen, unlisten, messageHandler, setMessageHandler, closeHandler, setCloseHandler, getOf, setOf, Weak, Mask }: Natives): FirstListening {
  const targets = EventTarget.prototype;
  /** Our own among what listens. */
  const marks = new Weak<object, true>();
  /** Sockets that are watched, and whether nothing of what listens to them has changed. */
  const watched = new Weak<object, { isSame: boolean }>();
  let watching = 0;
  /** Ends what notes each listening and its end; one pair does so for all sockets, or the first to end would leave the second's. */
  let endNoting = (): void => {};
  const note = (): void => {
    const { addEventListener: add, removeEventListener: remove } = targets;
    const noted = (native: typeof add): typeof add =>
      new Mask(native, {
        __proto__: null,
        apply: (target: typeof add, self: unknown, parameters: unknown[]) => {
          const seen = apply(getOf, watched, [self as object]) as { isSame: boolean } | undefined;
          if (seen !== undefined) seen.isSame = false;
          return apply(target, self, parameters as Parameters<typeof add>);
        },
      } as unknown as ProxyHandler<typeof add>);
    const notedAdd = noted(add);
    const notedRemove = noted(remove);
    targets.addEventListener = notedAdd;
    targets.removeEventListener = notedRemove;
    endNoting = () => {
      if (targets.addEventListener === notedAdd) targets.addEventListener = add;
      if (targets.removeEventListener === notedRemove) targets.removeEventListener = remove;
    };
  };
  const watch: FirstListening["watch"] = (socket) => {
    const seen = { isSame: true };
    const mark = (): void => {
      seen.isSame = false;
    };
    apply(setOf, marks, [mark, true]);
    const handlers = { __proto__: null, message: apply(messageHandler, socket, []), close: apply(closeHandler, socket, []) };
    apply(listen, socket, ["message", mark]);
    apply(listen, socket, ["close", mark]);
    apply(setOf, watched, [socket, seen]);
    if (watching === 0) note();
    watching++;
    return () => {
      if (--watching === 0) endNoting();
      apply(unlisten, socket, ["message", mark]);
      apply(unlisten, socket, ["close", mark]);
      return seen.isSame && handlers.message === apply(messageHandler, socket, []) && handlers.close === apply(closeHandler, socket, []);
    };
  };
  const listenFirst: FirstListening["listenFirst"] = (socket, type, ours, isOnce, theirs) => {
    const options = { __proto__: null, once: isOnce };
    if (theirs === undefined) {
      apply(listen, socket, [type, ours, options]);
      return;
    }
    const isMessage = type === "message";
    const setHandler = isMessage ? setMessageHandler : setCloseHandler;
    const handler = apply(isMessage ? messageHandler : closeHandler, socket, []);
    // A socket has but one that was set as `onmessage`.
    let at = -1;
    const moved = { __proto__: null } as unknown as Record<number, Listener>;
    let count = 0;
    for (let i = 0; i < theirs.length; i++) {
      const one = theirs[i] as Listener;
      if (one.type !== type || apply(getOf, marks, [one.listener]) === true) continue;
      if (at < 0 && one.listener === handler && !one.capture && !one.once) at = count;
      moved[count++] = one;
    }
    try {
      for (let i = 0; i < count; i++) {
        const { listener, capture } = moved[i] as Listener;
        if (i === at) apply(setHandler, socket, [null]);
        else apply(unlisten, socket, [type, listener, capture]);
      }
      apply(listen, socket, [type, ours, options]);
    } finally {
      for (let i = 0; i < count; i++) {
        const { listener, capture, once, passive } = moved[i] as Listener;
        const theirOptions = { __proto__: null, capture, once, passive } as AddEventListenerOptions;
        try {
          if (i === at) apply(setHandler, socket, [listener]);
          else apply(listen, socket, [type, listener, theirOptions]);
        } catch {
          // It goes back to the page whatever fails here.
          if (i === at) socket[`on${type}`] = listener;
          else socket.addEventListener(type, listener, theirOptions);
        }
      }
    }
  };
  return { listenFirst, watch };
}
