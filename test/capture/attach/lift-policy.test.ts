import { describe, expect, it } from "vitest";
import { liftPolicy } from "../../../src/capture/attach/lift-policy.ts";
import type { DebuggerApi } from "../../../src/capture/debugger-api.ts";

/** A page that is another document once it was asked for its frames `looks` times after a reload; it keeps the mark of its own document. */
function setup(looks: number) {
  const page = { loader: 1, isMarked: false, left: 0, isReloading: false };
  const sent: string[] = [];
  const send: DebuggerApi["send"] = async (_, method, params) => {
    if (method !== "Page.getFrameTree") sent.push(method);
    switch (method) {
      case "Runtime.evaluate": {
        const { expression } = params as { readonly expression: string };
        if (expression.includes("=")) page.isMarked = true;
        return { result: { type: "boolean", value: page.isMarked } };
      }
      case "Page.reload":
        page.isReloading = true;
        page.left = looks;
        return {};
      case "Page.getFrameTree":
        if (page.isReloading && page.left-- <= 0) Object.assign(page, { loader: page.loader + 1, isMarked: false, isReloading: false });
        if (page.isReloading && page.left === 1) throw new Error("It is between two documents.");
        return { frameTree: { frame: { id: "f", loaderId: String(page.loader) } } };
      default:
        return {};
    }
  };
  const lift = (): Promise<void> => liftPolicy({ tabId: 1 }, { debugger: { send } as unknown as DebuggerApi, later: (callback) => queueMicrotask(callback) });
  return { page, sent, lift };
}

describe("the policy of our own page", () => {
  it("is lifted with a document that is loaded without it, which is waited for", async () => {
    const { page, sent, lift } = setup(3);
    await lift();
    expect(page).toMatchObject({ loader: 2, isMarked: true });
    expect(sent).toEqual(["Page.setBypassCSP", "Runtime.evaluate", "Page.reload", "Runtime.evaluate"]);
  });

  it("is lifted once: who joins leaves the document, and its connections, alone", async () => {
    const { page, sent, lift } = setup(0);
    await lift();
    sent.length = 0;
    await lift();
    expect(page.loader).toBe(2);
    expect(sent).toEqual(["Page.setBypassCSP", "Runtime.evaluate"]);
  });

  it("is not waited for without end, and that is told", async () => {
    const { page, lift } = setup(Infinity);
    await expect(lift()).rejects.toMatchObject({ told: { code: "capture.not-lifted", values: { seconds: 5 } } });
    expect(page).toMatchObject({ loader: 1, isMarked: false });
  });
});
