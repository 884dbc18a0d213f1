import type { Attachments } from "./attachments.ts";
import { readWorkerScript, type AttachedTarget } from "./cdp-events.ts";
import type { BrowserTarget, DebuggerApi } from "./debugger-api.ts";
import type { TargetTree } from "./target-tree.ts";

export interface SharedWorkerEdges {
  readonly api: DebuggerApi;
  readonly tree: TargetTree;
  readonly attachments: Attachments;
  /** Its events can be switched on. `known`: what Chrome has told already of what runs in it. */
  readonly begin: (targetId: string, known: readonly AttachedTarget[]) => void;
}

/**
 * The shared workers of the tab's origins. Chrome attaches nobody to them by itself and tells of none, but the page's
 * session hears of the request for a new one's script, before it runs; those that run already are in the list of the
 * whole browser.
 */
export class SharedWorkers {
  readonly #edges: SharedWorkerEdges;
  readonly #attached = new Set<string>();

  constructor(edges: SharedWorkerEdges) {
    this.#edges = edges;
  }

  /** Takes a `Network.requestWillBeSent`; most are no worker's, and cost one look. */
  requested(params: unknown): void {
    const worker = readWorkerScript(params);
    if (worker !== undefined) void this.#attach({ ...worker, isNew: true });
  }

  /** Attaches to those that run already. Chrome must have attached us to the other workers before. */
  async lookAround(): Promise<void> {
    const targets = await this.#edges.api.targets().catch(() => []);
    const { origins } = this.#edges.tree;
    const workers = targets.filter((target) => isSharedWorker(target) && origins.has(URL.parse(target.url)?.origin ?? ""));
    await Promise.all(workers.map(({ id, url }) => this.#attach({ targetId: id, url, isNew: false })));
  }

  /** Chrome has attached us to a target by itself: an attachment of our own would tell everything twice. */
  autoAttached(targetId: string): void {
    if (this.#attached.delete(targetId)) void this.#edges.attachments.detach({ targetId });
  }

  /** The worker has ended; false where it was none of ours. */
  ended(targetId: string): boolean {
    return this.#attached.delete(targetId);
  }

  /** Forgets all; who ends the capture detaches them. */
  clear(): void {
    this.#attached.clear();
  }

  async #attach(worker: { readonly targetId: string; readonly url: string; readonly isNew: boolean }): Promise<void> {
    const { targetId, url, isNew } = worker;
    if (this.#attached.has(targetId) || this.#edges.tree.hasTarget(targetId)) return;
    this.#attached.add(targetId);
    // Before it is attached: where another page of ours is quicker, its events come from then on.
    this.#edges.tree.addRoot({ targetId }, "shared worker", url, !isNew);
    const known = await this.#edges.attachments.attach({ targetId });
    // Meanwhile the capture may have ended, or Chrome attached us by itself.
    const isWanted = this.#attached.has(targetId);
    if (known !== undefined && isWanted) return this.#edges.begin(targetId, known);
    this.#attached.delete(targetId);
    this.#edges.tree.removeRoot({ targetId });
    if (known !== undefined) await this.#edges.attachments.detach({ targetId });
  }
}

/** Chrome names a service worker by this title; its type is `worker`, as a shared worker's. */
const isSharedWorker = ({ type, title, url }: BrowserTarget): boolean => type === "worker" && !title.startsWith(`Service Worker ${url}`);
