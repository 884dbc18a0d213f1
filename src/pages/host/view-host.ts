import type { CaptureState, FromCapture, ToCapture } from "../../contract/capturing.ts";
import { CONTRACT_VERSION, type PanelWires } from "../../contract/wire.ts";
import { assertNever } from "../../model/assert-never.ts";
import { say } from "../../model/said.ts";
import type { Faults } from "../../model/faults.ts";
import type { EngineState, EngineThread } from "./engine-supervisor.ts";

/** What the views of an engine are about, and what their buttons do. */
export interface ViewSource {
  /** All that a view must know of it, for one that is new. */
  readonly told: readonly FromCapture[];
  /** `answer` tells the view that asked. */
  receive(message: ToCapture, answer: (message: FromCapture) => void): void;
}

/** Gives windows that show the panel their wires to one engine and one source, and tells all of them what it says. */
export class ViewHost {
  readonly #engine: EngineThread;
  readonly #source: ViewSource;
  readonly #faults: Faults;
  readonly #ports = new Set<MessagePort>();
  /** By document: a window that is loaded again is the same window. */
  readonly #wired = new WeakSet<Document>();

  /** `faults`: those of the page that captures. */
  constructor(engine: EngineThread, source: ViewSource, faults: Faults) {
    this.#engine = engine;
    this.#source = source;
    this.#faults = faults;
    faults.listen(() => this.tell({ type: "faults", faults: faults.list }));
  }

  /** Connects a window that shows the panel, at once or when it has loaded: its script listens by then. */
  connect(view: Window): void {
    if (view.document.readyState === "complete") this.wire(view);
    else view.addEventListener("load", () => this.wire(view), { once: true });
  }

  tell(message: FromCapture): void {
    for (const port of this.#ports) port.postMessage(message);
  }

  /** The engine is another one: each view gets a wire to that. */
  rewire(): void {
    for (const port of this.#ports) {
      const engine = this.#engineWire();
      port.postMessage({ type: "engine", port: engine } satisfies FromCapture, [engine]);
    }
  }

  #engineWire(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#engine.postMessage({ type: "view", version: CONTRACT_VERSION, port: port2 }, [port2]);
    return port1;
  }

  /** Connects a window whose script listens, unless it is connected: other wires would end what it shows. */
  wire(view: Window): void {
    if (this.#wired.has(view.document)) return;
    this.#wired.add(view.document);
    const engine = this.#engineWire();
    const toSource = new MessageChannel();
    const port = toSource.port2;
    port.onmessage = ({ data }: MessageEvent<ToCapture>) => this.#source.receive(data, (message) => port.postMessage(message));
    port.addEventListener("close", () => this.#ports.delete(port));
    this.#ports.add(port);
    for (const message of this.#source.told) port.postMessage(message);
    if (this.#faults.list.length > 0) port.postMessage({ type: "faults", faults: this.#faults.list } satisfies FromCapture);
    const wires: PanelWires = { type: "framescope-wires", version: CONTRACT_VERSION, engine, capture: toSource.port1 };
    view.postMessage(wires, location.origin, [engine, toSource.port1]);
  }
}

/** What a view is told of a capture: while its engine is not there, that is what it must know first. */
export function withEngine(engine: EngineState, capture: CaptureState): CaptureState {
  // Nothing is recorded anyway.
  if (capture.state === "stopped" || (capture.state === "paused" && engine !== "given up")) return capture;
  switch (engine) {
    case "running":
      return capture;
    case "silent":
      return { state: "waiting", why: say("pages.silent") };
    case "starting again":
      return { state: "waiting", why: say("pages.restarting") };
    case "given up":
      return { state: "stopped", why: say("pages.gave-up"), canResume: true };
    default:
      return assertNever(engine);
  }
}
