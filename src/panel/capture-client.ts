import type { Ability, CaptureState, FromCapture, ToCapture } from "../contract/capturing.ts";
import type { LiveCall, LiveCallName, LiveCalls } from "../contract/live.ts";
import { assertNever } from "../model/assert-never.ts";
import type { BrowserTab } from "../model/browser-tab.ts";
import type { Initiator, SilentSockets } from "../model/connection.ts";
import type { RulesInForce } from "../model/rules-in-force.ts";
import type { RuleInForce } from "../model/network-rule.ts";
import { Refusal } from "../model/refusal.ts";
import { say, type Told } from "../model/said.ts";
import type { Fault } from "../model/faults.ts";
import type { UncertainWorker } from "../model/shared-worker.ts";

export interface CaptureListeners {
  readonly changed: (state: CaptureState) => void;
  readonly silent: (silent: SilentSockets) => void;
  readonly opensTabs: (opensTabs: boolean) => void;
  readonly abilities: (abilities: readonly Ability[]) => void;
  /** The engine is another one, at the other end of this port. */
  readonly engine: (port: MessagePort) => void;
  readonly faults: (faults: readonly Fault[]) => void;
  readonly tabs: (tabs: readonly BrowserTab[], captured: BrowserTab | null) => void;
  readonly rules: (rules: readonly RuleInForce[]) => void;
  readonly messageRules: (rules: RulesInForce) => void;
  readonly uncertainWorkers: (workers: readonly UncertainWorker[]) => void;
}

/** The view's end of its wire to the capture. Owns the port. */
export class CaptureClient {
  readonly #port: MessagePort;
  readonly #pending = new Map<number, PromiseWithResolvers<never>>();
  #lastId = 0;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  listen({ changed, silent, opensTabs, abilities, tabs, engine, faults, rules, messageRules, uncertainWorkers }: CaptureListeners): void {
    this.#port.onmessage = ({ data }: MessageEvent<FromCapture>) => {
      switch (data.type) {
        case "capture":
          abilities(data.abilities);
          silent(data.silent);
          opensTabs(data.opensTabs);
          return changed(data.capture);
        case "tabs":
          return tabs(data.tabs, data.captured);
        case "engine":
          return engine(data.port);
        case "faults":
          return faults(data.faults);
        case "uncertain workers":
          return uncertainWorkers(data.workers);
        case "network rules":
          return rules(data.rules);
        case "message rules":
          return messageRules(data.rules);
        case "live answer":
          return this.#settle(data.id, ({ resolve }) => resolve(data.value as never));
        case "live refused":
          return this.#settle(data.id, ({ reject }) => reject(new Refusal(data.why)));
        default:
          assertNever(data);
      }
    };
    this.#port.addEventListener("close", () => {
      const why = say("panel.capture-ended");
      changed({ state: "stopped", why, canResume: false });
      this.#refuse(why);
    });
  }

  /** What the view shows first is on the screen. */
  drawn(): void {
    this.#send({ type: "drawn" });
  }

  pause(): void {
    this.#send({ type: "pause" });
  }

  resume(): void {
    this.#send({ type: "resume" });
  }

  reloadPage(): void {
    this.#send({ type: "reload page" });
  }

  openExtensionPage(): void {
    this.#send({ type: "open extension page" });
  }

  findSilentSockets(): void {
    this.#send({ type: "find silent sockets" });
  }

  openSource({ url, line, column }: Initiator): void {
    this.#send({ type: "open source", url, line, column });
  }

  listTabs(): void {
    this.#send({ type: "list tabs" });
  }

  chooseTab(tabId: number): void {
    this.#send({ type: "choose tab", tabId });
  }

  chooseNoPage(): void {
    this.#send({ type: "choose no page" });
  }

  captureWorker({ targetId }: UncertainWorker): void {
    this.#send({ type: "capture worker", targetId });
  }

  dismissWorker({ targetId }: UncertainWorker): void {
    this.#send({ type: "dismiss worker", targetId });
  }

  /** Has the capture do something with a connection; rejects with its refusal. */
  live<Name extends LiveCallName>(name: Name, argument: Parameters<LiveCalls[Name]>[0]): Promise<ReturnType<LiveCalls[Name]>> {
    const id = ++this.#lastId;
    const pending = Promise.withResolvers<never>();
    this.#pending.set(id, pending);
    this.#send({ type: "live", id, name, argument } as LiveCall);
    return pending.promise;
  }

  end(): void {
    this.#port.onmessage = null;
    this.#port.close();
    this.#refuse(say("panel.closed"));
  }

  #settle(id: number, use: (pending: PromiseWithResolvers<never>) => void): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (pending !== undefined) use(pending);
  }

  #refuse(why: Told): void {
    for (const { reject } of this.#pending.values()) reject(new Refusal(why));
    this.#pending.clear();
  }

  #send(message: ToCapture): void {
    this.#port.postMessage(message);
  }
}
