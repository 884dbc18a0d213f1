import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import type { Session } from "../../scripts/devtools-session.mjs";
import { openOffered, start, startInApp, type Profile } from "../e2e/recovery-scenarios.ts";
import { changeSettings, openSocket, statusText, until } from "../e2e/stage.ts";

const SIZE_MB = 64;
const COUNT = 9000;
const BYTES = 10_000;

/** A disk that is soon full; undefined where nobody lets us have one, as for any user but root. */
function mountSmallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "framescope-small-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE_MB}m`, "tmpfs", folder], { stdio: "ignore" });
    return folder;
  } catch {
    rmdirSync(folder);
    return undefined;
  }
}

const folder = mountSmallDisk();
let server: LoadServer;
let profile: Profile;
let session: Pick<Session, "close"> | undefined;

beforeAll(async () => {
  server = await startLoadServer({ record: "off" });
  profile = { server, folder: folder ?? "", remove: () => Promise.resolve() };
});
afterAll(async () => {
  await session?.close();
  await server.close();
  if (folder === undefined) return;
  // Lazily: the last of Chromium's processes may hold it a moment longer.
  execFileSync("umount", ["--lazy", folder]);
  rmdirSync(folder);
});

const numbers = async (of: Session): Promise<{ frames: number; lost: number }> => {
  const text = await of.panel.$eval(".status-bar", (bar) => (bar as HTMLElement).innerText);
  const read = (pattern: RegExp): number => Number(pattern.exec(text)?.[1]?.replaceAll(",", "") ?? NaN);
  return { frames: read(/([\d,]+)\s+frames/), lost: read(/([\d,]+) frames? lost/) };
};

describe.skipIf(folder === undefined)("a disk that is full", () => {
  it("turns the journal off with a warning; the capture goes on in memory to its budget, and counts what it drops", async () => {
    const open = (session = await start(profile));
    await changeSettings(open.panel, { memoryBudget: 16 });
    await openSocket(open.page, `${server.webSocketUrl}/burst?count=${COUNT}&size=${BYTES}`, COUNT);
    const { frames, lost } = await until(() => numbers(open), (read) => read.frames + read.lost === COUNT, 40_000);
    await expect.poll(() => open.panel.$eval(".status-storage", (status) => status.textContent)).toMatch(/^Not saved to disk: Nothing more can be written to the disk \(.+\)\. What was captured is kept in memory\. Free some space/);
    expect(await statusText(open.panel, "Capture")).toBe("Capturing");
    // All of the disk that was free, and 16 MiB.
    expect(frames * BYTES).toBeGreaterThan(16 * 2 ** 20);
    expect(frames * BYTES).toBeLessThan((SIZE_MB + 16) * 2 ** 20);
    expect(lost).toBeGreaterThan(0);
    await open.close();
    session = undefined;
  });

  it("leaves a journal that is whole up to there", async () => {
    // In a page of its own: with nothing free, Chrome at times gives what is pressed on a panel's frame to DevTools around it.
    const open = (session = await startInApp(profile));
    const view = await openOffered(open);
    const matches = await until(() => statusText(view, "Matches"), (text) => /^[1-9]/.test(text));
    expect(await view.$('[role="alert"]')).toBeNull();
    expect(Number(matches.split(" ")[0]?.replaceAll(",", "")) * BYTES).toBeGreaterThan(8 * 2 ** 20);
  });
});
