/* oxlint-disable typescript/unbound-method, unicorn/consistent-function-scoping -- Reflect.apply calls each native function with its own object, and nothing may stand outside */
/** What `model/message-rule.ts` calls a page's rule; no type is taken from outside either. */
interface Step {
  readonly key: string | null;
  readonly index: number | null;
}
interface Condition {
  readonly kind: string;
  readonly parts: readonly Condition[];
  readonly part: Condition;
  readonly source: string;
  readonly sources: readonly string[];
  readonly low: number | null;
  readonly high: number | null;
  readonly opcode: number;
  readonly direction: string;
  readonly path: readonly Step[];
  readonly test: { readonly operator: string; readonly type: string; readonly text: string } | null;
}
interface Edit {
  readonly type: string;
  readonly path: readonly Step[];
  readonly json: string;
  readonly sign: string;
  readonly by: number & string;
  readonly text: string;
}
interface Action {
  readonly type: string;
  readonly edits: readonly Edit[];
  readonly milliseconds: number;
  readonly text: string;
  readonly instead: boolean;
}
type Test = (message: Message) => boolean;
interface Rule {
  readonly id: string;
  readonly isSent: boolean;
  readonly test: Test;
  readonly action: Action;
  /** Below zero: no end. */
  left: number;
  /** Answers in a row, each made soon after the one before was given. */
  chain: number;
  answeredAt: number;
}
interface Message {
  readonly url: string;
  readonly isSent: boolean;
  readonly isText: boolean;
  data: unknown;
  /** What it says; null: not known (a Blob, bytes that are no UTF-8); undefined: not read yet. */
  text: string | null | undefined;
  isJson: boolean | undefined;
}
interface Verdict {
  /** As it was. */
  readonly before: unknown;
  isChanged: boolean;
  /** Ids of the rules that were applied, with a comma behind each. */
  rules: string;
  /** What decides; null where it was only edited. */
  last: Rule | null;
}
interface Socket {
  readonly id: number;
  readonly socket: WebSocket;
  readonly url: string;
  /** Messages that came. */
  heard: number;
}
interface Waiting {
  readonly state: Socket;
  readonly isSent: boolean;
  readonly isText: boolean;
  readonly isHeld: boolean;
  readonly rules: string;
  readonly data: unknown;
  readonly release: (data: unknown, isEdited: boolean) => void;
}

/**
 * Applies the user's rules to the messages of sockets that are made from now on. WebSocket, its `send` and `close`, and
 * Function.prototype.toString become proxies, as in `observe-closings.ts`; each socket gets its listeners before the page
 * can add any. What goes wrong here lets the message pass as it is.
 *
 * Who asked for the rules can be gone without a word. So whenever rules do something the agent asks whether anybody is there,
 * and where nobody answers for `patience` milliseconds it lets all go and takes itself away.
 *
 * `secret` stands in every report, and names a listener on the global object that no script can list: the debugger finds it
 * by that name, and through it rules change and messages are let go. Whatever natives read is without a prototype, and lists
 * are read by number alone: a page may have added to what all objects inherit.
 */
