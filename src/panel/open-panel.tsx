import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { loadEarlySpeaker, loadSpeaker } from "../words/languages.ts";
import type { Speaker } from "../words/speaker.ts";
import { languageOf } from "./ahead.ts";
import { Boundary } from "./controls/boundary.tsx";
import { afterPaint } from "./engine-client.ts";
import { endWaiting } from "./first-rows.ts";
import { PanelScreen } from "./panel-screen.tsx";
import type { BegunSession, Sessions } from "./sessions.ts";
import { Speaking } from "./speaking.tsx";
import { openName } from "./state/captures-store.ts";
import { SessionContext } from "./state/session-context.ts";
import { followTheme } from "./theme.ts";
import "./tokens.css";
import "./base.css";

/** A capture that takes long to begin, or a log whose rows do, keeps nothing else from being drawn. */
const MOST_WAIT_MS = 1000;

interface OpenPanelParts {
  readonly sessions: Sessions;
  /** Told the user's name for the kept capture that is shown, as it becomes known or another (empty for none), and the language. */
  readonly named?: (name: string, speaker: Speaker) => void;
}

/** Draws the panel into `container` as soon as a session has begun, again whenever another does. Answers how to end it. */
export function openPanel(container: HTMLElement, { sessions, named }: OpenPanelParts): () => void {
  // React keeps what its parts throw from `window`.
  const thrown = (error: unknown): void => sessions.faults.add(error);
  const root = createRoot(container, { onCaughtError: thrown, onUncaughtError: thrown });
  const endTheme = followTheme(document.documentElement);

  const draw = async (drawn: BegunSession): Promise<void> => {
    await drawn.known;
    const { session } = drawn;
    const { settings, captures } = session;
    let speaker: Speaker | null = null;
    const tellName = (): void => {
      if (speaker !== null) named?.(openName(captures.store.getState().list ?? []), speaker);
    };
    const speak = async (isWhole = false): Promise<void> => {
      const { language } = settings.store.getState();
      const id = languageOf(language);
      const loaded = isWhole ? await loadSpeaker(id) : await loadEarlySpeaker(id, () => void speak(true));
      // Another may have been chosen meanwhile.
      if (!sessions.isNow(drawn) || language !== settings.store.getState().language) return;
      speaker = loaded;
      tellName();
      root.render(
        <StrictMode>
          <Speaking speaker={speaker}>
            <SessionContext value={session}>
              <Boundary broken="panel.broken">
                <PanelScreen />
              </Boundary>
            </SessionContext>
          </Speaking>
        </StrictMode>,
      );
    };
    await speak();
    afterPaint(() => session.capture.drawn());
    setTimeout(endWaiting, MOST_WAIT_MS);
    // Painted is not on the screen yet: what is loaded at once would keep the cores from putting it there.
    void session.shown().then(() => afterPaint(() => afterPaint(endWaiting)));
    // What is drawn stays until all of it can be said otherwise.
    settings.store.subscribe((now, before) => now.language !== before.language && void speak(true));
    captures.store.subscribe(tellName);
  };

  const tellOutdated = async (): Promise<void> => {
    const loaded = await loadSpeaker(languageOf());
    // Other wires may have come meanwhile.
    if (!sessions.isOutdated) return;
    root.render(
      <Speaking speaker={loaded}>
        <p className="notice">{loaded.words("panel.updated")}</p>
      </Speaking>,
    );
  };

  sessions.drawBy({ draw: (begun) => void draw(begun), outdated: () => void tellOutdated() });
  return () => {
    sessions.end();
    endTheme();
    root.unmount();
  };
}
