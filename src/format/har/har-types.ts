/**
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) as far as a WebSocket fills it, with the extra keys, all
 * beginning with an underscore, that Chrome DevTools and others read. docs/har-mapping.md has every field.
 */
export interface HarPair {
  readonly name: string;
  readonly value: string;
}

export interface HarCookie extends HarPair {
  readonly path?: string;
  readonly domain?: string;
  /** ISO 8601. */
  readonly expires?: string;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
  readonly sameSite?: string;
}

/** What stands of an entry before its messages. */
export interface HarEntryHead {
  readonly startedDateTime: string;
  readonly comment?: string;
  readonly _resourceType: "websocket" | "eventsource";
  readonly _initiator?: HarInitiator;
  readonly _target?: { readonly type: string; readonly url: string };
  readonly request: {
    readonly method: "GET";
    readonly url: string;
    readonly httpVersion: string;
    readonly headers: readonly HarPair[];
    readonly queryString: readonly HarPair[];
    readonly cookies: readonly HarCookie[];
    readonly headersSize: number;
    readonly bodySize: number;
  };
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    readonly httpVersion: string;
    readonly headers: readonly HarPair[];
    readonly cookies: readonly HarCookie[];
    readonly content: { readonly size: number; readonly mimeType: string };
    readonly redirectURL: string;
    readonly headersSize: number;
    readonly bodySize: number;
    readonly _error?: string;
  };
  readonly cache: Readonly<Record<string, never>>;
}

/** What stands after them, because it is known only then. */
export interface HarEntryTail {
  /** Milliseconds. */
  readonly time: number;
  readonly timings: {
    readonly blocked: number;
    readonly dns: number;
    readonly connect: number;
    readonly ssl: number;
    readonly send: number;
    readonly wait: number;
    readonly receive: number;
  };
  /**
   * As HTTP Toolkit writes it. `timestamp`: seconds since 1970. Chrome itself reports no code and no reason: they are there
   * where closings were observed. `aborted`: there was no close frame.
   */
  readonly _webSocketClose?: HarClose | "aborted";
}

export interface HarClose {
  readonly code?: number;
  readonly reason?: string;
  readonly timestamp?: number;
}

/** As Chrome's Protocol.Network.Initiator; lines and columns from 0. */
export interface HarInitiator {
  readonly type: "script";
  readonly stack: {
    readonly callFrames: readonly {
      readonly functionName: string;
      readonly scriptId: string;
      readonly url: string;
      readonly lineNumber: number;
      readonly columnNumber: number;
    }[];
  };
}
