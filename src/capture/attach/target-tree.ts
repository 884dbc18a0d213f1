import type { Target, TargetType } from "../../model/connection.ts";
import type { AttachedTarget } from "../sources/cdp-events.ts";
import type { Debuggee, DebugSource } from "../debugger-api.ts";

/** One target that CDP speaks to, under a key that outlives a detach and attach. */
export interface Session {
  readonly key: string;
  readonly targetKey: string;
}

const TYPES: Readonly<Record<string, TargetType>> = {
  page: "page",
  iframe: "frame",
  worker: "worker",
  service_worker: "service worker",
  shared_worker: "shared worker",
};

interface Root {
  readonly type: "page" | "popup" | "shared worker";
  readonly isEarlier: boolean;
  session: Session;
  url: string;
  /** What a popup shows first goes by the popup's own key, so that it is known already who opens a socket before it is known what. */
  firstOrigin?: string;
}

interface Child extends Session {
  readonly type: string;
  readonly root: string;
  readonly isPage: boolean;
  readonly isEarlier: boolean;
  url: string;
}

/** The debuggees of a capture, and the frames and workers in them that have a session of their own. */
export class TargetTree {
  readonly #onTarget: (target: Target) => void;
  readonly #roots = new Map<string, Root>();
  readonly #children = new Map<string, Child>();

  /** `onTarget` is told of each target before anything else speaks of it. */
  constructor(onTarget: (target: Target) => void) {
    this.#onTarget = onTarget;
  }

  /** Whether an event is this capture's: every page of the extension hears the events of every debuggee. */
  has(source: DebugSource): boolean {
    return this.#roots.has(rootKey(source));
  }

  /**
   * Adds a debuggee. A page is named once it is known what it shows (`setPage`), a popup then too; `url` names a shared worker.
   * `isEarlier`: it ran before, so it may have sockets already.
   */
  addRoot(debuggee: Debuggee, type: Root["type"], url = "", isEarlier = type === "page"): void {
    const key = rootKey(debuggee);
    this.#roots.set(key, { type, isEarlier, session: { key, targetKey: key }, url });
    if (type !== "page") this.#onTarget({ key, type, url });
  }

