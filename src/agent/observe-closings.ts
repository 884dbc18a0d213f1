/* oxlint-disable typescript/unbound-method -- Reflect.apply calls each native function with its own object */
/**
 * Reports the code, reason and cleanness of every closing, and the size of a Blob that is sent.
 *
 * WebSocket, its `send` and Function.prototype.toString become proxies, so names, lengths, statics, prototypes,
 * subclasses, errors and source texts stay what they are. Each socket gets one native listener before the page can add
 * any: it keeps no reference to the socket and changes no order among the page's own. Calling toString with `off` puts
 * everything back. `secret` stands in every report. Whatever natives read is without a prototype: a page may have added to
 * what all objects inherit. What goes wrong here costs a report, never a message.
 */
export function observeClosings(binding: string, secret: string, off: string): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  const bound = scope[binding] as ((text: string) => void) | undefined;
  if (bound === undefined) return;
  delete scope[binding];
  const { construct, apply } = Reflect;
  const toString = Function.prototype.toString;
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
  const report = (note: object): void => {
    try {
      bound(text(note));
    } catch {
      // Nobody hears of it.
    }
  };
  // Where a second one is installed all the same, its numbers are others.
  let last = Math.floor(Math.random() * 2 ** 48);
  const Observed: typeof WebSocket = new Proxy(Native, {
    __proto__: null,
    construct: (native: typeof WebSocket, parameters: unknown[], newTarget: unknown) => {
      const socket = construct(native, parameters, (newTarget === Observed ? native : newTarget) as typeof WebSocket) as WebSocket;
      if (!isOn) return socket;
      try {
        const id = ++last;
        apply(setId, ids, [socket, id]);
        report({ __proto__: null, secret, id, url: apply(urlOf, socket, []) as unknown });
        const heard = (event: Event): void => {
          if (isOn) report({ __proto__: null, secret, id, code: apply(codeOf, event, []) as unknown, reason: apply(reasonOf, event, []) as unknown, wasClean: apply(cleanOf, event, []) as unknown });
        };
        apply(listen, socket, ["close", heard, { __proto__: null, once: true }]);
      } catch {
        // It is not observed.
      }
      return socket;
    },
  } as ProxyHandler<typeof WebSocket>);
  const sent = new Proxy(send, {
    __proto__: null,
    apply: (native: typeof send, self: WebSocket, parameters: readonly unknown[]) => {
      const data = parameters[0];
      if (isOn && typeof data === "object" && data !== null && apply(isPrototypeOf, blobs, [data])) {
        try {
          const id = apply(getId, ids, [self]) as number | undefined;
          // Only an open socket sends; Chrome tells of the frame right after this.
          if (id !== undefined && apply(stateOf, self, []) === 1) report({ __proto__: null, secret, id, blob: apply(sizeOf, data, []) as unknown });
        } catch {
          // It only looks like a Blob: the native function says what it is.
        }
      }
      return apply(native, self, parameters as [never]);
    },
  } as unknown as ProxyHandler<typeof send>);
  const masked = new Proxy(toString, {
    __proto__: null,
    apply: (native: typeof toString, self: unknown, parameters: []) => {
      if (self === off && isOn) {
        isOn = false;
        if (scope["WebSocket"] === Observed) scope["WebSocket"] = Native;
        if (Native.prototype.constructor === Observed) Native.prototype.constructor = Native;
        if (Native.prototype.send === sent) Native.prototype.send = send;
        // oxlint-disable-next-line no-extend-native -- puts the native function back
        if (Function.prototype.toString === masked) Function.prototype.toString = native;
        // Below may be that of another view of this tab.
      }
      return apply(native, self === Observed ? Native : self === sent ? send : self === masked ? native : self, parameters);
    },
  } as unknown as ProxyHandler<typeof toString>);
  // Assigning keeps the attributes of each property as they are.
  scope["WebSocket"] = Observed;
  Native.prototype.constructor = Observed;
  Native.prototype.send = sent;
  // oxlint-disable-next-line no-extend-native -- only so that the proxies read as the native functions they stand for
  Function.prototype.toString = masked;
}
