import type { CaptureState, FromCapture, ToCapture } from "../engine/contract.ts";

/** The view's end of its wire to the capture. Owns the port. */
export class CaptureClient {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  listen(changed: (state: CaptureState) => void): void {
    this.#port.onmessage = (event: MessageEvent<FromCapture>) => changed(event.data.capture);
    this.#port.addEventListener("close", () =>
      changed({
        state: "stopped",
        why: "The capture has ended. Close DevTools and open it again.",
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

  end(): void {
    this.#port.onmessage = null;
    this.#port.close();
  }

  #send(message: ToCapture): void {
    this.#port.postMessage(message);
  }
}
