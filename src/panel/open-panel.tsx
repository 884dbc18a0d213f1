import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { CONTRACT_VERSION, type PanelWires } from "../engine/contract.ts";
import { CaptureClient } from "./capture-client.ts";
import { Boundary } from "./controls/boundary.tsx";
import { afterPaint, EngineClient } from "./engine-client.ts";
import { PanelScreen } from "./panel-screen.tsx";
import { saveFile } from "./save-file.ts";
import { openName } from "./state/captures-store.ts";
import { PanelSession, type SessionParts } from "./state/panel-session.ts";
import { SessionContext } from "./state/session-context.ts";
import { followTheme } from "./theme.ts";
import "./tokens.css";
import "./base.css";

interface OpenPanelParts extends Pick<SessionParts, "openCapture"> {
  /** Told the user's name for the kept capture that is shown, as it becomes known or another; empty for none. */
  readonly named?: (name: string) => void;
}

/** Draws the panel into `container` as soon as wires arrive, again whenever others do. Answers how to end it. */
export function openPanel(container: HTMLElement, { openCapture, named }: OpenPanelParts): () => void {
  const root = createRoot(container);
  const endTheme = followTheme(document.documentElement);
  let session: PanelSession | null = null;

  const draw = async (drawn: PanelSession): Promise<void> => {
    await drawn.begin();
    if (session !== drawn) return;
    root.render(
      <StrictMode>
        <SessionContext value={drawn}>
          <Boundary name="The panel">
            <PanelScreen />
          </Boundary>
        </SessionContext>
      </StrictMode>,
    );
  };

  const receive = (event: MessageEvent<unknown>): void => {
    if (event.origin !== location.origin || !isPanelWires(event.data)) return;
    const { version, engine, capture } = event.data;
    if (version !== CONTRACT_VERSION) {
      root.render(<p className="notice">Framescope was updated. Close DevTools, or this tab, and open it again.</p>);
      return;
    }
    session?.end();
    session = new PanelSession({
      engine: new EngineClient(engine, afterPaint),
      capture: new CaptureClient(capture),
      area: chrome.storage.local,
      saveFile,
      writeClipboard: (text) => navigator.clipboard.writeText(text),
      openCapture,
    });
    session.captures.store.subscribe(({ list }) => named?.(openName(list ?? [])));
    void draw(session);
  };

  addEventListener("message", receive);
  return () => {
    removeEventListener("message", receive);
    session?.end();
    session = null;
    endTheme();
    root.unmount();
  };
}

function isPanelWires(data: unknown): data is PanelWires {
  return typeof data === "object" && data !== null && (data as Partial<PanelWires>).type === "framescope-wires";
}
