import type { Readable, Writable } from "node:stream";

/** A message is a text, and V8 has none that is longer. */
const MOST_MESSAGE = (1 << 29) - 24;
const END = 0;

/** What comes over the pipe that is no answer. `sessionId`: of a flat session; undefined for the browser's own. */
export type CdpEventListener = (method: string, params: unknown, sessionId: string | undefined) => void;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The DevTools protocol over Chrome's pipe: JSON texts, each with a zero byte behind it. */
export class CdpPipe {
  /** Is given each event in the turn in which it came. */
  onEvent: CdpEventListener = () => {};
  /** Messages that were too long to be read. */
  tooLong = 0;
  readonly closed: Promise<void>;
  readonly #out: Writable;
  readonly #waiting = new Map<number, Waiting>();
  #parts: Buffer[] = [];
  #length = 0;
  #lastId = 0;
  #isClosed = false;

  constructor(toChrome: Writable, fromChrome: Readable) {
    this.#out = toChrome;
    // A browser that is gone says so by its own end.
    toChrome.on("error", () => {});
    fromChrome.on("error", () => {});
    fromChrome.on("data", (bytes: Buffer) => this.#take(bytes));
    this.closed = new Promise((resolve) => fromChrome.on("close", () => {
      this.#close();
      resolve();
    }));
  }

  /** Rejects with Chrome's own sentence, and where the browser is gone before it has answered. */
  send(method: string, params: object = {}, sessionId?: string): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(gone());
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#out.write(`${JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`);
    });
  }

  #take(bytes: Buffer): void {
    let from = 0;
    for (let end = bytes.indexOf(END); end >= 0; end = bytes.indexOf(END, from)) {
      this.#add(bytes.subarray(from, end));
      from = end + 1;
      this.#finish();
    }
    if (from < bytes.length) this.#add(bytes.subarray(from));
  }

  #add(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > MOST_MESSAGE) this.#parts = [];
    else this.#parts.push(part);
  }

  #finish(): void {
    const parts = this.#parts;
    const isTooLong = this.#length > MOST_MESSAGE;
    this.#parts = [];
    this.#length = 0;
    if (isTooLong) {
      this.tooLong++;
      return;
    }
    const [first] = parts;
    const text = first !== undefined && parts.length === 1 ? first.toString() : Buffer.concat(parts).toString();
    const message = JSON.parse(text) as { readonly id?: number; readonly method?: string; readonly params?: unknown; readonly sessionId?: string; readonly result?: unknown; readonly error?: { readonly message?: unknown } };
    if (message.method !== undefined) return this.onEvent(message.method, message.params, message.sessionId);
    const waiting = this.#waiting.get(message.id ?? 0);
    if (waiting === undefined) return;
    this.#waiting.delete(message.id ?? 0);
    if (message.error === undefined) waiting.resolve(message.result);
    else waiting.reject(new Error(String(message.error.message)));
  }

  #close(): void {
    this.#isClosed = true;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(gone());
  }
}

const gone = (): Error => new Error("The browser is gone.");
