import type { FromEngineWorker } from "../../contract/wire.ts";

/** The sandboxed page: manifest.json names it, so Chrome gives it an origin of its own and nothing of the extension. */
const SANDBOX = "/src/pages/own-decoders/index.html";

/** The threads of the user's own decoders, each in a sandboxed page within this one. */
export class OwnThreads {
  readonly #frames = new Map<string, HTMLIFrameElement>();

  start({ id, port }: Extract<FromEngineWorker, { type: "start own thread" }>): void {
    const frame = document.createElement("iframe");
    frame.hidden = true;
    frame.src = SANDBOX;
    // Its origin has no name that could be asked for; nobody else is in that frame.
    frame.addEventListener("load", () => frame.contentWindow?.postMessage("framescope-own-thread", "*", [port]), { once: true });
    this.#frames.set(id, frame);
    document.documentElement.append(frame);
  }

  end(id: string): void {
    this.#frames.get(id)?.remove();
    this.#frames.delete(id);
  }

  endAll(): void {
    for (const id of this.#frames.keys()) this.end(id);
  }
}
