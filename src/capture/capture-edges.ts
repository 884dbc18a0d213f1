import type { CaptureBatch } from "../model/capture-batch.ts";
import type { SilentSockets } from "../model/connection.ts";
import type { RulesInForce } from "../model/rules-in-force.ts";
import type { RuleInForce } from "../model/network-rule.ts";
import type { UncertainWorker } from "../model/shared-worker.ts";
import type { Stop } from "./attach/attach-errors.ts";
import type { DebuggerApi } from "./debugger-api.ts";
import type { KnownSessions } from "./attach/known-sessions.ts";
import type { ObserverNames } from "./sources/closing-observer.ts";
import type { Lease } from "./attach/lease.ts";
import type { HeldHttp } from "./attach/session-commands.ts";

export type TabCaptureState =
  | { readonly state: "starting" }
  | { readonly state: "capturing" }
  | { readonly state: "paused"; readonly passed: number }
  | ({ readonly state: "stopped" } & Stop);

/** What the user may change while a capture runs. */
export interface CaptureSettings {
  /** Whether a navigation keeps the log. */
  readonly keepLog: boolean;
  readonly capturePopups: boolean;
  readonly observeClosings: boolean;
}

/** What a capture needs from outside. */
export interface CaptureEdges {
  readonly debugger: DebuggerApi;
  /** Sends a batch to the engine; its buffers can be transferred. */
  readonly send: (batch: CaptureBatch) => void;
  readonly onState: (state: TabCaptureState) => void;
  readonly onSilent: (silent: SilentSockets) => void;
  /** Which shared workers of the tab's origins run of which it is not known whether the tab uses them, when that changes. */
  readonly onUncertainWorkers: (workers: readonly UncertainWorker[]) => void;
  /** Whether the page opens tabs that are not captured, since the user has not asked for that; when it changes. */
  readonly onOpensTabs: (opensTabs: boolean) => void;
  /** Which network rules are in force, when that changes. */
  readonly onRules: (rules: readonly RuleInForce[]) => void;
  /** Which message rules are in force and what they did, when that changes. */
  readonly onMessageRules: (rules: RulesInForce) => void;
  /** Calls back soon, never by a timer: those of a hidden page are throttled. */
  readonly soon: (callback: () => void) => void;
  /** Calls back late rather than never; for what only bounds a wait. */
  readonly later: (callback: () => void, milliseconds: number) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A name of letters and digits that no page can guess, another one each time. */
  readonly drawName: () => string;
  readonly settings: () => CaptureSettings;
  /** Sees to it that the debugger is detached when this page dies, and not before another page needs it no more. */
  readonly lease: Lease;
  readonly sessions: KnownSessions;
  /** What the observer of closings is called; known before the capture begins. */
  readonly observerNames: () => ObserverNames;
  /** The tab shows the page of ours from which connections without a page are opened: our own policy, which forbids them, is lifted there. */
  readonly liftsPolicy?: boolean;
  /** What Chrome is to keep of HTTP, where somebody asks for it; left out: nothing. */
  readonly heldHttp?: HeldHttp;
  /** DevTools' own log, a HAR; undefined where there is no DevTools. */
  readonly readDevToolsLog?: () => Promise<unknown>;
}
