import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { CONTRACT_VERSION } from "../../src/contract/wire.ts";
import { Sessions, type BegunSession } from "../../src/panel/sessions.ts";

const ORIGIN = "chrome-extension://own";
const listeners = new Map<string, (event: unknown) => void>();
const hear = (type: string, listener: (event: unknown) => void): void => void listeners.set(type, listener);
vi.stubGlobal("location", { origin: ORIGIN });
vi.stubGlobal("window", { addEventListener: () => {} });
vi.stubGlobal("addEventListener", hear);
vi.stubGlobal("removeEventListener", (type: string) => listeners.delete(type));
const storage = { get: () => Promise.resolve({}), set: () => Promise.resolve(), onChanged: { addListener: () => {}, removeListener: () => {} } };
vi.stubGlobal("chrome", { i18n: { getUILanguage: () => "en" }, storage: { local: storage } });
afterAll(() => vi.unstubAllGlobals());

function setup() {
  const sessions = new Sessions({ openCapture: () => Promise.resolve() });
  const drawn: BegunSession[] = [];
  let outdated = 0;
  /** Gives it wires; answers what the engine hears. */
  const wire = ({ version = CONTRACT_VERSION, origin = ORIGIN } = {}) => {
    const engine = new MessageChannel();
    const capture = new MessageChannel();
    const heard: unknown[] = [];
    engine.port1.onmessage = ({ data }) => void heard.push(data);
    listeners.get("message")?.({ origin, data: { type: "framescope-wires", version, engine: engine.port2, capture: capture.port2 } });
    return { heard, engine: engine.port1 };
  };
  return { sessions, drawn, wire, draw: () => sessions.drawBy({ draw: (begun) => void drawn.push(begun), outdated: () => outdated++ }), outdated: () => outdated };
}

describe("the sessions of a window", () => {
  beforeEach(() => listeners.clear());

  test("one begins with its wires and asks for what it will show, though nothing can be drawn yet", async () => {
    const { sessions, drawn, wire, draw } = setup();
    const { heard } = wire();
    await expect.poll(() => heard).toContainEqual(expect.objectContaining({ type: "call", name: "setScope" }));
    expect(drawn).toHaveLength(0);

    draw();

    expect(drawn.map((begun) => sessions.isNow(begun))).toEqual([true]);
    sessions.end();
  });

  test("another takes its place with other wires, and it ends", () => {
    const { sessions, drawn, wire, draw } = setup();
    draw();
    wire();
    wire();

    expect(drawn.map((begun) => [sessions.isNow(begun), begun.session.ended.aborted])).toEqual([[false, true], [true, false]]);
    sessions.end();
    expect(drawn[1]?.session.ended.aborted).toBe(true);
  });

  test("wires of another version, or of another origin, begin none", () => {
    const { sessions, drawn, wire, draw, outdated } = setup();
    wire({ origin: "https://page.test" });
    draw();
    expect(outdated()).toBe(0);
    wire({ version: "0.0.0" });

    expect([outdated(), drawn.length]).toEqual([1, 0]);
    sessions.end();
  });
});
