/* oxlint-disable typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- what `super` finds are the native functions that were given */
type Native = unknown;

/**
 * Answers functions that are called with a socket as `this`, and with Chrome's own functions as arguments. They call those
 * by syntax alone (`super` keeps `this`), so nothing that the page made of its own functions takes part.
 */
export function speakThrough(): {
  /** As `WebSocket.readyState` has it. */
  readonly state: (this: unknown, readyState: Native) => number;
  /** Sends what is held; answers the state that the socket is in: only an open one (1) sends. */
  readonly send: (this: unknown, readyState: Native, send: Native, held: { readonly data: unknown }) => number;
  /** Sends texts one after the other while it is open; answers how many. */
  readonly sendEach: (this: unknown, readyState: Native, send: Native, texts: { readonly [place: number]: string; readonly length: number }) => number;
  readonly close: (this: unknown, readyState: Native, close: Native, code: number | undefined, reason: string) => number;
  /** Has the page's listeners get what is held, as it would from the server; answers the state as `send` does. */
  readonly receive: (this: unknown, readyState: Native, dispatchEvent: Native, Made: typeof MessageEvent, MadeBlob: typeof Blob, held: { readonly data: unknown }, origin: string) => number;
  /** State, URL and subprotocol. */
  readonly read: (this: unknown, readyState: Native, url: Native, protocol: Native) => unknown[];
} {
  const natives = { __proto__: null } as unknown as Record<string, Native>;
  return {
    // @ts-expect-error -- the prototype is what `super` looks into
    __proto__: natives,
    state(readyState) {
      natives["readyState"] = readyState;
      return super.readyState() as number;
    },
    send(readyState, send, held) {
      natives["readyState"] = readyState;
      natives["act"] = send;
      const state = super.readyState() as number;
      if (state === 1) super.act(held.data);
      return state;
    },
    sendEach(readyState, send, texts) {
      natives["readyState"] = readyState;
      natives["act"] = send;
      let sent = 0;
      for (; sent < texts.length && super.readyState() === 1; sent++) super.act(texts[sent]);
      return sent;
    },
    close(readyState, close, code, reason) {
      natives["readyState"] = readyState;
      natives["act"] = close;
      const state = super.readyState() as number;
      if (state < 2) {
        if (code === undefined) super.act();
        else super.act(code, reason);
      }
      return state;
    },
    receive(readyState, dispatchEvent, Made, MadeBlob, held, origin) {
      natives["readyState"] = readyState;
      natives["act"] = dispatchEvent;
      const state = super.readyState() as number;
      if (state !== 1) return state;
      const bytes = held.data as Uint8Array<ArrayBuffer>;
      // What the page made of its own functions is its own to get.
      const data: unknown = typeof held.data === "string" ? held.data : (this as WebSocket).binaryType === "blob" ? new MadeBlob([bytes]) : bytes.buffer;
      super.act(new Made("message", { __proto__: null, data, origin } as MessageEventInit));
      return state;
    },
    read(readyState, url, protocol) {
      natives["readyState"] = readyState;
      natives["url"] = url;
      natives["protocol"] = protocol;
      return [super.readyState(), super.url(), super.protocol()];
    },
  };
}
