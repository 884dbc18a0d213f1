import type { Ability, CaptureState, FromCapture, ToCapture } from "../contract/capturing.ts";
import { assertNever } from "../model/assert-never.ts";
import type { BrowserTab } from "../model/browser-tab.ts";
import type { Initiator, SilentSockets } from "../model/connection.ts";
import { say } from "../model/said.ts";
import type { Fault } from "../model/faults.ts";
import type { UncertainWorker } from "../model/shared-worker.ts";

export interface CaptureListeners {
  readonly changed: (state: CaptureState) => void;
  readonly silent: (silent: SilentSockets) => void;
  readonly abilities: (abilities: readonly Ability[]) => void;
  /** The engine is another one, at the other end of this port. */
  readonly engine: (port: MessagePort) => void;
  readonly faults: (faults: readonly Fault[]) => void;
  readonly tabs: (tabs: readonly BrowserTab[], captured: BrowserTab | null) => void;
  readonly uncertainWorkers: (workers: readonly UncertainWorker[]) => void;
}

/** The view's end of its wire to the capture. Owns the port. */
export class CaptureClient {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  listen({ changed, silent, abilities, tabs, engine, faults, uncertainWorkers }: CaptureListeners): void {
    this.#port.onmessage = ({ data }: MessageEvent<FromCapture>) => {
      switch (data.type) {
        case "capture":
          abilities(data.abilities);
          silent(data.silent);
          return changed(data.capture);
        case "tabs":
          return tabs(data.tabs, data.captured);
        case "engine":
          return engine(data.port);
        case "faults":
          return faults(data.faults);
        case "uncertain workers":
          return uncertainWorkers(data.workers);
        default:
          assertNever(data);
      }
    };
    this.#port.addEventListener("close", () =>
      changed({
        state: "stopped",
        why: say("panel.capture-ended"),
        canResume: false,
      }),
    );
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

  captureWorker({ targetId }: UncertainWorker): void {
    this.#send({ type: "capture worker", targetId });
  }

  dismissWorker({ targetId }: UncertainWorker): void {
    this.#send({ type: "dismiss worker", targetId });
  }

  end(): void {
    this.#port.onmessage = null;
    this.#port.close();
  }

  #send(message: ToCapture): void {
    this.#port.postMessage(message);
  }
}
