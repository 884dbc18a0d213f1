import { Refusal } from "./refusal.ts";

/** A bug that showed: what is known of it, without anything that was captured. */
export interface Fault {
  /** The part of Framescope that it happened in. */
  readonly where: string;
  /** The kind of error, and what it says as far as that cannot quote a payload. */
  readonly what: string;
  /** Where in the code, a line for each call. */
  readonly stack: readonly string[];
  readonly count: number;
}

/** Different bugs that are kept; of more only the number is known. */
const MOST_FAULTS = 20;
const MOST_STACK = 12;
const LONGEST_LINE = 200;
/** Messages of these are V8's own words; what they quote stands in quotation marks. */
const SPEAKS_OF_CODE: ReadonlySet<string> = new Set(["TypeError", "RangeError", "ReferenceError"]);
const QUOTE = /["'`“‘]/;
const STACK_LINE = /^\s*at .*?[\w.-]+\.[mc]?[jt]sx?\S*:\d+:\d+\)?$/;

/** Counts bugs, so that none is swallowed: the same bug again adds to its count. */
export class Faults {
  readonly #where: string;
  #added: () => void = () => {};
  #list: readonly Fault[] = [];

  constructor(where: string) {
    this.#where = where;
  }

  /** `added` is called for each from here on, in place of whoever was before. */
  listen(added: () => void): void {
    this.#added = added;
  }

  get list(): readonly Fault[] {
    return this.#list;
  }

  /** A thing that was thrown and is no `Refusal`. `where`: another part than this list's own. */
  add(error: unknown, where: string = this.#where): void {
    this.#add({ where, what: whatOf(error), stack: stackOf(error), count: 1 });
  }

  /** One of which another thread, or the browser, tells. */
  addTold(what: string, where: string = this.#where, place = ""): void {
    this.#add({ where, what, stack: place === "" ? [] : [place.slice(0, LONGEST_LINE)], count: 1 });
  }

  #add(fault: Fault): void {
    const key = keyOf(fault);
    const known = this.#list.findIndex((one) => keyOf(one) === key);
    if (known >= 0) this.#list = this.#list.map((one, i) => (i === known ? { ...one, count: one.count + 1 } : one));
    else if (this.#list.length < MOST_FAULTS) this.#list = [...this.#list, fault];
    else this.#list = this.#list.map((one, i) => (i === MOST_FAULTS - 1 ? { where: "", what: "others", stack: [], count: one.count + 1 } : one));
    this.#added();
  }
}

export const countFaults = (faults: readonly Fault[]): number => faults.reduce((sum, { count }) => sum + count, 0);

const keyOf = ({ where, what, stack }: Fault): string => JSON.stringify([where, what, stack]);

/** The kind of an error and, cut before anything that it quotes, what it says. Errors of parsers quote what they read. */
function whatOf(error: unknown): string {
  if (!(error instanceof Error)) return `a ${typeof error} was thrown`;
  if (!SPEAKS_OF_CODE.has(error.name)) return error.name;
  return `${error.name}: ${error.message.split(QUOTE, 1)[0]?.trim() ?? ""}`.slice(0, LONGEST_LINE);
}

/** Only lines that name a place in the code: what is before them is the message, whatever that says. */
function stackOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? "").replace(error.message, "") : "";
  return stack
    .split("\n")
    .filter((line) => STACK_LINE.test(line))
    .slice(0, MOST_STACK)
    .map((line) => line.trim().slice(0, LONGEST_LINE));
}

/** The global object of a page or a worker, as far as it tells of what nobody caught. */
export interface FaultScope {
  addEventListener(type: "error" | "unhandledrejection", listener: (event: unknown) => void): void;
  removeEventListener(type: "error" | "unhandledrejection", listener: (event: unknown) => void): void;
}

/** Chrome tells of this as of an error; it only says that it painted once more. */
const HARMLESS = /^ResizeObserver loop/;

/** Counts what nobody in a page or a worker caught. A refusal that nobody told is a bug too: it was swallowed. Answers how to end it. */
export function hearFaults(scope: FaultScope, faults: Faults): () => void {
  const error = (event: unknown): void => {
    const { error: thrown, message = "", filename = "", lineno = 0, colno = 0 } = event as { readonly error?: unknown; readonly message?: string; readonly filename?: string; readonly lineno?: number; readonly colno?: number };
    if (HARMLESS.test(message)) return;
    if (thrown instanceof Error) faults.add(thrown);
    else faults.addTold("an error", undefined, filename === "" ? "" : `at ${filename}:${lineno}:${colno}`);
  };
  const rejection = (event: unknown): void => {
    const { reason } = event as { readonly reason?: unknown };
    if (reason instanceof Refusal) faults.addTold("a refusal that nobody told");
    else faults.add(reason);
  };
  scope.addEventListener("error", error);
  scope.addEventListener("unhandledrejection", rejection);
  return () => {
    scope.removeEventListener("error", error);
    scope.removeEventListener("unhandledrejection", rejection);
  };
}
