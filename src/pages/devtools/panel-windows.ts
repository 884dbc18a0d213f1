import type { ViewHost } from "../host/view-host.ts";

interface PanelWindowsParts {
  readonly views: Pick<ViewHost, "connect" | "wire">;
  /** Begins the capture, unless it runs: at once, or when a panel is drawn. */
  readonly start: () => void;
  readonly startOnceDrawn: () => void;
}

/** The windows that show the panel. Chrome tells of one and its own script asks, in any order: it is wired once for all that. */
export class PanelWindows {
  readonly #parts: PanelWindowsParts;
  readonly #shown = new WeakSet<Window>();
  /** By document: a window that is loaded again is the same window. */
  readonly #begun = new WeakSet<Document>();

  constructor(parts: PanelWindowsParts) {
    this.#parts = parts;
  }

  /** Chrome shows it. */
  shown(panel: Window): void {
    if (this.#shown.has(panel)) return this.#parts.start();
    this.#shown.add(panel);
    this.#begin(panel);
    this.#parts.views.connect(panel);
  }

  /** Its script listens, while the rest of it may still be loaded. */
  asks(panel: Window): void {
    this.#begin(panel);
    this.#parts.views.wire(panel);
  }

  #begin({ document }: Window): void {
    if (this.#begun.has(document)) return;
    this.#begun.add(document);
    this.#parts.startOnceDrawn();
  }
}
