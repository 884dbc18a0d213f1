/* oxlint-disable typescript/unbound-method, unicorn/consistent-function-scoping -- Reflect.apply calls each native function with its own object, and nothing may stand outside */
import type { compileConditions } from "./compile-condition.ts";
import type { judgeMessages, Verdict } from "./judge-messages.ts";
import type { keepWaiting, Waiting } from "./keep-waiting.ts";
import type { listenBefore, Listeners } from "./listen-before.ts";
import type { makeEdits } from "./make-edits.ts";
import type { matchPatterns } from "./match-patterns.ts";
import type { readBytes } from "./read-bytes.ts";
import type { readLabels } from "./read-labels.ts";
import type { Message, readMessages } from "./read-messages.ts";
import type { scanJson } from "./scan-json.ts";
import type { Natives } from "./take-natives.ts";

/** The rooms of the agent; each is made here, of what those before it answered. */
export interface Rooms {
  readonly readBytes: typeof readBytes;
  readonly scanJson: typeof scanJson;
  readonly readMessages: typeof readMessages;
  readonly matchPatterns: typeof matchPatterns;
  readonly readLabels: typeof readLabels;
  readonly compileConditions: typeof compileConditions;
  readonly makeEdits: typeof makeEdits;
  readonly keepWaiting: typeof keepWaiting<Socket>;
  readonly listenBefore: typeof listenBefore;
  readonly judgeMessages: typeof judgeMessages;
}

/** Numbers that the agent keeps to. */
export interface Limits {
  /** Answers of a rule in a row. */
  readonly chain: number;
  /** Characters or bytes of a message that are looked into. */
  readonly text: number;
  /** Of a pattern, for one message. */
  readonly steps: number;
  /** Of an object that are looked at for what a message is. */
  readonly keys: number;
  /** Milliseconds without an answer of whoever asked for the rules. */
  readonly patience: number;
  /** Messages, and bytes of them, that wait. */
  readonly waiting: number;
  readonly waitingSize: number;
}

interface Socket {
  readonly id: number;
  readonly socket: WebSocket;
  readonly url: string;
  /** Messages that came. */
  heard: number;
}

/**
 * Applies the user's rules to the messages of sockets that are made from now on, and of those that it is given. WebSocket,
 * its `send` and `close`, and Function.prototype.toString become proxies, as in `observe-closings.ts`; each socket gets its
 * listeners before the page can add any. What goes wrong here lets the message pass as it is.
 *
 * Who asked for the rules can be gone without a word. So whenever rules do something the agent asks whether anybody is there,
 * and where nobody answers for a while it lets all go and takes itself away.
 *
 * `secret` stands in every report, and names a listener on the global object that no script can list: the debugger finds it
 * by that name, and through it rules change and messages are let go. Whatever natives read is without a prototype, and lists
 * are read by number alone: a page may have added to what all objects inherit.
 */
