import type { UncertainWorker } from "../../model/shared-worker.ts";
import type { Attachments } from "./attachments.ts";
import { readStorageKey, readWorkerScript, type AttachedTarget } from "../sources/cdp-events.ts";
import type { BrowserTarget, DebuggerApi } from "../debugger-api.ts";
import type { TargetTree } from "./target-tree.ts";
import { canBeOneSite, isOnlyUsedIn, topLevelSite } from "./worker-clients.ts";

/** Characters of an address or a name; pages choose both. */
const MOST_TOLD = 300;
/** How often the browser is asked which shared workers run: no event tells of one that another tab has started. */
const LOOK_MS = 2000;

export interface SharedWorkerEdges {
  readonly api: DebuggerApi;
  readonly tree: TargetTree;
  readonly attachments: Attachments;
  readonly later: (callback: () => void, milliseconds: number) => void;
  /** Switches its events on; resolves once they are. `known`: what Chrome has told already of what runs in it. Never rejects. */
  readonly begin: (targetId: string, known: readonly AttachedTarget[]) => Promise<unknown>;
  /** It is the tab's no longer: its sockets end here. */
  readonly left: (targetId: string) => void;
  /** Those of the tab's origins of which it is not known whether they are the tab's, whenever they are others. */
  readonly uncertain: (workers: readonly UncertainWorker[]) => void;
}

interface Worker {
  readonly targetId: string;
  readonly url: string;
  readonly isNew: boolean;
}

/**
 * The shared workers of a tab. Chrome attaches nobody to them by itself, and tells of none who uses it. One is the tab's
 * where the tab's own session heard of the request for its script, before it ran; where no page of another tab can be
 * its client; or where the user says so. Any other of the tab's origins that runs is told as uncertain, and let be.
 *
 * It stays the tab's while the tab shows a page of its site: whether a page that was reloaded uses it again is not told.
 */
export class SharedWorkers {
  readonly #edges: SharedWorkerEdges;
  readonly #attached = new Map<string, string>();
  /** Those that the user does not want to be asked about again. */
  readonly #dismissed = new Set<string>();
  #uncertain: readonly UncertainWorker[] = [];
  /** The present life; another after each `clear`. */
  #life = {};

  constructor(edges: SharedWorkerEdges) {
    this.#edges = edges;
  }

  /** Those of which it is not known whether they are the tab's, and those that are but whose events are not on yet. */
  get uncertain(): readonly UncertainWorker[] {
    return this.#uncertain;
  }

  /** Takes a `Network.requestWillBeSent`; most are no worker's, and cost one look. */
  requested(params: unknown): void {
    const worker = readWorkerScript(params);
    if (worker !== undefined) void this.#attach({ ...worker, isNew: true });
  }

