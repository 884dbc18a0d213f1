import type { Debuggee, DebuggerApi } from "./debugger-api.ts";
import type { Lease } from "./lease.ts";

/** What a capture attaches to beside its tab, each under a lease from before the attaching to after the detaching. */
export class Attachments {
  readonly #api: DebuggerApi;
  readonly #lease: Lease;
  readonly #isWanted: () => boolean;

  /** `isWanted`: whether the capture still runs; where it ended meanwhile, what was attached is detached again. */
  constructor(api: DebuggerApi, lease: Lease, isWanted: () => boolean) {
    this.#api = api;
    this.#lease = lease;
    this.#isWanted = isWanted;
  }

  /** False where Chrome refuses, or the capture ended meanwhile. */
  async attach(debuggee: Debuggee): Promise<boolean> {
    this.#lease.hold(debuggee);
    try {
      await this.#api.attach(debuggee);
    } catch {
      this.#lease.release(debuggee);
      return false;
    }
    if (this.#isWanted()) return true;
    await this.detach(debuggee);
    return false;
  }

  async detach(debuggee: Debuggee): Promise<void> {
    await this.#api.detach(debuggee).catch(() => {});
    this.#lease.release(debuggee);
  }
}
