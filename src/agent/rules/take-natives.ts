/* oxlint-disable typescript/unbound-method -- Reflect.apply calls each native function with its own object */
/** What the agent of rules calls, taken once. Each member is a function of Chrome's, but for `clock`. */
export interface Natives {
  readonly construct: typeof Reflect.construct;
  readonly apply: typeof Reflect.apply;
  readonly defineProperty: typeof Reflect.defineProperty;
  readonly property: typeof Reflect.getOwnPropertyDescriptor;
  readonly get: typeof Reflect.get;
  readonly prototypeOf: typeof Reflect.getPrototypeOf;
  readonly setPrototypeOf: typeof Reflect.setPrototypeOf;
  readonly stringify: typeof JSON.stringify;
  readonly parse: typeof JSON.parse;
  readonly listen: EventTarget["addEventListener"];
  readonly unlisten: EventTarget["removeEventListener"];
  readonly dispatch: EventTarget["dispatchEvent"];
  readonly stop: Event["stopImmediatePropagation"];
  readonly MadeEvent: typeof MessageEvent;
  readonly dataOf: () => unknown;
  readonly urlOf: () => unknown;
  readonly stateOf: () => unknown;
  readonly messageHandler: () => unknown;
  readonly setMessageHandler: (handler: unknown) => void;
  readonly closeHandler: () => unknown;
  readonly setCloseHandler: (handler: unknown) => void;
  readonly exec: RegExp["exec"];
  readonly slice: string["slice"];
  readonly indexOf: string["indexOf"];
  readonly toText: StringConstructor;
  readonly now: () => number;
  readonly clock: Performance;
  /** A worker has none before its first script; nor is it there where the page replaced it. */
  readonly timer: typeof setTimeout | undefined;
  readonly Signal: typeof AbortSignal;
  readonly timeout: typeof AbortSignal.timeout;
  readonly getOf: WeakMap<object, unknown>["get"];
  readonly setOf: WeakMap<object, unknown>["set"];
  readonly isView: typeof ArrayBuffer.isView;
  readonly bufferLength: () => unknown;
  readonly typedBuffer: () => unknown;
  readonly typedOffset: () => unknown;
  readonly typedLength: () => unknown;
  readonly viewBuffer: () => unknown;
  readonly viewOffset: () => unknown;
  readonly viewLength: () => unknown;
  readonly blobSize: () => unknown;
  readonly Bytes: typeof Uint8Array;
  readonly Pattern: typeof RegExp;
  readonly Decoder: typeof TextDecoder;
  readonly decode: TextDecoder["decode"];
  readonly Encoder: typeof TextEncoder;
  readonly encode: TextEncoder["encode"];
  readonly Weak: typeof WeakMap;
  readonly Mask: typeof Proxy;
  readonly Errors: typeof Error;
  /** How V8 tells and keeps the stack of an error; undefined where it is no accessor. */
  readonly stackOf: (() => unknown) | undefined;
  readonly setStack: ((stack: unknown) => void) | undefined;
}

/** Undefined where there are no WebSockets. */
export function takeNatives(): Natives | undefined {
  const scope = globalThis as unknown as Record<string, unknown>;
  const Socket = scope["WebSocket"] as typeof WebSocket | undefined;
  if (Socket === undefined) return undefined;
  const property = Object.getOwnPropertyDescriptor;
  const getter = (prototype: object, name: string): (() => unknown) => property(prototype, name)?.get as () => unknown;
  const setter = (prototype: object, name: string): ((value: unknown) => void) => property(prototype, name)?.set as (value: unknown) => void;
  const typed = Object.getPrototypeOf(Uint8Array.prototype) as object;
  let thrown: object = {};
  try {
    (undefined as unknown as () => void)();
  } catch (error) {
    // Made by V8, whatever the page has in the place of Error.
    thrown = error as object;
  }
  return {
    // @ts-expect-error -- a page may have added to what all objects inherit
    __proto__: null,
    construct: Reflect.construct,
    apply: Reflect.apply,
    defineProperty: Reflect.defineProperty,
    property: Reflect.getOwnPropertyDescriptor,
    get: Reflect.get,
    prototypeOf: Reflect.getPrototypeOf,
    setPrototypeOf: Reflect.setPrototypeOf,
    stringify: JSON.stringify,
    parse: JSON.parse,
    listen: EventTarget.prototype.addEventListener,
    unlisten: EventTarget.prototype.removeEventListener,
    dispatch: EventTarget.prototype.dispatchEvent,
    stop: Event.prototype.stopImmediatePropagation,
    MadeEvent: MessageEvent,
    dataOf: getter(MessageEvent.prototype, "data"),
    urlOf: getter(Socket.prototype, "url"),
    stateOf: getter(Socket.prototype, "readyState"),
    messageHandler: getter(Socket.prototype, "onmessage"),
    setMessageHandler: setter(Socket.prototype, "onmessage"),
    closeHandler: getter(Socket.prototype, "onclose"),
    setCloseHandler: setter(Socket.prototype, "onclose"),
    exec: RegExp.prototype.exec,
    slice: String.prototype.slice,
    indexOf: String.prototype.indexOf,
    toText: String,
    now: performance.now,
    clock: performance,
    timer: scope["setTimeout"] as typeof setTimeout | undefined,
    Signal: AbortSignal,
    timeout: AbortSignal.timeout,
    getOf: WeakMap.prototype.get,
    setOf: WeakMap.prototype.set,
    isView: ArrayBuffer.isView,
    bufferLength: getter(ArrayBuffer.prototype, "byteLength"),
    typedBuffer: getter(typed, "buffer"),
    typedOffset: getter(typed, "byteOffset"),
    typedLength: getter(typed, "byteLength"),
    viewBuffer: getter(DataView.prototype, "buffer"),
    viewOffset: getter(DataView.prototype, "byteOffset"),
    viewLength: getter(DataView.prototype, "byteLength"),
    blobSize: getter(Blob.prototype, "size"),
    Bytes: Uint8Array,
    Pattern: RegExp,
    Decoder: TextDecoder,
    decode: TextDecoder.prototype.decode,
    Encoder: TextEncoder,
    encode: TextEncoder.prototype.encode,
    Weak: WeakMap,
    Mask: Proxy,
    Errors: Error,
    stackOf: getter(thrown, "stack"),
    setStack: setter(thrown, "stack"),
  };
}