  /** Attaches to those that run already, and goes on looking. Chrome must have attached us to the other workers before. */
  async begin(): Promise<void> {
    const life = this.#life;
    await this.lookAround();
    const again = (): void =>
      this.#edges.later(() => {
        if (this.#life === life) void this.lookAround().finally(again);
      }, LOOK_MS);
    again();
  }

  /** Looks which run, and whose they are. */
  async lookAround(): Promise<void> {
    const life = this.#life;
    const targets = await this.#edges.api.targets().catch(() => undefined);
    if (targets === undefined || this.#life !== life) return;
    this.#leaveOthers();
    const others = targets.filter((target) => isSharedWorker(target) && !this.#attached.has(target.id) && !this.#edges.tree.hasTarget(target.id) && this.#canBeOurs(target.url));
    const isOurs = await Promise.all(others.map((one) => this.#attachIfOurs(one, targets)));
    if (this.#life !== life) return;
    const origins = new Set(this.#edges.tree.documentUrls.map(originOf));
    const uncertain = others.filter(({ id, url }, i) => isOurs[i] !== true && origins.has(originOf(url)) && !this.#dismissed.has(id));
    const beginning = this.#uncertain.filter(({ targetId }) => this.#attached.has(targetId));
    this.#tellUncertain([...beginning, ...uncertain.map(({ id, url, title }) => ({ targetId: id, url: url.slice(0, MOST_TOLD), name: title.slice(0, MOST_TOLD) }))]);
  }

  /** The user says that a worker is the tab's. */
  async capture(targetId: string): Promise<void> {
    const worker = this.#uncertain.find((one) => one.targetId === targetId);
    if (worker !== undefined) await this.#attach({ ...worker, isNew: false });
  }

  /** The user says that it is not, or does not matter. */
  dismiss(targetId: string): void {
    this.#dismissed.add(targetId);
    this.#isCertain(targetId);
  }

  /** The tab shows another page. */
  pageLeft(): void {
    this.#leaveOthers();
    this.#tellUncertain(this.#uncertain.filter(({ url }) => this.#canBeOurs(url)));
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
    this.#life = {};
    this.#attached.clear();
    this.#tellUncertain([]);
  }

  /** Whether the tab shows any document that can be a client of a worker. */
  #canBeOurs(url: string): boolean {
    const { documentUrls, pageUrls } = this.#edges.tree;
    // Frames of the page's own site may have no session of their own, and are not known one by one.
    return documentUrls.some((one) => originOf(one) === originOf(url)) || pageUrls.some((one) => canBeOneSite(one, url));
  }

  /** What the tab shows has no document any more that can be their client. */
  #leaveOthers(): void {
    for (const [targetId, url] of this.#attached) if (!this.#canBeOurs(url)) this.#edges.left(targetId);
  }

  /** Chrome tells a worker's storage key only to who is attached; no event of it is switched on before that is known. */
  async #attachIfOurs({ id, url }: BrowserTarget, targets: readonly BrowserTarget[]): Promise<boolean> {
    const { api, tree } = this.#edges;
    const isOnlyOurs = (site: string): boolean => isOnlyUsedIn(tree.tabs, site, targets);
    // Nobody attaches to ask where no answer could tell.
    if (![url, ...tree.pageUrls].some(isOnlyOurs)) return false;
    return await this.#attach({ targetId: id, url, isNew: false }, async () => {
      const key = readStorageKey(await api.send({ targetId: id }, "Storage.getStorageKey").catch(() => undefined));
      const site = key === undefined ? undefined : topLevelSite(key);
      return site !== undefined && isOnlyOurs(site);
    });
  }

  /** False where it is not attached to in the end. */
  async #attach({ targetId, url, isNew }: Worker, isOurs?: () => Promise<boolean>): Promise<boolean> {
    const { tree, attachments, begin } = this.#edges;
    if (this.#attached.has(targetId) || tree.hasTarget(targetId)) return true;
    const life = this.#life;
    this.#attached.set(targetId, url);
    // Before it is attached: where another page of ours is quicker, its events come from then on.
    if (isOurs === undefined) tree.addRoot({ targetId }, "shared worker", url, !isNew);
    const known = await attachments.attach({ targetId });
    const isWanted = known !== undefined && (isOurs === undefined || (await isOurs()));
    // The capture has ended meanwhile; where it has begun anew, and attached again, that is this attachment.
    if (this.#life !== life) {
      if (known !== undefined && !this.#attached.has(targetId)) await attachments.detach({ targetId });
      return false;
    }
    // Meanwhile Chrome may have attached us by itself.
    if (known !== undefined && isWanted && this.#attached.has(targetId)) {
      if (isOurs !== undefined) tree.addRoot({ targetId }, "shared worker", url, true);
      // A worker that is busy answers late: the others are not to wait for it.
      void begin(targetId, known).then(() => {
        if (this.#life === life) this.#isCertain(targetId);
      });
      return true;
    }
    this.#attached.delete(targetId);
    tree.removeRoot({ targetId });
    if (known !== undefined) await attachments.detach({ targetId });
    return false;
  }

  #isCertain(targetId: string): void {
    this.#tellUncertain(this.#uncertain.filter((one) => one.targetId !== targetId));
  }

  #tellUncertain(workers: readonly UncertainWorker[]): void {
    if (workers.length === this.#uncertain.length && workers.every(({ targetId }, i) => targetId === this.#uncertain[i]?.targetId)) return;
    this.#uncertain = workers;
    this.#edges.uncertain(workers);
  }
}

const originOf = (url: string): string => URL.parse(url)?.origin ?? "";

/** Chrome names a service worker by this title; its type is `worker`, as a shared worker's. A dedicated one's is `other`. */
const isSharedWorker = ({ type, title, url }: BrowserTarget): boolean => type === "worker" && title !== `Service Worker ${url}`;
