import { afterAll, describe, expect, test, vi } from "vitest";
import { CONTRACT_VERSION } from "../../src/contract/wire.ts";
import { countFaults } from "../../src/model/faults.ts";
import { DroppedFiles } from "../../src/panel/import/dropped-files.ts";
import { Sessions, type BegunSession } from "../../src/panel/sessions.ts";
import { PanelSession } from "../../src/panel/state/panel-session.ts";

const ORIGIN = "chrome-extension://own";
/** The window: what it hears, it hears as Chrome has it hear. */
const page = new EventTarget();
vi.stubGlobal("location", { origin: ORIGIN });
vi.stubGlobal("window", page);
vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
const storage = { get: () => Promise.resolve({}), set: () => Promise.resolve(), onChanged: { addListener: () => {}, removeListener: () => {} } };
vi.stubGlobal("chrome", { i18n: { getUILanguage: () => "en" }, storage: { local: storage } });
afterAll(() => vi.unstubAllGlobals());

const tell = (type: string, news: object): boolean => page.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), news));

/** What the pointer says over the window while a file is dragged; null where nobody says anything. */
function dragOver(): string | null {
  const dataTransfer: { types: string[]; items: unknown[]; dropEffect: string | null } = { types: ["Files"], items: [{}], dropEffect: null };
  tell("dragover", { dataTransfer });
  return dataTransfer.dropEffect;
}

function setup() {
  const dropped = new DroppedFiles(page);
  const sessions = new Sessions({ openCapture: () => Promise.resolve(), dropped });
  const drawn: BegunSession[] = [];
  let outdated = 0;
  /** Gives it wires; answers what the engine hears. */
  const wire = ({ version = CONTRACT_VERSION, origin = ORIGIN } = {}) => {
    const engine = new MessageChannel();
    const capture = new MessageChannel();
    const heard: unknown[] = [];
    engine.port1.onmessage = ({ data }) => void heard.push(data);
    tell("message", { origin, data: { type: "framescope-wires", version, engine: engine.port2, capture: capture.port2 } });
    return { heard, engine: engine.port1 };
  };
  return { sessions, drawn, wire, draw: () => sessions.drawBy({ draw: (begun) => void drawn.push(begun), outdated: () => outdated++ }), outdated: () => outdated };
}

describe("the sessions of a window", () => {
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

  test("it is outdated until other wires come, and lets no file be dropped meanwhile", () => {
    const { sessions, wire, draw } = setup();
    draw();
    expect(dragOver()).toBe("copy");
    wire({ version: "0.0.0" });
    expect([sessions.isOutdated, dragOver()]).toEqual([true, "none"]);
    wire();
    expect(sessions.isOutdated).toBe(false);
    sessions.end();
  });

  test("what a session fails by is for whoever draws it, and nobody's before", async () => {
    const unhandled: unknown[] = [];
    const hear = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", hear);
    const { sessions, drawn, wire, draw } = setup();
    // A spy would handle what it answers.
    const begin = Object.getOwnPropertyDescriptor(PanelSession.prototype, "begin") ?? {};
    Object.defineProperty(PanelSession.prototype, "begin", { ...begin, value: () => Promise.reject(new Error("The disk is full.")) });
    wire();
    Object.defineProperty(PanelSession.prototype, "begin", begin);
    // Node tells of one that nobody handles before the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    draw();
    await expect(drawn[0]?.known).rejects.toThrow("The disk is full.");
    process.off("unhandledRejection", hear);
    expect(unhandled).toEqual([]);
    sessions.end();
  });

  test("once they end, nothing of the window is heard and nothing drawn", () => {
    const { sessions, drawn, wire, draw } = setup();
    draw();
    tell("error", { error: new Error("before"), message: "before" });
    sessions.end();
    tell("error", { error: new Error("after"), message: "after" });
    wire();
    expect([countFaults(sessions.faults.list), drawn.length, dragOver()]).toEqual([1, 0, null]);
  });
});
