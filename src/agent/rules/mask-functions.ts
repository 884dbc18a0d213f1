/* oxlint-disable typescript/unbound-method -- Reflect.apply calls each native function with its own object */
import type { NativeMasks } from "../mask-natives.ts";
import type { Natives } from "./take-natives.ts";

/** What is done where the page makes, sends or closes. None of them throws but what Chrome's own functions throw. */
export interface MaskedActs {
  readonly made: (socket: WebSocket) => void;
  /** Sends, or does not: it calls the native function itself. */
  readonly send: (native: WebSocket["send"], self: unknown, parameters: readonly unknown[]) => unknown;
  readonly closes: (self: unknown) => void;
}

export interface Masks {
  /** False where the page froze one of the places; nothing is in any then. */
  readonly putOn: () => boolean;
  /** Chrome's own are back where ours stand still. */
  readonly takeOff: () => void;
}

/**
 * Proxies for WebSocket, its `send` and `close`, and for Function.prototype.toString, by which they read as the native
 * functions that they stand for.
 */
export function maskFunctions({ construct, apply }: Natives, { mask, behind }: NativeMasks, Native: typeof WebSocket, acts: MaskedActs): Masks {
  const scope = globalThis as unknown as Record<string, unknown>;
  const { send: nativeSend, close: nativeClose } = Native.prototype;
  const toSource = Function.prototype.toString;
  const Ruled = mask(Native, {
    construct: (native, parameters, newTarget) => {
      const socket = construct(native, parameters, newTarget as typeof WebSocket) as WebSocket;
      acts.made(socket);
      return socket;
    },
  });
  const send = mask(nativeSend, { apply: acts.send });
  const close = mask(nativeClose, {
    apply: (native, self, parameters) => {
      acts.closes(self);
      return apply(native, self, parameters as []);
    },
  });
  const masked = mask(toSource, { apply: (native, self, parameters) => apply(native, behind(self), parameters as []) });
  const takeOff = (): void => {
    if (scope["WebSocket"] === Ruled) scope["WebSocket"] = Native;
    if (Native.prototype.constructor === Ruled) Native.prototype.constructor = Native;
    if (Native.prototype.send === send) Native.prototype.send = nativeSend;
    if (Native.prototype.close === close) Native.prototype.close = nativeClose;
    // oxlint-disable-next-line no-extend-native -- puts the native function back
    if (Function.prototype.toString === masked) Function.prototype.toString = toSource;
  };
  const putOn = (): boolean => {
    try {
      // Assigning keeps the attributes of each property as they are.
      scope["WebSocket"] = Ruled;
      Native.prototype.constructor = Ruled;
      Native.prototype.send = send;
      Native.prototype.close = close;
      // oxlint-disable-next-line no-extend-native -- only so that the proxies read as the native functions they stand for
      Function.prototype.toString = masked;
      return true;
    } catch {
      takeOff();
      return false;
    }
  };
  return { putOn, takeOff };
}
