import { CONTRACT_VERSION, type BatchDone, type FromCapture, type PanelWires, type ToCapture, type ToEngine } from "../../engine/contract.ts";

/** The engine's worker, as far as its owner speaks to it. */
export interface EngineThread {
  postMessage(message: ToEngine, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<BatchDone>) => void) | null;
}

/** What the views of an engine are about, and what their buttons do. */
export interface ViewSource {
  /** All that a view must know of it, for one that is new. */
  readonly told: readonly FromCapture[];
  receive(message: ToCapture): void;
}

/** Gives windows that show the panel their wires to one engine and one source, and tells all of them what it says. */
export class ViewHost {
  readonly #engine: EngineThread;
  readonly #source: ViewSource;
  readonly #ports = new Set<MessagePort>();

  constructor(engine: EngineThread, source: ViewSource) {
    this.#engine = engine;
    this.#source = source;
  }

  /** Connects a window that shows the panel, at once or when it has loaded: its script listens by then. */
  connect(view: Window): void {
    if (view.document.readyState === "complete") this.#wire(view);
    else view.addEventListener("load", () => this.#wire(view), { once: true });
  }

  tell(message: FromCapture): void {
    for (const port of this.#ports) port.postMessage(message);
  }

  #wire(view: Window): void {
    const toView = new MessageChannel();
    const toSource = new MessageChannel();
    this.#engine.postMessage({ type: "view", version: CONTRACT_VERSION, port: toView.port2 }, [toView.port2]);
    const port = toSource.port2;
    port.onmessage = ({ data }: MessageEvent<ToCapture>) => this.#source.receive(data);
    port.addEventListener("close", () => this.#ports.delete(port));
    this.#ports.add(port);
    for (const message of this.#source.told) port.postMessage(message);
    const wires: PanelWires = { type: "framescope-wires", version: CONTRACT_VERSION, engine: toView.port1, capture: toSource.port1 };
    view.postMessage(wires, location.origin, [toView.port1, toSource.port1]);
  }
}
