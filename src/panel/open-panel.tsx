import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { CONTRACT_VERSION, type PanelWires } from "../contract/wire.ts";
import { loadEarlySpeaker, loadSpeaker } from "../words/languages.ts";
import type { Speaker } from "../words/speaker.ts";
import { Faults, hearFaults } from "../model/faults.ts";
import { keptArea, languageOf } from "./ahead.ts";
import { CaptureClient } from "./capture-client.ts";
import { Boundary } from "./controls/boundary.tsx";
import { afterPaint, EngineClient } from "./engine-client.ts";
import { endWaiting } from "./late.ts";
import { PanelScreen } from "./panel-screen.tsx";
import { Speaking } from "./speaking.tsx";
import { openName } from "./state/captures-store.ts";
import { PanelSession, type SessionParts } from "./state/panel-session.ts";
import { SessionContext } from "./state/session-context.ts";
import { followTheme } from "./theme.ts";
import "./tokens.css";
import "./base.css";

/** A capture that takes long to begin, or a log whose rows do, keeps nothing else from being drawn. */
const MOST_WAIT_MS = 1000;

interface OpenPanelParts extends Pick<SessionParts, "openCapture"> {
  /** Told the user's name for the kept capture that is shown, as it becomes known or another (empty for none), and the language. */
  readonly named?: (name: string, speaker: Speaker) => void;
}

/** Draws the panel into `container` as soon as wires arrive, again whenever others do. Answers how to end it. */
export function openPanel(container: HTMLElement, { openCapture, named }: OpenPanelParts): () => void {
  const faults = new Faults("panel");
  hearFaults(window, faults);
  // React keeps what its parts throw from `window`.
  const thrown = (error: unknown): void => faults.add(error);
  const root = createRoot(container, { onCaughtError: thrown, onUncaughtError: thrown });
  const endTheme = followTheme(document.documentElement);
  let session: PanelSession | null = null;
  const area = keptArea();

  const draw = async (drawn: PanelSession): Promise<void> => {
    await drawn.begin();
    const { settings, captures } = drawn;
    let speaker: Speaker | null = null;
    const tellName = (): void => {
      if (speaker !== null) named?.(openName(captures.store.getState().list ?? []), speaker);
    };
    const speak = async (isWhole = false): Promise<void> => {
      const { language } = settings.store.getState();
      const id = languageOf(language);
      const loaded = isWhole ? await loadSpeaker(id) : await loadEarlySpeaker(id, () => void speak(true));
      // Another may have been chosen meanwhile.
      if (session !== drawn || language !== settings.store.getState().language) return;
      speaker = loaded;
      tellName();
      root.render(
        <StrictMode>
          <Speaking speaker={speaker}>
            <SessionContext value={drawn}>
              <Boundary broken="panel.broken">
                <PanelScreen />
              </Boundary>
            </SessionContext>
          </Speaking>
        </StrictMode>,
      );
    };
    await speak();
    afterPaint(() => drawn.capture.drawn());
    setTimeout(endWaiting, MOST_WAIT_MS);
    // Painted is not on the screen yet: what is loaded at once would keep the cores from putting it there.
    void drawn.shown().then(() => afterPaint(() => afterPaint(endWaiting)));
    // What is drawn stays until all of it can be said otherwise.
    settings.store.subscribe((now, before) => now.language !== before.language && void speak(true));
    captures.store.subscribe(tellName);
  };

  const receive = async (event: MessageEvent<unknown>): Promise<void> => {
    if (event.origin !== location.origin || !isPanelWires(event.data)) return;
    const { version, engine, capture } = event.data;
    if (version !== CONTRACT_VERSION) {
      const loaded = await loadSpeaker(languageOf());
      root.render(
        <Speaking speaker={loaded}>
          <p className="notice">{loaded.words("panel.updated")}</p>
        </Speaking>,
      );
      return;
    }
    session?.end();
    session = new PanelSession({
      engine: new EngineClient(engine, afterPaint),
      capture: new CaptureClient(capture),
      area,
      saveFile: async (file) => await (await import("./save-file.ts")).saveFile(file),
      writeClipboard: async (text) => await (await import("./write-clipboard.ts")).writeClipboard(text),
      openCapture,
      faults,
    });
    await draw(session);
  };
  const received = (event: MessageEvent<unknown>): void => void receive(event);

  addEventListener("message", received);
  return () => {
    removeEventListener("message", received);
    session?.end();
    session = null;
    endTheme();
    root.unmount();
  };
}

function isPanelWires(data: unknown): data is PanelWires {
  return typeof data === "object" && data !== null && (data as Partial<PanelWires>).type === "framescope-wires";
}
