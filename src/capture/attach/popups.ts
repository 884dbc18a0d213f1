import type { Attachments } from "./attachments.ts";
import { readTargetInfo, type AttachedTarget } from "../sources/cdp-events.ts";
import type { Debuggee, DebuggerApi, DebugSource } from "../debugger-api.ts";

/** Past this, what Chrome does not answer counts as no. */
const MOST_WAIT_MS = 3000;
/** Openers that wait for their popup at the same time; what a page opens beyond that is announced together. */
const MOST_ANNOUNCED = 20;
/** Events of one tab that wait for the answer. */
const MOST_HELD = 5000;

export interface PopupEdges {
  readonly api: DebuggerApi;
  readonly attachments: Attachments;
  readonly later: (callback: () => void, milliseconds: number) => void;
  /** The captured tab and the popups that are captured with it. */
  readonly openers: () => readonly Debuggee[];
  /** Has a tab tell of its sockets. */
  readonly hear: (tab: Debuggee) => void;
  /** It is a popup of theirs, attached and heard. `known`: what Chrome has told already of what runs in it. */
  readonly begin: (popup: { readonly tabId: number }, known: readonly AttachedTarget[]) => void;
  /** An event of a popup, from before it was known as one. */
  readonly take: (source: DebugSource, method: string, params: unknown) => void;
  /** An event of a popup that is left out: too many came before it was known as one. */
  readonly lost: () => void;
}

/** A new tab, until Chrome has said who opened it. */
interface Asked {
  readonly events: { readonly source: DebugSource; readonly method: string; readonly params: unknown }[];
  left: number;
  isAttached: boolean;
}

/**
 * Which of the browser's new tabs a captured page has opened. Chrome alone knows: `Target.getTargetInfo` of the tab names
 * the target of its opener, of `noopener` ones too, and none where the user opened the tab. Neither the order of events
 * tells, nor `openerTabId` of `chrome.tabs`: a popup may be blocked, for a page in the background that opener is the tab
 * in front, and a tab that the user opens has one too.
 *
 * Only an attached tab can be asked. So that the user's own tabs are let be, a tab is asked only if it came up between a
 * captured page's `Page.windowOpen` and the moment when that page has gone on, be it that the popup is there or blocked.
 * What it does until Chrome has answered waits, and is recorded or thrown away then.
 */
export class Popups {
  readonly #edges: PopupEdges;
  readonly #asked = new Map<number, Asked>();
  /** Openers that wait for their popup: the targets of all captured tabs at that moment. */
  #announcements = new Set<Promise<ReadonlySet<string>>>();
  /** The last opener that found too many waiting. */
  #late: DebugSource | undefined;

  constructor(edges: PopupEdges) {
    this.#edges = edges;
  }

  /** A `Page.windowOpen` of a captured page, or of a frame in it. */
  async announced(source: DebugSource): Promise<void> {
    if (this.#announcements.size >= MOST_ANNOUNCED) {
      this.#late = source;
      return;
    }
    const { api, openers } = this.#edges;
    const announcement = Promise.all(openers().map((opener) => this.#ask(opener))).then((infos) => new Set(infos.flatMap((info) => info?.targetId ?? [])));
    this.#announcements.add(announcement);
    // The page stands still in `window.open` until Chrome has decided, and answers then: the tab was told of before.
    await this.#atMost(api.send(source, "Page.getFrameTree").then(() => api.targets()));
    this.#announcements.delete(announcement);
    const late = this.#late;
    this.#late = undefined;
    if (late !== undefined) await this.announced(late);
  }

  /** A new tab: attaches to it and begins where a captured page has opened it. */
  async opened(tabId: number): Promise<void> {
    if (this.#announcements.size === 0) return;
    const asked: Asked = { events: [], left: MOST_HELD, isAttached: false };
    this.#asked.set(tabId, asked);
    const isForgotten = (): boolean => this.#asked.get(tabId) !== asked;
    const popup = { tabId };
    const { attachments, hear, begin, take } = this.#edges;
    const openers = Promise.all(this.#announcements);
    const known = await attachments.attach(popup);
    if (isForgotten()) return known && attachments.detach(popup);
    if (known === undefined) {
      this.#asked.delete(tabId);
      return;
    }
    asked.isAttached = true;
    // At once: a new tab does not stand still.
    const answer = this.#ask(popup);
    hear(popup);
    const [info, ids] = (await this.#atMost(Promise.all([answer, openers]))) ?? [];
    if (isForgotten()) return;
    this.#asked.delete(tabId);
    const openerId = info?.openerId;
    if (openerId === undefined || ids?.some((one) => one.has(openerId)) !== true) return attachments.detach(popup);
    begin(popup, known);
    for (const { source, method, params } of asked.events) take(source, method, params);
  }

  /** Takes an event of a tab that was not captured until now. Another page of ours may have made it tell of its sockets. */
  hold(source: DebugSource, method: string, params: unknown): void {
    const asked = source.tabId === undefined ? undefined : this.#asked.get(source.tabId);
    if (asked === undefined) return;
    if (asked.left-- > 0) asked.events.push({ source, method, params });
    else this.#edges.lost();
  }

  /** Forgets all; answers what is attached only to be asked. */
  clear(): Debuggee[] {
    const attached = [...this.#asked].flatMap(([tabId, { isAttached }]) => (isAttached ? { tabId } : []));
    this.#announcements = new Set();
    this.#late = undefined;
    this.#asked.clear();
    return attached;
  }

  async #ask(debuggee: Debuggee): Promise<ReturnType<typeof readTargetInfo>> {
    return readTargetInfo(await this.#edges.api.send(debuggee, "Target.getTargetInfo").catch(() => undefined));
  }

  #atMost<T>(wait: Promise<T>): Promise<T | undefined> {
    const over = new Promise<undefined>((resolve) => this.#edges.later(() => resolve(undefined), MOST_WAIT_MS));
    return Promise.race([wait.catch(() => undefined), over]);
  }
}
