import { onTestFinished } from "vitest";
import { Faults } from "../../../src/model/faults.ts";
import { CaptureClient } from "../../../src/panel/capture-client.ts";
import { PanelSession, type SessionParts } from "../../../src/panel/state/panel-session.ts";
import type { connectEngine } from "./answering-engine.ts";
import { memoryArea } from "./memory-area.ts";

/** A session of the panel's, over a test's engine and a capture that says nothing; it ends with the test. */
export function sessionOver(engine: ReturnType<typeof connectEngine>, parts: Partial<SessionParts> = {}): PanelSession {
  const { port1, port2 } = new MessageChannel();
  const session = new PanelSession({
    engine: engine.client,
    capture: new CaptureClient(port2),
    area: memoryArea(),
    saveFile: () => Promise.reject(new Error("Nothing is saved here.")),
    writeClipboard: () => Promise.resolve(),
    openCapture: () => Promise.resolve(),
    faults: new Faults("panel"),
    ...parts,
  });
  onTestFinished(() => {
    session.end();
    engine.end();
    port1.close();
  });
  return session;
}
