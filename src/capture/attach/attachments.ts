import { attachOrJoin, type AttachEdges } from "./attach-or-join.ts";
import type { AttachedTarget } from "../sources/cdp-events.ts";
import type { Debuggee } from "../debugger-api.ts";

/** What a capture attaches to beside its tab, each under a lease from before the attaching to after the detaching. */
export class Attachments {
  readonly #edges: AttachEdges;
  readonly #isWanted: () => boolean;

  /** `isWanted`: whether the capture still runs; where it ended meanwhile, what was attached is detached again. */
  constructor(edges: AttachEdges, isWanted: () => boolean) {
    this.#edges = edges;
    this.#isWanted = isWanted;
  }

  /** What Chrome has told already of what runs in it; undefined where Chrome refuses, or the capture ended meanwhile. */
  async attach(debuggee: Debuggee): Promise<readonly AttachedTarget[] | undefined> {
    const { lease } = this.#edges;
    lease.hold(debuggee);
    try {
      const known = await attachOrJoin(debuggee, this.#edges);
      if (this.#isWanted()) return known;
    } catch {
      lease.release(debuggee);
      return undefined;
    }
    await this.detach(debuggee);
    return undefined;
  }

  async detach(debuggee: Debuggee): Promise<void> {
    await this.#edges.lease.detach(debuggee);
  }
}
