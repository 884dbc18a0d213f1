/* oxlint-disable typescript/unbound-method -- Reflect.apply calls each native function with its own object */
/**
 * Reports the code, reason and cleanness of every closing, and the size of a Blob that is sent.
 *
 * WebSocket, its `send` and Function.prototype.toString become proxies, so names, lengths, statics, prototypes,
 * subclasses, errors and source texts stay what they are. Each socket gets one native listener before the page can add
 * any: it keeps no reference to the socket and changes no order among the page's own. Calling toString with the secret
 * puts everything back; calling it with the question answers the secret.
 */
export function observeClosings(binding: string, secret: string, question: string): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  const report = scope[binding] as ((text: string) => void) | undefined;
  if (report === undefined) return;
  delete scope[binding];
  const { construct, apply } = Reflect;
  const toString = Function.prototype.toString;
  try {
    // Another view of this tab has installed one already; the native function throws at what is no function.
    if (apply(toString, question, []) === secret) return;
  } catch {}
  const Native = scope["WebSocket"] as typeof WebSocket | undefined;
  if (Native === undefined) return;
  const listen = EventTarget.prototype.addEventListener;
  const text = JSON.stringify;
  const codeOf = Object.getOwnPropertyDescriptor(CloseEvent.prototype, "code")?.get;
  const reasonOf = Object.getOwnPropertyDescriptor(CloseEvent.prototype, "reason")?.get;
  const cleanOf = Object.getOwnPropertyDescriptor(CloseEvent.prototype, "wasClean")?.get;
  const urlOf = Object.getOwnPropertyDescriptor(Native.prototype, "url")?.get;
  const stateOf = Object.getOwnPropertyDescriptor(Native.prototype, "readyState")?.get;
  const sizeOf = Object.getOwnPropertyDescriptor(Blob.prototype, "size")?.get;
  if (codeOf === undefined || reasonOf === undefined || cleanOf === undefined || urlOf === undefined || stateOf === undefined || sizeOf === undefined) return;
  const { send } = Native.prototype;
  const { isPrototypeOf } = Object.prototype;
  const blobs = Blob.prototype;
  const { get: getId, set: setId } = WeakMap.prototype;
  const ids = new WeakMap<WebSocket, number>();
  let isOn = true;
  // Where a second one is installed all the same, its numbers are others.
  let last = Math.floor(Math.random() * 2 ** 48);
  const Observed: typeof WebSocket = new Proxy(Native, {
    construct: (native, parameters, newTarget) => {
      const socket = construct(native, parameters, newTarget === Observed ? native : newTarget) as WebSocket;
      if (!isOn) return socket;
      const id = ++last;
      apply(setId, ids, [socket, id]);
      report(text({ id, url: apply(urlOf, socket, []) as unknown }));
      const heard = (event: Event): void => {
        if (isOn) report(text({ id, code: apply(codeOf, event, []) as unknown, reason: apply(reasonOf, event, []) as unknown, wasClean: apply(cleanOf, event, []) as unknown }));
      };
      apply(listen, socket, ["close", heard, { once: true }]);
      return socket;
    },
  });
  const sent = new Proxy(send, {
    apply: (native, self: WebSocket, parameters: unknown[]) => {
      const [data] = parameters;
      if (isOn && typeof data === "object" && data !== null && apply(isPrototypeOf, blobs, [data])) {
        try {
          const id = apply(getId, ids, [self]) as number | undefined;
          // Only an open socket sends; Chrome tells of the frame right after this.
          if (id !== undefined && apply(stateOf, self, []) === 1) report(text({ id, blob: apply(sizeOf, data, []) as unknown }));
        } catch {
          // It only looks like a Blob: the native function says what it is.
        }
      }
      return apply(native, self, parameters) as void;
    },
  });
  const masked = new Proxy(toString, {
    apply: (native, self: unknown, parameters) => {
      if (self === question && isOn) return secret;
      if (self === secret && isOn) {
        isOn = false;
        if (scope["WebSocket"] === Observed) scope["WebSocket"] = Native;
        if (Native.prototype.constructor === Observed) Native.prototype.constructor = Native;
        if (Native.prototype.send === sent) Native.prototype.send = send;
        // oxlint-disable-next-line no-extend-native -- puts the native function back
        if (Function.prototype.toString === masked) Function.prototype.toString = native;
        return "";
      }
      return apply(native, self === Observed ? Native : self === sent ? send : self === masked ? native : self, parameters) as string;
    },
  });
  // Assigning keeps the attributes of each property as they are.
  scope["WebSocket"] = Observed;
  Native.prototype.constructor = Observed;
  Native.prototype.send = sent;
  // oxlint-disable-next-line no-extend-native -- only so that the proxies read as the native functions they stand for
  Function.prototype.toString = masked;
}
