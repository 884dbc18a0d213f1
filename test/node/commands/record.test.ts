import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { runHere } from "../run-framescope.ts";

const PATIENCE_MS = 60_000;

afterEach(() => vi.restoreAllMocks());

it("says that Chrome runs without its sandbox for root, and for nobody else", { timeout: PATIENCE_MS }, async () => {
  for (const [user, isTold] of [[0, true], [1000, false]] as const) {
    vi.spyOn(process, "getuid").mockReturnValue(user);
    const { code, err } = await runHere(["record", "https://feed.test/", "-o", join(tmpdir(), "never.har"), "--chrome", join(tmpdir(), "no-such-chrome")]);
    expect([code, err.includes("no-such-chrome does not start"), err.includes("without its sandbox")]).toEqual([2, true, isTold]);
  }
});
