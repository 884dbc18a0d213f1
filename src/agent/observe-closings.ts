/* oxlint-disable typescript/unbound-method -- Reflect.apply calls each native function with its own object */
import type { maskNatives } from "./mask-natives.ts";
import type { Natives } from "./rules/take-natives.ts";

/**
 * Reports the code, reason and cleanness of every closing, and the size of a Blob that is sent.
 *
 * WebSocket, its `send` and Function.prototype.toString become proxies, so names, lengths, statics, prototypes,
 * subclasses, errors and source texts stay what they are. Each socket gets one native listener before the page can add
 * any: it keeps no reference to the socket and changes no order among the page's own. Calling toString with `off` puts
 * everything back. `secret` stands in every report, `script` is what stacks call this one. Whatever natives read is without a
 * prototype: a page may have added to what all objects inherit. What goes wrong here costs a report, never a message.
 */
export function observeClosings(natives: Natives | undefined, masks: typeof maskNatives, script: string, binding: string, secret: string, off: string): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  const bound = scope[binding] as ((text: string) => void) | undefined;
  if (bound === undefined) return;
  delete scope[binding];
  const Native = scope["WebSocket"] as typeof WebSocket | undefined;
  if (Native === undefined || natives === undefined) return;
  const { construct, apply, property, listen, stringify, urlOf, stateOf, blobSize, getOf, setOf, Weak } = natives;
  const toString = Function.prototype.toString;
  const codeOf = property(CloseEvent.prototype, "code")?.get;
  const reasonOf = property(CloseEvent.prototype, "reason")?.get;
  const cleanOf = property(CloseEvent.prototype, "wasClean")?.get;
  if (codeOf === undefined || reasonOf === undefined || cleanOf === undefined) return;
  const { send } = Native.prototype;
  const { isPrototypeOf } = Object.prototype;
  const blobs = Blob.prototype;
  const ids = new Weak<object, number>();
  let isOn = true;
  const report = (note: object): void => {
    try {
      bound(stringify(note));
    } catch {
      // Nobody hears of it.
    }
  };
  // Where a second one is installed all the same, its numbers are others.
  let last = Math.floor(Math.random() * 2 ** 48);
  const { mask, behind } = masks(natives, script);
  const Observed = mask(Native, {
    construct: (native, parameters, newTarget) => {
      const socket = construct(native, parameters, newTarget as typeof WebSocket) as WebSocket;
      if (!isOn) return socket;
      try {
        const id = ++last;
        apply(setOf, ids, [socket, id]);
        report({ __proto__: null, secret, id, url: apply(urlOf, socket, []) });
        const heard = (event: Event): void => {
          if (isOn) report({ __proto__: null, secret, id, code: apply(codeOf, event, []) as unknown, reason: apply(reasonOf, event, []) as unknown, wasClean: apply(cleanOf, event, []) as unknown });
        };
        apply(listen, socket, ["close", heard, { __proto__: null, once: true }]);
      } catch {
        // It is not observed.
      }
      return socket;
    },
  });
  const sent = mask(send, {
    apply: (native, self, parameters) => {
      const data = parameters[0];
      if (isOn && typeof data === "object" && data !== null && apply(isPrototypeOf, blobs, [data])) {
        try {
          const id = apply(getOf, ids, [self as object]) as number | undefined;
          // Only an open socket sends; Chrome tells of the frame right after this.
          if (id !== undefined && apply(stateOf, self, []) === 1) report({ __proto__: null, secret, id, blob: apply(blobSize, data, []) });
        } catch {
          // It only looks like a Blob: the native function says what it is.
        }
      }
      return apply(native, self, parameters as [never]);
    },
  });
  const masked = mask(toString, {
    apply: (native, self, parameters) => {
      if (self === off && isOn) {
        isOn = false;
        if (scope["WebSocket"] === Observed) scope["WebSocket"] = Native;
        if (Native.prototype.constructor === Observed) Native.prototype.constructor = Native;
        if (Native.prototype.send === sent) Native.prototype.send = send;
        // oxlint-disable-next-line no-extend-native -- puts the native function back
        if (Function.prototype.toString === masked) Function.prototype.toString = native;
        // Below may be that of another view of this tab.
      }
      return apply(native, behind(self), parameters as []);
    },
  });
  // Assigning keeps the attributes of each property as they are.
  scope["WebSocket"] = Observed;
  Native.prototype.constructor = Observed;
  Native.prototype.send = sent;
  // oxlint-disable-next-line no-extend-native -- only so that the proxies read as the native functions they stand for
  Function.prototype.toString = masked;
}
