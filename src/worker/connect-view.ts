import type { ToEngineView } from "../contract/calls.ts";
import { CONTRACT_VERSION, type ToEngine } from "../contract/wire.ts";
import type { Engine } from "../engine/engine.ts";
import type { Faults } from "../model/faults.ts";

/** Gives a view its wire to the engine; one of another release is turned away. */
export function connectView(engine: Engine, { version, port }: Extract<ToEngine, { type: "view" }>, faults: Faults): void {
  if (version !== CONTRACT_VERSION) return port.close();
  engine.addView({ send: (message) => port.postMessage(message), close: () => port.close() }, (view) => {
    port.onmessage = ({ data }: MessageEvent<ToEngineView>) => view.receive(data);
    port.onmessageerror = () => faults.addTold("a message that cannot be read");
    // The panel's page went: Chrome tells it on the port.
    port.addEventListener("close", view.end);
  });
}
