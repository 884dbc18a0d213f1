import { CONTRACT_VERSION, type PanelWires } from "../contract/wire.ts";
import { Faults, hearFaults } from "../model/faults.ts";
import { keptArea } from "./ahead.ts";
import { CaptureClient } from "./capture-client.ts";
import { afterPaint, EngineClient } from "./engine-client.ts";
import { PanelSession, type SessionParts } from "./state/panel-session.ts";

/** A session that has begun: `known` resolves once what is kept from before is. */
export interface BegunSession {
  readonly session: PanelSession;
  readonly known: Promise<void>;
}

interface Drawing {
  /** Another session took the place of the one before. */
  readonly draw: (begun: BegunSession) => void;
  /** The page that captures is of another version. */
  readonly outdated: () => void;
}

/**
 * What a panel's window is about, from wires to wires. A session begins as soon as its wires come, before anything can be
 * drawn: its first rows are asked for, and most often here, while the script that draws them is still on its way.
 */
export class Sessions {
  readonly faults = new Faults("panel");
  readonly #openCapture: SessionParts["openCapture"];
  readonly #area = keptArea();
  #begun: BegunSession | "outdated" | undefined;
  #drawing: Drawing | undefined;
  readonly #received = (event: MessageEvent<unknown>): void => {
    if (event.origin === location.origin && isPanelWires(event.data)) this.#receive(event.data);
  };

  /** Listens for wires from now on. */
  constructor({ openCapture }: Pick<SessionParts, "openCapture">) {
    this.#openCapture = openCapture;
    hearFaults(window, this.faults);
    addEventListener("message", this.#received);
  }

  /** Whether a session is still the one that is to be seen. */
  isNow({ session }: BegunSession): boolean {
    return typeof this.#begun === "object" && this.#begun.session === session;
  }

  /** Has each session drawn, at once the one that has begun. */
  drawBy(drawing: Drawing): void {
    this.#drawing = drawing;
    this.#show();
  }

  end(): void {
    removeEventListener("message", this.#received);
    this.#endSession();
  }

  #endSession(): void {
    if (typeof this.#begun === "object") this.#begun.session.end();
    this.#begun = undefined;
  }

  #receive({ version, engine, capture }: PanelWires): void {
    this.#endSession();
    this.#begun = version === CONTRACT_VERSION ? this.#begin(engine, capture) : "outdated";
    this.#show();
  }

  #begin(engine: MessagePort, capture: MessagePort): BegunSession {
    const session = new PanelSession({
      engine: new EngineClient(engine, afterPaint),
      capture: new CaptureClient(capture),
      area: this.#area,
      saveFile: async (file) => await (await import("./save-file.ts")).saveFile(file),
      writeClipboard: async (text) => await (await import("./write-clipboard.ts")).writeClipboard(text),
      openCapture: this.#openCapture,
      faults: this.faults,
    });
    return { session, known: session.begin() };
  }

  #show(): void {
    if (this.#begun === "outdated") this.#drawing?.outdated();
    else if (this.#begun !== undefined) this.#drawing?.draw(this.#begun);
  }
}

function isPanelWires(data: unknown): data is PanelWires {
  return typeof data === "object" && data !== null && (data as Partial<PanelWires>).type === "framescope-wires";
}
