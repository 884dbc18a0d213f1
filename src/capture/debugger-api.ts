/** A target of one tab: the tab itself, or with `sessionId` one of its frames and workers (flat sessions, Chrome 125). */
export interface DebugSource {
  readonly tabId?: number | undefined;
  readonly sessionId?: string | undefined;
}

export type EventListener = (source: DebugSource, method: string, params: unknown) => void;
export type DetachListener = (source: DebugSource, reason: string) => void;

/** `chrome.debugger`, as far as the capture needs it. Every promise rejects with Chrome's own sentence. */
export interface DebuggerApi {
  attach(tabId: number): Promise<void>;
  detach(tabId: number): Promise<void>;
  send(source: DebugSource, method: string, params?: object): Promise<unknown>;
  /** Each answers the function that takes the listener away. */
  onEvent(listener: EventListener): () => void;
  onDetach(listener: DetachListener): () => void;
}

const PROTOCOL_VERSION = "1.3";

export const chromeDebugger: DebuggerApi = {
  attach: (tabId) => chrome.debugger.attach({ tabId }, PROTOCOL_VERSION),
  detach: (tabId) => chrome.debugger.detach({ tabId }),
  send: (source, method, params) =>
    chrome.debugger.sendCommand(source as chrome.debugger.DebuggerSession, method, params as Record<string, unknown>),
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
};
