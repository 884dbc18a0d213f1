/* oxlint-disable typescript/unbound-method, unicorn/consistent-function-scoping -- Reflect.apply calls each native function with its own object, and nothing may stand outside */
/**
 * Notes which sockets speak, and what. Answers four functions: `note`, which is called
 * with what a native function was called with, never throws and always answers false; and `take`, which answers what
 * was noted since; `socketOf`, the socket that a note speaks of by its number; and `begin`, from which on messages that are
 * sent, or received, are noted.
 */
export function noteSpeakers(most: number, head: number, tail: number): { note: (self: unknown, data: unknown, isSent: boolean) => false; take: () => unknown; socketOf: (id: number) => unknown; begin: (isSent: boolean) => void } {
  const { apply } = Reflect;
  const getter = (prototype: object, name: string): (() => unknown) => Object.getOwnPropertyDescriptor(prototype, name)?.get as () => unknown;
  const [target, timeStamp, phase] = [getter(Event.prototype, "target"), getter(Event.prototype, "timeStamp"), getter(Event.prototype, "eventPhase")];
  const now = performance.now.bind(performance);
  const readData = getter(MessageEvent.prototype, "data");
  const attributes = ["url", "protocol", "extensions"].map((name) => getter(WebSocket.prototype, name));
  const sizes = [ArrayBuffer.prototype, Object.getPrototypeOf(Uint8Array.prototype) as object, DataView.prototype].map((prototype) => getter(prototype, "byteLength"));
  const blobSize = getter(Blob.prototype, "size");
  const toText = String;
  const { slice } = String.prototype;
  const { get, set } = WeakMap.prototype;
  const { has, add } = WeakSet.prototype;
  const ids = new WeakMap<object, number>();
  const read = new WeakSet<object>();
  // Until it begins, nothing is noted.
  let began = Infinity;
  let sendsToo = false;
  const sockets: object[] = [];
  let last = 0;
  let notes: unknown[][] = [];
  const bytes = (data: unknown): number => {
    for (let i = 0; i < sizes.length; i++) {
      try {
        return apply(sizes[i] as () => number, data, []);
      } catch {}
    }
    return apply(blobSize as () => number, data, []);
  };
  const isBlob = (data: unknown): boolean => {
    try {
      apply(blobSize, data, []);
      return true;
    } catch {
      return false;
    }
  };
  const describe = (data: unknown, isSent: boolean): string => {
    if (typeof data === "object" && data !== null) {
      // Chrome tells nothing of a Blob that is sent.
      return `bytes ${isSent && isBlob(data) ? 0 : bytes(data)}`;
    }
    // As the native function does.
    const text = toText(data);
    return `text ${text.length} ${apply(slice, text, [0, head])} ${apply(slice, text, [-tail])}`;
  };
  return {
    note: (self, data, isSent) => {
      try {
        if (notes.length >= most) return false;
        let socket = self as object;
        if (isSent && !sendsToo) return false;
        // When it came; of one that is read after its turn, the order of reading tells nothing.
        let at = 0;
        if (!isSent) {
          // What was told of before, and is read late or again; or was made by a script.
          if (!(self as Event).isTrusted || (apply(timeStamp, self, []) as number) < began || apply(has, read, [self])) return false;
          socket = apply(target, self, []) as object;
          at = apply(phase, self, []) === 0 ? -1 : (apply(timeStamp, self, []) as number);
        }
        const address = [apply(attributes[0] as () => unknown, socket, []), apply(attributes[1] as () => unknown, socket, []), apply(attributes[2] as () => unknown, socket, [])];
        let id = apply(get, ids, [socket]) as number | undefined;
        if (id === undefined) {
          id = ++last;
          apply(set, ids, [socket, id]);
          sockets[id] = socket;
        }
        // It is noted as read before it is: this very reading must not be noted.
        if (!isSent) apply(add, read, [self]);
        notes[notes.length] = [id, address, `${isSent ? "sent" : "received"} ${describe(isSent ? data : apply(readData, self, []), isSent)}`, at];
      } catch {
        // Another kind of event.
      }
      return false;
    },
    take: () => {
      const taken = notes;
      notes = [];
      return taken;
    },
    socketOf: (id) => sockets[id],
    begin: (isSent) => {
      if (isSent) sendsToo = true;
      else began = now();
    },
  };
}
