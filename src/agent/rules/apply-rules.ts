/* oxlint-disable typescript/unbound-method, unicorn/consistent-function-scoping -- Reflect.apply calls each native function with its own object, and nothing may stand outside */
import type { maskNatives } from "../mask-natives.ts";
import type { askForLife } from "./ask-for-life.ts";
import type { compileConditions } from "./compile-condition.ts";
import type { judgeMessages } from "./judge-messages.ts";
import type { keepWaiting } from "./keep-waiting.ts";
import type { listenBefore, Listeners } from "./listen-before.ts";
import type { makeEdits } from "./make-edits.ts";
import type { maskFunctions } from "./mask-functions.ts";
import type { matchPatterns } from "./match-patterns.ts";
import type { readBytes } from "./read-bytes.ts";
import type { readLabels } from "./read-labels.ts";
import type { readMessages } from "./read-messages.ts";
import type { scanJson } from "./scan-json.ts";
import type { Natives } from "./take-natives.ts";
import type { takeReceived } from "./take-received.ts";
import type { takeSent } from "./take-sent.ts";
import type { RuledSocket, tellDeeds } from "./tell-deeds.ts";

/** The rooms of the agent; each is made here, of what those before it answered. */
export interface Rooms {
  readonly readBytes: typeof readBytes;
  readonly scanJson: typeof scanJson;
  readonly readMessages: typeof readMessages;
  readonly matchPatterns: typeof matchPatterns;
  readonly readLabels: typeof readLabels;
  readonly compileConditions: typeof compileConditions;
  readonly makeEdits: typeof makeEdits;
  readonly tellDeeds: typeof tellDeeds;
  readonly keepWaiting: typeof keepWaiting<RuledSocket>;
  readonly askForLife: typeof askForLife;
  readonly listenBefore: typeof listenBefore;
  readonly judgeMessages: typeof judgeMessages;
  readonly takeReceived: typeof takeReceived;
  readonly takeSent: typeof takeSent;
  readonly maskNatives: typeof maskNatives;
  readonly maskFunctions: typeof maskFunctions;
}

/** What the agent keeps to. */
export interface Limits {
  /** The agent's own name in stacks. */
  readonly script: string;
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
  const { apply, parse, listen, unlisten, urlOf, timer, Signal, timeout, getOf, setOf, Weak, stateOf: readyStateOf } = natives;
  const sockets = new Weak<object, RuledSocket>();
  let isOn = true;
  let lastSocket = 0;

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
  const bytes = rooms.readBytes(natives);
  const json = rooms.scanJson(natives);
  const messages = rooms.readMessages(natives, bytes, limits.text);
  const conditions = rooms.compileConditions(natives, json, messages, rooms.matchPatterns(natives, limits.steps), rooms.readLabels(natives, json, messages, limits.keys));
  const { listenFirst, watch } = rooms.listenBefore(natives);
  const reporter = rooms.tellDeeds(natives, bytes, bound, secret);
  const { report, tell } = reporter;
  const waiting = rooms.keepWaiting(
    messages,
    limits.waiting,
    limits.waitingSize,
    later,
    (n, { state, rules, isSent, isText, data }) => report("held", { n, socket: state.id, rules, isSent, text: isText ? (data as string) : null }),
    (n) => report("free", { n }),
  );
  /** What takes the agent away; it stands below. */
  let turnOff = (): void => {};
  const life = rooms.askForLife(later, limits.patience, () => report("ping", null), () => !waiting.isEmpty(), () => turnOff());
  const judge = rooms.judgeMessages(natives, conditions, rooms.makeEdits(natives, json, messages, conditions), waiting.isTooMuch, limits.chain, {
    aside: (rule, why) => report("aside", { rule, why }),
    full: (rule) => report("full", { rule }),
    applied: () => {
      if (isOn) life.ask();
    },
  });
  const { deliver, listenerOf } = rooms.takeReceived(natives, messages, judge, waiting, reporter, () => isOn);

