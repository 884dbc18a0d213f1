/** What a script started and must end: browsers, servers, child processes, folders. */
import { constants } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

/** @typedef {"SIGINT" | "SIGTERM" | "SIGHUP"} EndingSignal */

const INTERRUPTED_STEP_MS = 5000;
const PARENT_WATCH_MS = 250;

/** Ends things in the reverse order of their beginning, once, also when a signal ends the script. */
export class Lifetime {
  /** @type {(() => unknown)[]} */
  #endings = [];
  #controller = new AbortController();
  /** @type {Promise<void> | null} */
  #ended = null;
  #isReady = false;

  constructor() {
    for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(name, () => this.#exitOn(name));
    if (process.env["npm_lifecycle_event"] !== undefined) this.#watchParent();
  }

  /** Aborted when the end begins. */
  get signal() {
    return this.#controller.signal;
  }

  /**
   * Has something ended with the script. It runs before all that was deferred earlier.
   * @param {() => unknown} ending May return a promise, which is awaited.
   */
  defer(ending) {
    this.#endings.push(ending);
  }

  /** From now on a signal is the ordinary way to end: the exit code is 0. */
  markReady() {
    this.#isReady = true;
  }

  /** Ends everything; a second call waits for the same end. An ending that fails is told, and the rest goes on. */
  end() {
    this.#ended ??= this.#endAll();
    return this.#ended;
  }

  async #endAll() {
    this.#controller.abort();
    for (const ending of this.#endings.toReversed()) {
      try {
        await ending();
      } catch (error) {
        console.error(`Something did not end well: ${error instanceof Error ? error.message : String(error)}`);
        process.exitCode = 1;
      }
    }
  }

  /** npm hands a SIGTERM to the shell between it and this script, and the shell dies without passing it on. */
  #watchParent() {
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid !== parent) this.#exitOn("SIGTERM");
    }, PARENT_WATCH_MS);
    watch.unref();
    this.defer(() => clearInterval(watch));
  }

  /** @param {EndingSignal} name */
  #exitOn(name) {
    const code = this.#isReady ? 0 : 128 + constants.signals[name];
    void this.end().then(() => process.exit(code));
  }
}

/**
 * Runs a script's work, ends what it started, and exits: 0, or 1 with the error's sentence.
 * @param {(lifetime: Lifetime) => Promise<void>} work
 */
export async function runScript(work) {
  const lifetime = new Lifetime();
  const worked = work(lifetime).catch((error) => {
    // After a signal, what was under way fails as a consequence; the signal's own exit code stands.
    if (lifetime.signal.aborted) return;
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
  // A step that a signal interrupts cleans up behind itself, after all else has ended.
  lifetime.defer(() => Promise.race([worked, wait(INTERRUPTED_STEP_MS, undefined, { ref: false })]));
  await worked;
  await lifetime.end();
}
