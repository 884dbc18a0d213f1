import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { toldBy } from "../told-by.ts";
import { makeUnfinished } from "../unfinished.ts";
import { CdpPipe } from "./cdp-pipe.ts";
import { inspectUsualPlaces, LEAST_VERSION } from "./find-chrome.mjs";

/** How long a browser may take to end in order. */
const CLOSE_MS = 5000;

export interface ChromeOptions {
  /** The program; undefined: `CHROME_PATH`, else one of the usual places. */
  readonly path?: string | undefined;
  readonly headed: boolean;
  /** A folder to keep the profile in; undefined: one that goes with the browser. */
  readonly profile?: string | undefined;
}

export interface StartedChrome {
  readonly pipe: CdpPipe;
  /** It was closed, by whomever. */
  readonly ended: Promise<void>;
  /** Ends it, and removes its profile if that is its own. May be called more than once. */
  readonly close: () => Promise<void>;
}

/** Starts Chrome with an empty page, spoken to over its pipe: no port is opened. Rejects with a `Refusal`. */
export async function startChrome({ path, headed, profile }: ChromeOptions): Promise<StartedChrome> {
  const program = path ?? (await findChrome());
  const folder = makeUnfinished(() => mkdtempSync(join(tmpdir(), "framescope-chrome-")), String);
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  const child = spawn(program, [...switches(headed, profile ?? join(folder, "profile")), "about:blank"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    // A Ctrl+C on the terminal is this process's alone: Chrome would be gone before it has told everything.
    detached: process.platform !== "win32",
    // On Linux, Chrome leaves an empty folder among the temporary files each time.
    env: process.platform === "linux" ? { ...process.env, TMPDIR: folder } : process.env,
  });
  const [, , , toChrome, fromChrome] = child.stdio as unknown as readonly [null, null, null, Writable, Readable];
  const pipe = new CdpPipe(toChrome, fromChrome);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const failed = new Promise<never>((_, reject) => child.once("error", (error) => reject(new Refusal(say("node.chrome-failed", { path: program, why: toldBy(error) }), { cause: error }))));
  try {
    const exited = ended.then(() => Promise.reject(new Refusal(say("node.chrome-failed", { path: program, why: say("node.chrome-ended") }))));
    await Promise.race([pipe.send("Browser.getVersion"), failed, exited]);
  } catch (error) {
    kill(child);
    await removeFolder();
    throw error instanceof Refusal ? error : new Refusal(say("node.chrome-failed", { path: program, why: toldBy(error) }), { cause: error });
  }
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    pipe.send("Browser.close").catch(() => {});
    const late = setTimeout(() => kill(child), CLOSE_MS);
    await ended;
    clearTimeout(late);
    await removeFolder();
  };
  return { pipe, ended, close: () => (closing ??= close()) };
}

/** Chrome's sandbox refuses to start for root, as in a container. */
export const startsWithoutSandbox = (): boolean => process.getuid?.() === 0;

async function findChrome(): Promise<string> {
  const chosen = process.env["CHROME_PATH"];
  if (chosen !== undefined && chosen !== "") return chosen;
  const { found, tooOld } = await inspectUsualPlaces();
  if (found !== undefined) return found.path;
  throw new Refusal(tooOld === undefined ? say("node.chrome-none") : say("node.chrome-old", { path: tooOld.path, version: tooOld.version, least: LEAST_VERSION }));
}

function switches(headed: boolean, profile: string): string[] {
  return [
    "--remote-debugging-pipe",
    `--user-data-dir=${profile}`,
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    ...(headed ? [] : ["--headless=new"]),
    ...(startsWithoutSandbox() ? ["--no-sandbox"] : []),
  ];
}

function kill(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
}