  /** Undefined: no rule is for it. */
  const stateOf = (socket: unknown): RuledSocket | undefined => (typeof socket === "object" && socket !== null ? (apply(getOf, sockets, [socket]) as RuledSocket | undefined) : undefined);
  /** What listens to each that has not closed, so that it can be taken away. */
  const listening = { __proto__: null } as unknown as Record<number, { readonly socket: WebSocket; readonly heard: EventListener; readonly closed: EventListener }>;
  /** `theirs`: what listens to it already. `isSentOnly`: what listens is not to be had. */
  const adopt = (socket: WebSocket, theirs: Listeners | undefined, isSentOnly: boolean): RuledSocket => {
    const state: RuledSocket = { id: ++lastSocket, socket, url: apply(urlOf, socket, []) as string, heard: 0 };
    const isClosed = apply(readyStateOf, socket, []) === 3;
    const heard = listenerOf(state);
    const closed = (): void => {
      delete listening[state.id];
      waiting.letAllGo(state, false);
    };
    if (!isSentOnly) listenFirst(socket, "message", heard, false, theirs);
    // What is listed is kept until it closes, and a closed one does so no second time.
    if (!isClosed) listening[state.id] = { socket, heard, closed };
    try {
      listenFirst(socket, "close", closed, true, theirs);
    } catch {
      // What waits goes its way at its own time; what listens does nothing once the rules are off.
      delete listening[state.id];
    }
    apply(setOf, sockets, [socket, state]);
    return state;
  };
  /** Asked for a socket that was open before: what watches it until the debugger has told what listens to it. */
  const watched = new Weak<object, number>();
  const watches = { __proto__: null } as unknown as Record<number, () => boolean>;
  let lastWatch = 0;
  const begin = (socket: WebSocket): void => {
    watches[++lastWatch] = watch(socket);
    apply(setOf, watched, [socket, lastWatch]);
  };
  const meet = (socket: WebSocket, n: string, theirs: Listeners | undefined): void => {
    const at = (apply(getOf, watched, [socket]) as number | undefined) ?? 0;
    const isSame = watches[at];
    delete watches[at];
    const known = stateOf(socket);
    if (isSame?.() === false) return report("again", { n });
    const { id, heard } = known ?? adopt(socket, theirs, theirs === undefined);
    report("met", { socket: id, n, heard });
  };
  const masks = rooms.maskFunctions(natives, rooms.maskNatives(natives, limits.script), Native, {
    made: (socket) => {
      try {
        if (!isOn) return;
        const { id, url } = adopt(socket, undefined, false);
        report("new", { socket: id, url });
      } catch {
        // It goes without rules.
      }
    },
    send: rooms.takeSent(natives, bytes, messages, judge, waiting, reporter, deliver, later, (socket) => (isOn ? stateOf(socket) : undefined)),
    closes: (socket) => {
      try {
        // What the page had sent before goes before.
        const state = stateOf(socket);
        if (state !== undefined) waiting.letAllGo(state, true);
      } catch {
        // It closes.
      }
    },
  });
  turnOff = (): void => {
    isOn = false;
    waiting.letAllGo(null, false);
    masks.takeOff();
    try {
      for (const at in watches) {
        watches[at]?.();
        delete watches[at];
      }
      for (const id in listening) {
        const { socket, heard, closed } = listening[id] as (typeof listening)[number];
        delete listening[id];
        apply(unlisten, socket, ["message", heard]);
        apply(unlisten, socket, ["close", closed]);
      }
    } catch {
      // What listens still does nothing any more.
    }
    apply(unlisten, scope as unknown as EventTarget, [secret, control as () => void]);
  };
  const control = (name: unknown, value: unknown, socket: unknown, theirs: Listeners | undefined): void => {
    // Somebody may hold it still.
    if (!isOn || typeof name !== "string") return;
    if (name === "rules") judge.load(value as string);
    else if (name === "let go") {
      const { n, text, isDropped } = parse(value as string) as { readonly n: string; readonly text: string | null; readonly isDropped: boolean };
      const item = waiting.get(n);
      if (item === undefined) return;
      if (!isDropped) return waiting.letGo(n, text ?? item.data, text !== null && text !== item.data);
      waiting.remove(n);
      report("free", { n });
      tell(item.state, item.isSent, item.rules, "dropped", item.isSent ? item.data : "", -1);
    } else if (name === "watch") begin(socket as WebSocket);
    else if (name === "adopt") meet(socket as WebSocket, value as string, theirs);
    else if (name === "pong") life.answered();
    else turnOff();
  };
  judge.load(first);
  apply(listen, scope as unknown as EventTarget, [secret, control as () => void]);
  if (!masks.putOn()) {
    // The page froze one of them.
    turnOff();
    return "frozen";
  }
  report("hello", null);
  return control;
}
