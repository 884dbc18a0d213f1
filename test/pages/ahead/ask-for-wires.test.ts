import { describe, expect, test } from "vitest";
import { isAskForWires } from "../../../src/contract/wire.ts";
import { askForWires, devtoolsPageBeside } from "../../../src/pages/ahead/ask-for-wires.ts";

const OWN = "chrome-extension://own";

describe("asking for a panel's wires", () => {
  test("asks the devtools page alone, of all pages of one DevTools", () => {
    const asked: string[] = [];
    const page = (name: string, pathname: () => string): object => ({
      location: { origin: OWN, get pathname() { return pathname(); } },
      postMessage: (message: unknown, origin: string) => void asked.push(`${name} ${isAskForWires(message)} ${origin}`),
    });
    const ofAnother = page("another extension's", () => {
      throw new DOMException("Blocked a frame from accessing a cross-origin frame.", "SecurityError");
    });
    const panel = page("panel", () => "/src/pages/panel/index.html");
    const devtools = page("devtools", () => "/src/pages/devtools/index.html");

    const beside = devtoolsPageBeside({ parent: { length: 3, 0: ofAnother, 1: panel, 2: devtools } } as unknown as Window);
    if (beside !== undefined) askForWires(beside);

    expect(asked).toEqual([`devtools true ${OWN}`]);
  });

  test("finds nobody where the page stands alone", () => {
    const alone = { length: 0 } as unknown as Window;
    expect(devtoolsPageBeside(Object.assign(alone, { parent: alone }))).toBeUndefined();
  });
});
