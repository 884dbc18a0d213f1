import { afterAll, expect, it, vi } from "vitest";
import type { PanelWires } from "../../../src/contract/wire.ts";
import { Faults } from "../../../src/model/faults.ts";
import { PanelWindows } from "../../../src/pages/devtools/panel-windows.ts";
import { ViewHost } from "../../../src/pages/host/view-host.ts";

vi.stubGlobal("location", { origin: "chrome-extension://own" });
afterAll(() => void vi.unstubAllGlobals());

/** A panel's window, which counts the wires that it is given. */
class Panel extends EventTarget {
  wires = 0;
  document: { readyState: DocumentReadyState } = { readyState: "loading" };

  get window(): Window {
    return this as unknown as Window;
  }

  postMessage(message: PanelWires): void {
    this.wires++;
    message.engine.close();
    message.capture.close();
  }

  load(): void {
    this.document.readyState = "complete";
    this.dispatchEvent(new Event("load"));
  }

  reload(): void {
    this.document = { readyState: "loading" };
  }
}

function setup() {
  const done: string[] = [];
  const views = new ViewHost({ postMessage: () => {}, state: "running", startAgain: () => {}, listen: () => {} }, { told: [], receive: () => {} }, new Faults("page"));
  const windows = new PanelWindows({ views, start: () => void done.push("start"), startOnceDrawn: () => void done.push("start once drawn") });
  return { done, windows, panel: new Panel() };
}

it("a panel that asks, and is shown once it has loaded, is wired once", () => {
  const { done, windows, panel } = setup();
  windows.asks(panel.window);
  expect(panel.wires).toBe(1);
  panel.load();
  windows.shown(panel.window);
  expect([panel.wires, done]).toEqual([1, ["start once drawn"]]);
});

it("one that is shown first and asks then is wired once, when it asks", () => {
  const { done, windows, panel } = setup();
  windows.shown(panel.window);
  expect(panel.wires).toBe(0);
  windows.asks(panel.window);
  expect(panel.wires).toBe(1);
  panel.load();
  expect([panel.wires, done]).toEqual([1, ["start once drawn"]]);
});

it("one that never asks is wired when it has loaded", () => {
  const { done, windows, panel } = setup();
  windows.shown(panel.window);
  panel.load();
  expect([panel.wires, done]).toEqual([1, ["start once drawn"]]);
});

it("one that is shown again has the capture begin, should it not run", () => {
  const { done, windows, panel } = setup();
  panel.load();
  windows.shown(panel.window);
  windows.shown(panel.window);
  expect([panel.wires, done]).toEqual([1, ["start once drawn", "start"]]);
});

it("one that is loaded again in the same window is wired again", () => {
  const { done, windows, panel } = setup();
  windows.asks(panel.window);
  panel.load();
  windows.shown(panel.window);
  panel.reload();
  windows.asks(panel.window);
  expect([panel.wires, done]).toEqual([2, ["start once drawn", "start once drawn"]]);
});
