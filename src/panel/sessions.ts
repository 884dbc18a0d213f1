import { CONTRACT_VERSION, type PanelWires } from "../contract/wire.ts";
import { Faults, hearFaults } from "../model/faults.ts";
import { keptArea } from "./ahead.ts";
import { CaptureClient } from "./capture-client.ts";
import { afterPaint, EngineClient } from "./engine-client.ts";
import type { DroppedFiles } from "./import/dropped-files.ts";
import { PanelSession, type SessionParts } from "./state/panel-session.ts";

/** A session that has begun: `known` resolves once what is kept from before is. */
export interface BegunSession {
  readonly session: PanelSession;
  readonly known: Promise<void>;
}

interface SessionsParts extends Pick<SessionParts, "openCapture"> {
  /** The window's. It ends with the sessions. */
  readonly dropped: DroppedFiles;
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
  readonly #dropped: DroppedFiles;
  readonly #ended = new AbortController();
  #begun: BegunSession | "outdated" | undefined;
  #drawing: Drawing | undefined;

  /** Listens for wires from now on. */
  constructor({ openCapture, dropped }: SessionsParts) {
    this.#openCapture = openCapture;
    this.#dropped = dropped;
    const { signal } = this.#ended;
    signal.addEventListener("abort", hearFaults(window, this.faults));
    addEventListener(
      "message",
      (event: MessageEvent<unknown>) => {
        if (event.origin === location.origin && isPanelWires(event.data)) this.#receive(event.data);
      },
      { signal },
    );
  }

  /** Whether a session is still the one that is to be seen. */
  isNow({ session }: BegunSession): boolean {
    return typeof this.#begun === "object" && this.#begun.session === session;
  }

  /** Whether it is still to be seen that the page that captures is of another version. */
  get isOutdated(): boolean {
    return this.#begun === "outdated";
  }

  /** Has each session drawn, at once the one that has begun. */
  drawBy(drawing: Drawing): void {
    this.#drawing = drawing;
    this.#show();
  }

  end(): void {
    this.#ended.abort();
    this.#dropped.end();
    this.#drawing = undefined;
    this.#endSession();
  }

  #endSession(): void {
    if (typeof this.#begun === "object") this.#begun.session.end();
    this.#begun = undefined;
  }

  #receive({ version, engine, capture }: PanelWires): void {
    this.#endSession();
    this.#begun = version === CONTRACT_VERSION ? this.#begin(engine, capture) : "outdated";
    if (this.isOutdated) this.#dropped.refuse();
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
    const known = session.begin();
    // Whoever draws it tells how it failed, which may be much later.
    known.catch(() => undefined);
    return { session, known };
  }

  #show(): void {
    if (this.#begun === "outdated") this.#drawing?.outdated();
    else if (this.#begun !== undefined) this.#drawing?.draw(this.#begun);
  }
}

function isPanelWires(data: unknown): data is PanelWires {
  return typeof data === "object" && data !== null && (data as Partial<PanelWires>).type === "framescope-wires";
}