  /** Forgets a debuggee with all in it; answers the keys of their sessions. */
  removeRoot(debuggee: DebugSource): string[] {
    const root = rootKey(debuggee);
    const sessions = [...this.#children].filter(([, child]) => child.root === root);
    for (const [sessionId] of sessions) this.#children.delete(sessionId);
    return this.#roots.delete(root) ? [root, ...sessions.map(([, { key }]) => key)] : [];
  }

  /**
   * A tab shows the page at `url`; answers the key of its session. Pages of one origin are one target: a reload does
   * not make another.
   */
  setPage(source: DebugSource, url: string): string {
    const key = rootKey(source);
    const root = this.#roots.get(key);
    if (root === undefined || root.type === "shared worker") return key;
    const origin = URL.parse(url)?.origin ?? url;
    if (root.type === "popup") root.firstOrigin ??= origin;
    const targetKey = root.type === "page" ? `page:${origin}` : origin === root.firstOrigin ? key : `popup:${key}:${origin}`;
    root.session = { key, targetKey };
    root.url = url;
    this.#onTarget({ key: targetKey, type: root.type, url });
    return key;
  }

  add(source: DebugSource, target: AttachedTarget): void {
    const { sessionId, targetId, type, url, isNew } = target;
    const isPage = type === "iframe" || type === "page";
    this.#children.set(sessionId, { key: targetId, targetKey: targetId, type, root: rootKey(source), url, isPage, isEarlier: !isNew });
    this.#onTarget({ key: targetId, type: TYPES[type] ?? "other", url });
  }

  /**
   * A child's own frame (its id is the target's) is now at `url`; answers the key of its session. A frame inside it is
   * no news: undefined.
   */
  setUrl(sessionId: string, frameId: string, url: string): string | undefined {
    const child = this.#children.get(sessionId);
    if (child?.key !== frameId) return undefined;
    child.url = url;
    this.#onTarget({ key: child.targetKey, type: "frame", url });
    return child.key;
  }

  /** Forgets a child; answers the key of its session. */
  remove(sessionId: string): string | undefined {
    const child = this.#children.get(sessionId);
    this.#children.delete(sessionId);
    return child?.key;
  }

  /** Whether Chrome itself has attached us to this target, as it does to frames and to most workers. */
  hasTarget(targetId: string): boolean {
    for (const { key } of this.#children.values()) if (key === targetId) return true;
    return false;
  }

  /** The frames and workers in a debuggee, as Chrome told of them. */
  childrenOf(debuggee: Debuggee): AttachedTarget[] {
    const children = [...this.#children].filter(([, { root }]) => root === rootKey(debuggee));
    return children.map(([sessionId, { key, type, url }]) => ({ sessionId, targetId: key, type, url, isNew: false }));
  }

  /** What the tab and its popups show. */
  get pageUrls(): string[] {
    return [...this.#roots.values()].flatMap(({ type, url }) => (type === "shared worker" ? [] : url));
  }

  /** The same, with the frames that have a session of their own: only documents use shared workers. */
  get documentUrls(): string[] {
    return [...this.pageUrls, ...[...this.#children.values()].flatMap(({ isPage, url }) => (isPage ? url : []))];
  }

  /** The tab and its popups. */
  get tabs(): ReadonlySet<number> {
    return new Set(this.roots.flatMap((root) => ("tabId" in root ? root.tabId : [])));
  }

  get roots(): Debuggee[] {
    return [...this.#roots.keys()].map(sourceOf);
  }

  /** Whether a target shows documents, so that commands of the Page domain are for it. */
  isPage({ sessionId, ...root }: DebugSource): boolean {
    if (sessionId !== undefined) return this.#children.get(sessionId)?.isPage === true;
    return this.#roots.get(rootKey(root))?.type !== "shared worker";
  }

  /** Whether a target ran before we attached, so that it may have sockets of which no event told. */
  isEarlier({ sessionId, ...root }: DebugSource): boolean {
    const known = sessionId === undefined ? this.#roots.get(rootKey(root)) : this.#children.get(sessionId);
    return known?.isEarlier === true;
  }

  /** Whether a target goes on when the page goes elsewhere. */
  outlivesPage({ sessionId }: DebugSource): boolean {
    return sessionId !== undefined && this.#children.get(sessionId)?.type === "service_worker";
  }

  /** Every session there is, to send a command to each. */
  get sources(): DebugSource[] {
    return [...this.roots, ...[...this.#children].map(([sessionId, { root }]) => ({ ...sourceOf(root), sessionId }))];
  }

  /** What a source is, and what it shows or runs; undefined where it is gone. */
  kindOf({ sessionId, ...root }: DebugSource): { readonly type: TargetType; readonly url: string } | undefined {
    if (sessionId === undefined) return this.#roots.get(rootKey(root));
    const child = this.#children.get(sessionId);
    return child && { type: TYPES[child.type] ?? "other", url: child.url };
  }

  /** Where commands go for the worker of this script. */
  workerOf(url: string): DebugSource | undefined {
    return this.sources.find((source) => !this.isPage(source) && this.kindOf(source)?.url === url);
  }

  /** The session of an event's source; one that is not known counts as a target of its own. */
  sessionOf(source: DebugSource): Session {
    const { sessionId } = source;
    const key = sessionId ?? rootKey(source);
    const known = sessionId === undefined ? this.#roots.get(key)?.session : this.#children.get(sessionId);
    return known ?? { key, targetKey: key };
  }
}

const TAB = "tab ";

const rootKey = ({ tabId, targetId }: DebugSource): string => (tabId === undefined ? (targetId ?? "") : `${TAB}${tabId}`);

function sourceOf(root: string): Debuggee {
  return root.startsWith(TAB) ? { tabId: Number(root.slice(TAB.length)) } : { targetId: root };
}