export function applyRules(natives: Natives | undefined, rooms: Rooms, binding: string, secret: string, first: string, limits: Limits): unknown {
  const scope = globalThis as unknown as Record<string, unknown>;
  const bound = scope[binding] as ((text: string) => void) | undefined;
  const Native = scope["WebSocket"] as typeof WebSocket | undefined;
  if (bound === undefined || Native === undefined || natives === undefined) return undefined;
  delete scope[binding];
  const { construct, apply, defineProperty, stringify, parse, listen, unlisten, dispatch, stop, MadeEvent, dataOf, urlOf, stateOf, exec, toText, timer, Signal, timeout, now, clock, getOf, setOf, Bytes, Weak, Mask } = natives;
  const { send: nativeSend, close: nativeClose } = Native.prototype;
  const toSource = Function.prototype.toString;
  const sockets = new Weak<object, Socket>();
  let isOn = true;
  let lastSocket = 0;
  let lastAnswer = 0;
  let isAsking = false;
  let isAnswered = false;

  const later = (act: () => void, milliseconds: number): void => {
    const run = (): void => {
      try {
        act();
      } catch {
        // A fault of this script is no error of the page's.
      }
    };
    if (timer !== undefined) timer(run, milliseconds);
    else apply(listen, apply(timeout, Signal, [milliseconds]), ["abort", run, { __proto__: null, once: true }]);
  };
  const report = (note: object): void => {
    try {
      bound(stringify(note));
    } catch {
      // The message goes its way all the same.
    }
  };

  const byteReader = rooms.readBytes(natives);
  const { isBinary, bytesOf, told } = byteReader;
  const json = rooms.scanJson(natives);
  const messages = rooms.readMessages(natives, byteReader, limits.text);
  const conditions = rooms.compileConditions(natives, json, messages, rooms.matchPatterns(natives, limits.steps), rooms.readLabels(natives, json, messages, limits.keys));
  const { listenFirst, watch } = rooms.listenBefore(natives);
  const waiting = rooms.keepWaiting(messages, limits.waiting, limits.waitingSize, (n) => report({ __proto__: null, secret, kind: "free", n }));
  /** What takes the agent away; it stands below. */
  let turnOff = (): void => {};
  const askForLife = (): void => {
    if (isAsking || !isOn) return;
    isAsking = true;
    isAnswered = false;
    report({ __proto__: null, secret, kind: "ping" });
    later(() => {
      isAsking = false;
      if (!isAnswered) turnOff();
      // Something waits for them.
      else if (!waiting.isEmpty()) askForLife();
    }, limits.patience);
  };
  const { load, isFor, judge } = rooms.judgeMessages(natives, conditions, rooms.makeEdits(natives, json, messages, conditions), waiting.isTooMuch, limits.chain, {
    aside: (rule, why) => report({ __proto__: null, secret, kind: "aside", rule, why }),
    full: (rule) => report({ __proto__: null, secret, kind: "full", rule }),
    applied: askForLife,
  });
  /**
   * `data`: what the row holds; `of`: the number of the message that came, or of the answer; `wire`: what goes out, undefined
   * where nothing does.
   */
  const tell = (state: Socket, isSent: boolean, list: string, did: string, data: unknown, of: number, wire?: unknown): void => {
    try {
      report({ __proto__: null, secret, kind: "did", socket: state.id, isSent, rules: list, did, isText: typeof data === "string", data: told(data), of, goesOut: wire !== undefined, wireIsText: typeof wire === "string", wire: wire === undefined ? null : told(wire) });
    } catch {
      // Its row is lost, not the message.
    }
  };
  const originOf = (url: string): string => {
    try {
      const origin = apply(exec, /^wss?:\/\/[^/?#]*/, [url]) as { readonly 0: string } | null;
      return origin === null ? "" : origin[0];
    } catch {
      return "";
    }
  };
  const deliver = ({ socket, url }: Socket, data: unknown): void => {
    const event = new MadeEvent("message", { __proto__: null, data, origin: originOf(url) } as MessageEventInit);
    try {
      apply(dispatch, socket, [event]);
    } catch {
      // The page gets it whatever fails here.
      socket.dispatchEvent(event);
    }
  };
  const wait = (item: Waiting<Socket>, milliseconds: number): string => {
    const n = waiting.add(item);
    if (item.isHeld) report({ __proto__: null, secret, kind: "held", n, socket: item.state.id, rules: item.rules, isSent: item.isSent, text: item.isText ? (item.data as string) : null });
    else {
      try {
        later(() => waiting.letGo(n, item.data, false), milliseconds);
      } catch (error) {
        // Nothing would let it go: it passes at once.
        waiting.remove(n);
        throw error;
      }
    }
    return n;
  };

  // What comes.
  const takeReceived = (event: Event, state: Socket, message: Message, { last, rules: list }: Verdict): void => {
    const { heard } = state;
    if (last === null) {
      defineProperty(event, "data", { __proto__: null, value: message.data, configurable: true, enumerable: true, writable: false } as PropertyDescriptor);
      return tell(state, false, list, "changed", message.data, heard);
    }
    if (last.action.type === "drop") {
      apply(stop, event, []);
      return tell(state, false, list, "dropped", "", heard);
    }
    const isHeld = last.action.type === "hold";
    const release = (data: unknown): void => {
      tell(state, false, list, isHeld ? "held" : "delayed", data, heard);
      deliver(state, data);
    };
    const item = { __proto__: null, state, isSent: false, isText: message.isText, isHeld, rules: list, data: message.data, release } as unknown as Waiting<Socket>;
    const n = wait(item, last.action.milliseconds);
    try {
      apply(stop, event, []);
    } catch {
      // It passes then, and does not come again.
      waiting.remove(n);
    }
  };
  const dispatched = (state: Socket): EventListener => {
    const heard = (event: Event): void => {
      // Made by a script, here or in the page.
      if (!event.isTrusted) return;
      state.heard++;
      if (!isOn) {
        apply(unlisten, state.socket, ["message", heard]);
        return;
      }
      if (!isFor(false)) return;
      try {
        const data = apply(dataOf, event, []);
        const message = messages.message(state.url, false, typeof data === "string", data);
        const verdict = judge(message);
        if (verdict !== null) takeReceived(event, state, message, verdict);
      } catch {
        // It passes.
      }
    };
    return heard;
  };
  /** `theirs`: what listens to it already. `isSentOnly`: what listens is not to be had. */
  const adopt = (socket: WebSocket, theirs: Listeners | undefined, isSentOnly: boolean): Socket => {
    const state: Socket = { id: ++lastSocket, socket, url: apply(urlOf, socket, []) as string, heard: 0 };
    if (!isSentOnly) listenFirst(socket, "message", dispatched(state), false, theirs);
    try {
      listenFirst(socket, "close", () => waiting.letAllGo(state, false), true, theirs);
    } catch {
      // What waits goes its way at its own time.
    }
    apply(setOf, sockets, [socket, state]);
    return state;
  };
  /** Asked for a socket that was open before: what watches it until the debugger has told what listens to it. */
  const watched = new Weak<object, () => boolean>();
  const meet = (socket: WebSocket, n: string, theirs: Listeners | undefined): void => {
    const isSame = apply(getOf, watched, [socket]) as (() => boolean) | undefined;
    apply(setOf, watched, [socket, undefined]);
    const known = apply(getOf, sockets, [socket]) as Socket | undefined;
    if (isSame?.() === false) return report({ __proto__: null, secret, kind: "again", n });
    const { id, heard } = known ?? adopt(socket, theirs, theirs === undefined);
    report({ __proto__: null, secret, kind: "met", socket: id, n, heard });
  };

  // What is sent.
  const isOpen = (socket: WebSocket): boolean => {
    try {
      return apply(stateOf, socket, []) === 1;
    } catch {
      // The native function tells.
      return true;
    }
  };
  const putOut = (state: Socket, isText: boolean, list: string, did: string, before: unknown, data: unknown, isChanged: boolean): void => {
    if (!isOpen(state.socket)) return tell(state, true, list, "dropped", isText ? before : data, -1);
    if (isChanged) tell(state, true, list, "replaced", before, -1, data);
    else tell(state, true, list, did, "", -1, data);
    apply(nativeSend, state.socket, [data]);
  };
  /** Answers true where the message is not to go out now. */
  const takeSent = (state: Socket, message: Message, { before, last, isChanged, rules: list }: Verdict): boolean => {
    const { data, isText } = message;
    if (last === null) {
      tell(state, true, list, "replaced", before, -1, data);
      return false;
    }
    const { action } = last;
    if (action.type === "drop") {
      tell(state, true, list, "dropped", before, -1);
      return true;
    }
    if (action.type === "answer") {
      const answer = ++lastAnswer;
      later(() => {
        last.answeredAt = apply(now, clock, []);
        tell(state, false, list, "made", action.text, answer);
        deliver(state, action.text);
      }, 0);
      if (action.instead) tell(state, true, list, "answered", data, answer);
      else if (isChanged) tell(state, true, list, "replaced", before, answer, data);
      else tell(state, true, list, "answered", "", answer, data);
      return action.instead;
    }
    // The page may use its memory again.
    const bytes = isText ? undefined : bytesOf(data);
    const kept = bytes === undefined ? data : new Bytes(bytes);
    const isHeld = action.type === "hold";
    const release = (released: unknown, isEdited: boolean): void => putOut(state, isText, list, isHeld ? "held" : "delayed", before, released, isChanged || isEdited);
    wait({ __proto__: null, state, isSent: true, isText, isHeld, rules: list, data: kept, release } as unknown as Waiting<Socket>, action.milliseconds);
    return true;
  };
  const Ruled: typeof WebSocket = new Mask(Native, {
    __proto__: null,
    construct: (native: typeof WebSocket, parameters: unknown[], newTarget: unknown) => {
      const socket = construct(native, parameters, (newTarget === Ruled ? native : newTarget) as typeof WebSocket) as WebSocket;
      try {
        if (isOn) {
          const { id, url } = adopt(socket, undefined, false);
          report({ __proto__: null, secret, kind: "new", socket: id, url });
        }
      } catch {
        // It goes without rules.
      }
      return socket;
    },
  } as ProxyHandler<typeof WebSocket>);
  const send = new Mask(nativeSend, {
    __proto__: null,
    apply: (native: typeof nativeSend, self: unknown, parameters: readonly unknown[]) => {
      const given = parameters[0];
      let state: Socket | undefined;
      let isText = false;
      try {
        if (isOn && isFor(true) && parameters.length > 0 && typeof given !== "symbol" && typeof self === "object" && self !== null) state = apply(getOf, sockets, [self]) as Socket | undefined;
        if (state !== undefined && apply(stateOf, self, []) !== 1) state = undefined;
        isText = !isBinary(given);
      } catch {
        state = undefined;
      }
      if (state === undefined) return apply(native, self, parameters as [never]);
      // As the native function does it, and once: an object of the page's may say something else each time, or throw.
      const data: unknown = isText ? toText(given) : given;
      const message = messages.message(state.url, true, isText, data);
      try {
        const verdict = judge(message);
        if (verdict !== null && takeSent(state, message, verdict)) return undefined;
      } catch {
        message.data = data;
      }
      return apply(native, self, [message.data as string]);
    },
  } as unknown as ProxyHandler<typeof nativeSend>);
  const close = new Mask(nativeClose, {
    __proto__: null,
    apply: (native: typeof nativeClose, self: unknown, parameters: readonly unknown[]) => {
      try {
        // What the page had sent before goes before.
        const state = typeof self === "object" && self !== null ? (apply(getOf, sockets, [self]) as Socket | undefined) : undefined;
        if (state !== undefined) waiting.letAllGo(state, true);
      } catch {
        // It closes.
      }
      return apply(native, self, parameters as []);
    },
  } as unknown as ProxyHandler<typeof nativeClose>);
  const masked = new Mask(toSource, {
    __proto__: null,
    apply: (native: typeof toSource, self: unknown, parameters: readonly unknown[]) =>
      apply(native, self === Ruled ? Native : self === send ? nativeSend : self === close ? nativeClose : self === masked ? native : self, parameters as []),
  } as unknown as ProxyHandler<typeof toSource>);
  turnOff = (): void => {
    isOn = false;
    waiting.letAllGo(null, false);
    if (scope["WebSocket"] === Ruled) scope["WebSocket"] = Native;
    if (Native.prototype.constructor === Ruled) Native.prototype.constructor = Native;
    if (Native.prototype.send === send) Native.prototype.send = nativeSend;
    if (Native.prototype.close === close) Native.prototype.close = nativeClose;
    // oxlint-disable-next-line no-extend-native -- puts the native function back
    if (Function.prototype.toString === masked) Function.prototype.toString = toSource;
    apply(unlisten, scope as unknown as EventTarget, [secret, control as () => void]);
  };
  const control = (name: unknown, value: unknown, socket: unknown, theirs: Listeners | undefined): void => {
    if (typeof name !== "string") return;
    if (name === "rules") load(value as string);
    else if (name === "let go") {
      const { n, text, isDropped } = parse(value as string) as { readonly n: string; readonly text: string | null; readonly isDropped: boolean };
      const item = waiting.get(n);
      if (item === undefined) return;
      if (!isDropped) return waiting.letGo(n, text ?? item.data, text !== null && text !== item.data);
      waiting.remove(n);
      report({ __proto__: null, secret, kind: "free", n });
      tell(item.state, item.isSent, item.rules, "dropped", item.isSent ? item.data : "", -1);
    } else if (name === "watch") apply(setOf, watched, [socket as WebSocket, watch(socket as WebSocket)]);
    else if (name === "adopt") {
      meet(socket as WebSocket, value as string, theirs);
    } else if (name === "pong") isAnswered = true;
    else turnOff();
  };
  load(first);
  apply(listen, scope as unknown as EventTarget, [secret, control as () => void]);
  try {
    // Assigning keeps the attributes of each property as they are.
    scope["WebSocket"] = Ruled;
    Native.prototype.constructor = Ruled;
    Native.prototype.send = send;
    Native.prototype.close = close;
    // oxlint-disable-next-line no-extend-native -- only so that the proxies read as the native functions they stand for
    Function.prototype.toString = masked;
  } catch {
    // The page froze one of them.
    turnOff();
    return "frozen";
  }
  report({ __proto__: null, secret, kind: "hello" });
  return control;
}