export function applyRules(binding: string, secret: string, first: string, mostChain: number, mostText: number, patience: number, mostWaiting: number, mostWaitingSize: number): unknown {
  const scope = globalThis as unknown as Record<string, unknown>;
  const bound = scope[binding] as ((text: string) => void) | undefined;
  const Native = scope["WebSocket"] as typeof WebSocket | undefined;
  if (bound === undefined || Native === undefined) return undefined;
  delete scope[binding];
  const { construct, apply, defineProperty } = Reflect;
  const getter = (prototype: object, name: string): (() => unknown) => Object.getOwnPropertyDescriptor(prototype, name)?.get as () => unknown;
  const { stringify, parse } = JSON;
  const { addEventListener: listen, removeEventListener: unlisten, dispatchEvent: dispatch } = EventTarget.prototype;
  const stop = Event.prototype.stopImmediatePropagation;
  const MadeEvent = MessageEvent;
  const dataOf = getter(MessageEvent.prototype, "data");
  const urlOf = getter(Native.prototype, "url");
  const stateOf = getter(Native.prototype, "readyState");
  const { send: nativeSend, close: nativeClose } = Native.prototype;
  const toSource = Function.prototype.toString;
  const { exec } = RegExp.prototype;
  const { slice, indexOf } = String.prototype;
  const toText = String;
  // Before its first script a worker has no setTimeout yet.
  const timer = scope["setTimeout"] as typeof setTimeout | undefined;
  const Signal = scope["AbortSignal"] as typeof AbortSignal | undefined;
  const timeout = Signal?.timeout;
  const now = performance.now.bind(performance);
  const { get: getOf, set: setOf } = WeakMap.prototype;
  const { isView } = ArrayBuffer;
  const bufferLength = getter(ArrayBuffer.prototype, "byteLength");
  const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
  const typedParts = [getter(typedArray, "buffer"), getter(typedArray, "byteOffset"), getter(typedArray, "byteLength")];
  const viewParts = [getter(DataView.prototype, "buffer"), getter(DataView.prototype, "byteOffset"), getter(DataView.prototype, "byteLength")];
  const blobSize = getter(Blob.prototype, "size");
  const Bytes = Uint8Array;
  const Pattern = RegExp;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const encoder = new TextEncoder();
  const { decode } = TextDecoder.prototype;
  const { encode } = TextEncoder.prototype;
  const numeric = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
  const sockets = new WeakMap<object, Socket>();
  const waiting = { __proto__: null } as unknown as Record<string, Waiting>;
  let rules = { __proto__: null } as unknown as Record<number, Rule>;
  let count = 0;
  let tests = { sent: false, received: false };
  let isOn = true;
  let lastSocket = 0;
  let lastWaiting = 0;
  /** Of what waits. */
  let waits = 0;
  let waitingSize = 0;
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
    else apply(listen, apply(timeout as (milliseconds: number) => AbortSignal, Signal, [milliseconds]), ["abort", run, { __proto__: null, once: true }]);
  };
  const report = (note: object): void => {
    try {
      bound(stringify(note));
    } catch {
      // The message goes its way all the same.
    }
  };

  // Bytes.
  const calls = (native: () => unknown, data: unknown): unknown => {
    try {
      return apply(native, data, []);
    } catch {
      return undefined;
    }
  };
  const isBuffer = (data: unknown): boolean => calls(bufferLength, data) !== undefined;
  const isBlob = (data: unknown): boolean => calls(blobSize, data) !== undefined;
  const bytesOf = (data: unknown): Uint8Array | undefined => {
    if (isBuffer(data)) return new Bytes(data as ArrayBuffer);
    if (!isView(data)) return undefined;
    const parts = calls(typedParts[2] as () => unknown, data) === undefined ? viewParts : typedParts;
    return new Bytes(apply(parts[0] as () => unknown, data, []) as ArrayBuffer, apply(parts[1] as () => unknown, data, []) as number, apply(parts[2] as () => unknown, data, []) as number);
  };
  const lengthOf = (bytes: Uint8Array): number => apply(typedParts[2] as () => unknown, bytes, []) as number;
  const base64 = (bytes: Uint8Array): string => {
    const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const length = lengthOf(bytes);
    let text = "";
    for (let i = 0; i < length; i += 3) {
      const a = bytes[i] as number;
      const b = bytes[i + 1] ?? 0;
      const c = bytes[i + 2] ?? 0;
      text += (digits[a >> 2] as string) + (digits[((a & 3) << 4) | (b >> 4)] as string);
      text += (i + 1 < length ? (digits[((b & 15) << 2) | (c >> 6)] as string) : "=") + (i + 2 < length ? (digits[c & 63] as string) : "=");
    }
    return text;
  };
  /** As a report has it; null: not known. */
  const told = (data: unknown): string | null => {
    if (typeof data === "string") return data;
    const bytes = bytesOf(data);
    return bytes === undefined ? null : base64(bytes);
  };

  // Text and JSON.
  const textOf = (message: Message): string | null => {
    if (message.text !== undefined) return message.text;
    message.text = null;
    if (message.isText) message.text = message.data as string;
    else {
      const bytes = bytesOf(message.data);
      try {
        if (bytes !== undefined && lengthOf(bytes) <= mostText) message.text = apply(decode, decoder, [bytes]);
      } catch {
        // No UTF-8.
      }
    }
    return message.text;
  };
  const sizeOf = (message: Message): number => {
    const bytes = message.isText ? apply(encode, encoder, [message.data as string]) : bytesOf(message.data);
    return bytes === undefined ? (apply(blobSize, message.data, []) as number) : lengthOf(bytes);
  };
  /** As it is kept. */
  const sizeWaiting = (isText: boolean, data: unknown): number => {
    if (isText) return (data as string).length * 2;
    const bytes = bytesOf(data);
    return bytes === undefined ? 0 : lengthOf(bytes);
  };
  const jsonOf = (message: Message): string | null => {
    const text = textOf(message);
    if (text === null || text.length > mostText) return null;
    if (message.isJson === undefined) {
      message.isJson = false;
      try {
        const value: unknown = parse(text);
        message.isJson = typeof value === "object" && value !== null;
      } catch {
        // No JSON.
      }
    }
    return message.isJson ? text : null;
  };
  const isSpace = (unit: string | undefined): boolean => unit === " " || unit === "\n" || unit === "\t" || unit === "\r";
  const skip = (text: string, from: number): number => {
    let at = from;
    while (isSpace(text[at])) at++;
    return at;
  };
  const stringEnd = (text: string, from: number): number => {
    let at = from + 1;
    while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    return at + 1;
  };
  /** Where a value ends, in text that is JSON. */
  const valueEnd = (text: string, from: number): number => {
    const begin = text[from];
    if (begin === '"') return stringEnd(text, from);
    let at = from;
    if (begin !== "{" && begin !== "[") {
      while (at < text.length && text[at] !== "," && text[at] !== "}" && text[at] !== "]" && !isSpace(text[at])) at++;
      return at;
    }
    for (let depth = 0; at < text.length; ) {
      const unit = text[at];
      if (unit === '"') {
        at = stringEnd(text, at);
        continue;
      }
      at++;
      if (unit === "{" || unit === "[") depth++;
      else if ((unit === "}" || unit === "]") && --depth === 0) break;
    }
    return at;
  };
  const unquoted = (source: string): string => (apply(indexOf, source, ["\\"]) < 0 ? apply(slice, source, [1, -1]) : (parse(source) as string));
  /** Calls `visit` with the place of each value at a path, in the order of the text; ends where it answers true. */
  const walk = (text: string, at: number, path: readonly Step[], taken: number, visit: (from: number, to: number) => boolean): boolean => {
    const step = path[taken];
    if (step === undefined || taken >= path.length) return visit(at, valueEnd(text, at));
    const isObject = text[at] === "{";
    if (isObject ? step.index !== null : text[at] !== "[" || step.key !== null) return false;
    const close = isObject ? "}" : "]";
    let wanted = step.index;
    if (wanted !== null && wanted < 0) {
      for (let i = skip(text, at + 1); text[i] !== close; ) {
        wanted++;
        i = skip(text, valueEnd(text, i));
        if (text[i] === ",") i = skip(text, i + 1);
      }
      if (wanted < 0) return false;
    }
    for (let i = skip(text, at + 1), place = 0; i < text.length && text[i] !== close; place++) {
      let isWanted = wanted === null || place === wanted;
      if (isObject) {
        const end = stringEnd(text, i);
        isWanted = step.key === null || unquoted(apply(slice, text, [i, end])) === step.key;
        i = skip(text, skip(text, end) + 1);
      }
      if (isWanted && walk(text, i, path, taken + 1, visit)) return true;
      i = skip(text, valueEnd(text, i));
      if (text[i] === ",") i = skip(text, i + 1);
    }
    return false;
  };

  // Conditions.
  const matches = (pattern: RegExp, text: string): boolean => apply(exec, pattern, [text]) !== null;
  const isNumber = (source: string): boolean => matches(numeric, source);
  const passes = (test: NonNullable<Condition["test"]>, pattern: RegExp | undefined, source: string): boolean => {
    const isString = source[0] === '"';
    const isContainer = source[0] === "{" || source[0] === "[";
    const text = isString ? unquoted(source) : source;
    const { operator, type } = test;
    if (pattern !== undefined) return !isContainer && source !== "null" && matches(pattern, text);
    if (operator === "=" || operator === "!=") {
      let isEqual = text === test.text && isString === (type === "string");
      // Doubles tell short numbers apart; long ones are equal where they are written alike.
      if (type === "number" && !isString && isNumber(text)) isEqual = text === test.text || (text.length <= 15 && test.text.length <= 15 && +text === +test.text);
      return isEqual === (operator === "=");
    }
    if (type === "string" ? !isString : isContainer || !isNumber(text)) return false;
    const a = type === "string" ? text : +text;
    const b = type === "string" ? test.text : +test.text;
    return operator === "<" ? a < b : operator === "<=" ? a <= b : operator === ">" ? a > b : a >= b;
  };
  const compile = (condition: Condition): Test => {
    switch (condition.kind) {
      case "every":
      case "some": {
        const isSome = condition.kind === "some";
        const { length } = condition.parts;
        const parts = { __proto__: null } as unknown as Record<number, Test>;
        for (let i = 0; i < length; i++) parts[i] = compile(condition.parts[i] as Condition);
        return (message) => {
          for (let i = 0; i < length; i++) if ((parts[i] as Test)(message) === isSome) return isSome;
          return !isSome;
        };
      }
      case "not": {
        const part = compile(condition.part);
        return (message) => !part(message);
      }
      case "text": {
        const pattern = new Pattern(condition.source, "iu");
        return (message) => {
          const text = textOf(message);
          return text !== null && matches(pattern, text);
        };
      }
      case "url": {
        const { length } = condition.sources;
        const patterns = { __proto__: null } as unknown as Record<number, RegExp>;
        for (let i = 0; i < length; i++) patterns[i] = new Pattern(condition.sources[i] as string, "giu");
        return ({ url }) => {
          for (let i = 0, at = 0; i < length; i++) {
            const pattern = patterns[i] as RegExp;
            pattern.lastIndex = at;
            if (!matches(pattern, url)) return false;
            at = pattern.lastIndex;
          }
          return true;
        };
      }
      case "size":
        return (message) => {
          const size = sizeOf(message);
          return (condition.low === null || size >= condition.low) && (condition.high === null || size <= condition.high);
        };
      case "opcode":
        return ({ isText }) => condition.opcode === (isText ? 1 : 2);
      case "direction":
        return ({ isSent }) => isSent === (condition.direction === "sent");
      case "value": {
        const { path, test } = condition;
        const pattern = test?.operator === "~" ? new Pattern(test.text, "iu") : undefined;
        return (message) => {
          const text = jsonOf(message);
          return text !== null && walk(text, skip(text, 0), path, 0, (from, to) => test === null || passes(test, pattern, apply(slice, text, [from, to])));
        };
      }
      default:
        return () => false;
    }
  };

  // Edits.
  const computed = (source: string, { sign, by }: Edit): string | undefined => {
    const isString = source[0] === '"';
    const text = isString ? unquoted(source) : source;
    if (!isNumber(text)) return undefined;
    const value = +text;
    // What a double does not hold exactly is not computed with.
    if (value > 9007199254740991 || value < -9007199254740991) return undefined;
    const made = sign === "+" ? value + by : sign === "-" ? value - by : sign === "*" ? value * by : value / by;
    if (made - made !== 0) return undefined;
    return isString ? `"${made}"` : `${made}`;
  };
  /** Undefined where it cannot be made. */
  const edited = (source: string, edit: Edit): string | undefined => {
    let out = "";
    let at = 0;
    if (edit.type === "replace") {
      for (let found = apply(indexOf, source, [edit.text, 0]); found >= 0; found = apply(indexOf, source, [edit.text, at])) {
        out += apply(slice, source, [at, found]) + edit.by;
        at = found + edit.text.length;
      }
    } else {
      let isBroken = false;
      walk(source, skip(source, 0), edit.path, 0, (from, to) => {
        const value = edit.type === "set" ? edit.json : computed(apply(slice, source, [from, to]), edit);
        if (value === undefined) isBroken = true;
        out += apply(slice, source, [at, from]) + (value ?? "");
        at = to;
        return isBroken;
      });
      if (isBroken) return undefined;
    }
    return at === 0 ? undefined : out + apply(slice, source, [at]);
  };
  const edit = (message: Message, edits: readonly Edit[]): boolean => {
    let text: string | null | undefined = textOf(message);
    for (let i = 0; i < edits.length; i++) {
      const one = edits[i] as Edit;
      if (typeof text !== "string") return false;
      if (one.type !== "replace" && jsonOf({ __proto__: null, url: "", isSent: true, isText: true, data: text, text, isJson: undefined } as Message) === null) return false;
      text = edited(text, one);
    }
    if (typeof text !== "string") return false;
    message.data = message.isText ? text : apply(typedParts[0] as () => unknown, apply(encode, encoder, [text]), []);
    message.text = text;
    message.isJson = undefined;
    return true;
  };

  // Rules.
  const load = (json: string): void => {
    const list = parse(json) as readonly { readonly id: string; readonly direction: string; readonly condition: Condition; readonly action: Action; readonly most: number | null }[];
    const loaded = { __proto__: null } as unknown as Record<number, Rule>;
    const loads = { sent: false, received: false };
    for (let i = 0; i < list.length; i++) {
      const one = list[i] as (typeof list)[number];
      const isSent = one.direction === "sent";
      loaded[i] = { id: one.id, isSent, test: compile(one.condition), action: one.action, left: one.most ?? -1, chain: 0, answeredAt: -1 };
      if (isSent) loads.sent = true;
      else loads.received = true;
    }
    rules = loaded;
    count = list.length;
    tests = loads;
  };
  /** Whether it would be too much beside what waits already. */
  const isTooMuch = (message: Message): boolean => waits >= mostWaiting || (waits > 0 && waitingSize + sizeWaiting(message.isText, message.data) > mostWaitingSize);
  /** What takes the agent away; it stands below. */
  let turnOff = (): void => {};
  const askForLife = (): void => {
    if (isAsking || !isOn) return;
    isAsking = true;
    isAnswered = false;
    report({ __proto__: null, secret, kind: "ping" });
    later(() => {
      isAsking = false;
      if (!isAnswered) return turnOff();
      for (const n in waiting) {
        // Something waits for them.
        if (waiting[n] !== undefined) return askForLife();
      }
    }, patience);
  };
  const setAside = (rule: Rule, why: string): void => {
    rule.left = 0;
    report({ __proto__: null, secret, kind: "aside", rule: rule.id, why });
  };
  /** Whether it answers what its own answers bring about, without an end. */
  const isEndless = (rule: Rule): boolean => {
    if (rule.answeredAt >= 0) {
      rule.chain = now() - rule.answeredAt < 100 ? rule.chain + 1 : 0;
      rule.answeredAt = -1;
    }
    return rule.chain >= mostChain;
  };
  const judge = (message: Message): Verdict | null => {
    const before = message.data;
    let verdict: Verdict | null = null;
    for (let i = 0; i < count; i++) {
      const rule = rules[i] as Rule;
      if (rule.left === 0 || rule.isSent !== message.isSent) continue;
      try {
        if (!rule.test(message)) continue;
        if (rule.action.type === "edit" && !edit(message, rule.action.edits)) {
          setAside(rule, "edit");
          continue;
        }
        if ((rule.action.type === "delay" || rule.action.type === "hold") && isTooMuch(message)) {
          report({ __proto__: null, secret, kind: "full", rule: rule.id });
          continue;
        }
        if (rule.action.type === "answer" && isEndless(rule)) {
          setAside(rule, "endless");
          continue;
        }
      } catch {
        setAside(rule, "fault");
        continue;
      }
      verdict ??= { before, isChanged: false, rules: "", last: null };
      verdict.rules += `${rule.id},`;
      askForLife();
      if (rule.left > 0) rule.left--;
      if (rule.action.type !== "edit") {
        verdict.last = rule;
        return verdict;
      }
      verdict.isChanged = true;
    }
    return verdict;
  };
  /**
   * `data`: what the row holds; `of`: the number of the message that came, or of the answer; `wire`: what goes out, undefined
   * where nothing does.
   */
  const tell = (state: Socket, isSent: boolean, list: string, did: string, data: unknown, of: number, wire?: unknown): void =>
    report({ __proto__: null, secret, kind: "did", socket: state.id, isSent, rules: list, did, isText: typeof data === "string", data: told(data), of, goesOut: wire !== undefined, wireIsText: typeof wire === "string", wire: wire === undefined ? null : told(wire) });
  const deliver = (state: Socket, data: unknown): void => {
    const origin = apply(exec, /^wss?:\/\/[^/?#]*/, [state.url]) as { readonly 0: string } | null;
    apply(dispatch, state.socket, [new MadeEvent("message", { __proto__: null, data, origin: origin === null ? "" : origin[0] } as MessageEventInit)]);
  };
  const takeOut = (n: string, item: Waiting): void => {
    delete waiting[n];
    waits--;
    waitingSize -= sizeWaiting(item.isText, item.data);
  };
  const letGo = (n: string, data: unknown, isEdited: boolean): void => {
    const item = waiting[n];
    if (item === undefined) return;
    takeOut(n, item);
    if (item.isHeld) report({ __proto__: null, secret, kind: "free", n });
    try {
      item.release(data, isEdited);
    } catch {
      // The socket has ended.
    }
  };
  const letAllGo = (state: Socket | null, sentAlone: boolean): void => {
    for (const n in waiting) {
      const item = waiting[n] as Waiting;
      if ((state === null || item.state === state) && (item.isSent || !sentAlone)) letGo(n, item.data, false);
    }
  };
  const wait = (item: Waiting, milliseconds: number): string => {
    const n = `${++lastWaiting}`;
    waiting[n] = item;
    waits++;
    waitingSize += sizeWaiting(item.isText, item.data);
    if (item.isHeld) report({ __proto__: null, secret, kind: "held", n, socket: item.state.id, rules: item.rules, isSent: item.isSent, text: item.isText ? (item.data as string) : null });
    else later(() => letGo(n, item.data, false), milliseconds);
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
    const item = { __proto__: null, state, isSent: false, isText: message.isText, isHeld, rules: list, data: message.data, release } as unknown as Waiting;
    const n = wait(item, last.action.milliseconds);
    try {
      apply(stop, event, []);
    } catch {
      // It passes then, and does not come again.
      takeOut(n, item);
    }
  };
  const adopt = (socket: WebSocket): void => {
    const state: Socket = { id: ++lastSocket, socket, url: apply(urlOf, socket, []) as string, heard: 0 };
    const heard = (event: Event): void => {
      // Made by a script, here or in the page.
      if (!event.isTrusted) return;
      state.heard++;
      if (!isOn) {
        apply(unlisten, socket, ["message", heard]);
        return;
      }
      if (!tests.received) return;
      try {
        const data = apply(dataOf, event, []);
        const message = { __proto__: null, url: state.url, isSent: false, isText: typeof data === "string", data, text: undefined, isJson: undefined } as unknown as Message;
        const verdict = judge(message);
        if (verdict !== null) takeReceived(event, state, message, verdict);
      } catch {
        // It passes.
      }
    };
    apply(listen, socket, ["message", heard]);
    apply(listen, socket, ["close", () => letAllGo(state, false), { __proto__: null, once: true }]);
    apply(setOf, sockets, [socket, state]);
    report({ __proto__: null, secret, kind: "new", socket: state.id, url: state.url });
  };

  // What is sent.
  const isBinary = (data: unknown): boolean => typeof data === "object" && data !== null && (isView(data) || isBuffer(data) || isBlob(data));
  const putOut = (state: Socket, isText: boolean, list: string, did: string, before: unknown, data: unknown, isChanged: boolean): void => {
    if (apply(stateOf, state.socket, []) !== 1) return tell(state, true, list, "dropped", isText ? before : data, -1);
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
        last.answeredAt = now();
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
    wait({ __proto__: null, state, isSent: true, isText, isHeld, rules: list, data: kept, release } as unknown as Waiting, action.milliseconds);
    return true;
  };
  const Ruled: typeof WebSocket = new Proxy(Native, {
    __proto__: null,
    construct: (native: typeof WebSocket, parameters: unknown[], newTarget: unknown) => {
      const socket = construct(native, parameters, (newTarget === Ruled ? native : newTarget) as typeof WebSocket) as WebSocket;
      try {
        if (isOn) adopt(socket);
      } catch {
        // It goes without rules.
      }
      return socket;
    },
  } as ProxyHandler<typeof WebSocket>);
  const send = new Proxy(nativeSend, {
    __proto__: null,
    apply: (native: typeof nativeSend, self: unknown, parameters: readonly unknown[]) => {
      const given = parameters[0];
      let state: Socket | undefined;
      let isText = false;
      try {
        if (isOn && tests.sent && parameters.length > 0 && typeof given !== "symbol" && typeof self === "object" && self !== null) state = apply(getOf, sockets, [self]) as Socket | undefined;
        if (state !== undefined && apply(stateOf, self, []) !== 1) state = undefined;
        isText = !isBinary(given);
      } catch {
        state = undefined;
      }
      if (state === undefined) return apply(native, self, parameters as [never]);
      // As the native function does it, and once: an object of the page's may say something else each time, or throw.
      const data: unknown = isText ? toText(given) : given;
      const message = { __proto__: null, url: state.url, isSent: true, isText, data, text: undefined, isJson: undefined } as unknown as Message;
      try {
        const verdict = judge(message);
        if (verdict !== null && takeSent(state, message, verdict)) return undefined;
      } catch {
        message.data = data;
      }
      return apply(native, self, [message.data as string]);
    },
  } as unknown as ProxyHandler<typeof nativeSend>);
  const close = new Proxy(nativeClose, {
    __proto__: null,
    apply: (native: typeof nativeClose, self: unknown, parameters: readonly unknown[]) => {
      try {
        // What the page had sent before goes before.
        const state = typeof self === "object" && self !== null ? (apply(getOf, sockets, [self]) as Socket | undefined) : undefined;
        if (state !== undefined) letAllGo(state, true);
      } catch {
        // It closes.
      }
      return apply(native, self, parameters as []);
    },
  } as unknown as ProxyHandler<typeof nativeClose>);
  const masked = new Proxy(toSource, {
    __proto__: null,
    apply: (native: typeof toSource, self: unknown, parameters: readonly unknown[]) =>
      apply(native, self === Ruled ? Native : self === send ? nativeSend : self === close ? nativeClose : self === masked ? native : self, parameters as []),
  } as unknown as ProxyHandler<typeof toSource>);
  turnOff = (): void => {
    isOn = false;
    letAllGo(null, false);
    if (scope["WebSocket"] === Ruled) scope["WebSocket"] = Native;
    if (Native.prototype.constructor === Ruled) Native.prototype.constructor = Native;
    if (Native.prototype.send === send) Native.prototype.send = nativeSend;
    if (Native.prototype.close === close) Native.prototype.close = nativeClose;
    // oxlint-disable-next-line no-extend-native -- puts the native function back
    if (Function.prototype.toString === masked) Function.prototype.toString = toSource;
    apply(unlisten, scope as unknown as EventTarget, [secret, control as () => void]);
  };
  const control = (name: unknown, value: unknown): void => {
    if (typeof name !== "string") return;
    if (name === "rules") load(value as string);
    else if (name === "let go") {
      const { n, text, isDropped } = parse(value as string) as { readonly n: string; readonly text: string | null; readonly isDropped: boolean };
      const item = waiting[n];
      if (item === undefined) return;
      if (!isDropped) return letGo(n, text ?? item.data, text !== null && text !== item.data);
      takeOut(n, item);
      report({ __proto__: null, secret, kind: "free", n });
      tell(item.state, item.isSent, item.rules, "dropped", item.isSent ? item.data : "", -1);
    } else if (name === "pong") isAnswered = true;
    else turnOff();
  };
  load(first);
  apply(listen, scope as unknown as EventTarget, [secret, control as () => void]);
  // Assigning keeps the attributes of each property as they are.
  scope["WebSocket"] = Ruled;
  Native.prototype.constructor = Ruled;
  Native.prototype.send = send;
  Native.prototype.close = close;
  // oxlint-disable-next-line no-extend-native -- only so that the proxies read as the native functions they stand for
  Function.prototype.toString = masked;
  report({ __proto__: null, secret, kind: "hello" });
  return control;
}
