/** What the debugger is attached to by itself: a tab, or a target that belongs to none, as a shared worker. */
export type Debuggee = { readonly tabId: number } | { readonly targetId: string };

/** Where an event came from: a debuggee itself, or with `sessionId` one of its frames and workers (flat sessions). */
export interface DebugSource {
  readonly tabId?: number | undefined;
  readonly targetId?: string | undefined;
  readonly sessionId?: string | undefined;
}

/** A target of the whole browser, as `chrome.debugger.getTargets` tells it. Shared and service workers are `worker`. */
export interface BrowserTarget {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly url: string;
  /** Of a page: the tab that shows it. */
  readonly tabId?: number | undefined;
}

export type EventListener = (source: DebugSource, method: string, params: unknown) => void;
export type DetachListener = (source: DebugSource, reason: string) => void;

/** `chrome.debugger`, as far as the capture needs it. Every promise rejects with Chrome's own sentence. */
export interface DebuggerApi {
  /** The id of this extension: its own pages are told by it. */
  readonly ownId: string;
  attach(debuggee: Debuggee): Promise<void>;
  detach(debuggee: Debuggee): Promise<void>;
  send(source: DebugSource, method: string, params?: object): Promise<unknown>;
  targets(): Promise<readonly BrowserTarget[]>;
  /** Each answers the function that takes the listener away. */
  onEvent(listener: EventListener): () => void;
  onDetach(listener: DetachListener): () => void;
  onTabOpened(listener: (tabId: number) => void): () => void;
}

const PROTOCOL_VERSION = "1.3";

export const chromeDebugger: DebuggerApi = {
  get ownId() {
    return chrome.runtime.id;
  },
  attach: (debuggee) => chrome.debugger.attach(debuggee, PROTOCOL_VERSION),
  detach: (debuggee) => chrome.debugger.detach(debuggee),
  send: (source, method, params) =>
    chrome.debugger.sendCommand(source as chrome.debugger.DebuggerSession, method, params as Record<string, unknown>),
  targets: () => chrome.debugger.getTargets(),
  onEvent: (listener) => {
    const heard = (source: chrome.debugger.DebuggerSession, method: string, params?: object): void =>
      listener(source, method, params);
    chrome.debugger.onEvent.addListener(heard);
    return () => chrome.debugger.onEvent.removeListener(heard);
  },
  onDetach: (listener) => {
    const heard = (source: chrome.debugger.Debuggee, reason: string): void => listener(source, reason);
    chrome.debugger.onDetach.addListener(heard);
    return () => chrome.debugger.onDetach.removeListener(heard);
  },
  onTabOpened: (listener) => {
    const heard = ({ id }: chrome.tabs.Tab): void => {
      if (id !== undefined) listener(id);
    };
    chrome.tabs.onCreated.addListener(heard);
    return () => chrome.tabs.onCreated.removeListener(heard);
  },
};
