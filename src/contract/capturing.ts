import type { BrowserTab } from "../model/browser-tab.ts";
import type { SilentSockets } from "../model/connection.ts";
import type { Fault } from "../model/faults.ts";
import type { RulesInForce } from "../model/rules-in-force.ts";
import type { RuleInForce } from "../model/network-rule.ts";
import type { Told } from "../model/said.ts";
import type { LiveAnswer, LiveCall } from "./live.ts";
import type { UncertainWorker } from "../model/shared-worker.ts";

export type CaptureState =
  | { readonly state: "starting" }
  | { readonly state: "capturing" }
  /** `passed`: frames, so far, that are not recorded. */
  | { readonly state: "paused"; readonly passed: number }
  /** It goes on, and what comes waits: the engine does not answer, or is being started again. `why` says so. */
  | { readonly state: "waiting"; readonly why: Told }
  /** Nothing is captured here: a capture of before is looked at. `what` names it. */
  | { readonly state: "kept"; readonly what: Told }
  /** `why` says what happened and what to do; `canResume`: a Resume button makes sense. */
  | { readonly state: "stopped"; readonly why: Told; readonly canResume: boolean };

export type ToCapture =
  /** What the view shows first is on the screen. */
  | { readonly type: "drawn" }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  | { readonly type: "reload page" }
  /** Shows, in a tab of its own, what Chrome lets this extension do. */
  | { readonly type: "open extension page" }
  /** Looks through the page's memory for sockets from before; the page may stand still for some seconds. */
  | { readonly type: "find silent sockets" }
  /** Shows a script in DevTools' Sources panel; line and column from 1. Only with the ability of this name. */
  | { readonly type: "open source"; readonly url: string; readonly line: number; readonly column: number }
  /** Asks for the tabs there are; they come as `tabs`. Only with the ability “choose tab”, as the next two. */
  | { readonly type: "list tabs" }
  | { readonly type: "choose tab"; readonly tabId: number }
  /** Opens a page of ours, from which connections without a page are opened, and captures that. */
  | { readonly type: "choose no page" }
  /** The user says that a shared worker that was told as uncertain is the tab's, or does not want to be asked about it. */
  | { readonly type: "capture worker"; readonly targetId: string }
  | { readonly type: "dismiss worker"; readonly targetId: string }
  /** Only with the ability “send”. */
  | LiveCall;

/** What a view can do only on some pages: beside DevTools, on the app page, where a capture runs. What it cannot do it does not offer. */
export type Ability = "open source" | "choose tab" | "send";

export type FromCapture =
  /** `opensTabs`: the page opens tabs that are not captured, since the user has not asked for that. */
  | { readonly type: "capture"; readonly capture: CaptureState; readonly silent: SilentSockets; readonly opensTabs: boolean; readonly abilities: readonly Ability[] }
  /** The engine is another one: its wire. Calls that wait for the one before are not answered. */
  | { readonly type: "engine"; readonly port: MessagePort }
  /** Bugs that showed in the page that captures. */
  | { readonly type: "faults"; readonly faults: readonly Fault[] }
  /** `captured`: what this page captures, also once it is closed; null where it captures none. */
  | { readonly type: "tabs"; readonly tabs: readonly BrowserTab[]; readonly captured: BrowserTab | null }
  /** Shared workers that run and are not captured, since it is not known whether the tab uses them. */
  | { readonly type: "uncertain workers"; readonly workers: readonly UncertainWorker[] }
  /** What Chrome does to connections for the user. */
  | { readonly type: "network rules"; readonly rules: readonly RuleInForce[] }
  /** What is done to messages for the user. */
  | { readonly type: "message rules"; readonly rules: RulesInForce }
  /** To the view that asked alone. */
  | LiveAnswer;
