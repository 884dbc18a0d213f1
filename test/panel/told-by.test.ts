import { afterEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../../src/model/refusal.ts";
import { say } from "../../src/model/said.ts";
import { toldBy } from "../../src/panel/told-by.ts";

afterEach(() => vi.unstubAllGlobals());

describe("what a failure tells in the panel", () => {
  it("is a refusal's own sentence", () => {
    expect(toldBy(new Refusal(say("engine.disk-full")))).toEqual(say("engine.disk-full"));
  });

  it("is never a platform's message: a bug is counted and told as one", () => {
    const counted = vi.fn<(error: unknown) => void>();
    vi.stubGlobal("reportError", counted);
    const bugs = [new TypeError("Cannot read properties of undefined"), new Error("QUOTA_BYTES quota exceeded"), "text", undefined];
    for (const bug of bugs) expect(toldBy(bug)).toEqual(say("panel.bug"));
    expect(counted.mock.calls).toEqual(bugs.map((bug) => [bug]));
  });
});
