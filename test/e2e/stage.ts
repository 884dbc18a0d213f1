import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame, Page } from "puppeteer-core";
import { openSession, type Session } from "../../scripts/devtools-session.mjs";
import { findBrowser } from "../../scripts/find-browser.mjs";
import { exportCapture, waitUntilCapturing, type ExportFormat } from "../../scripts/panel-actions.mjs";

/** A message of an exported file. */
export interface HarMessage {
  readonly type: "send" | "receive" | "error";
  readonly time: number;
  readonly opcode: number;
  readonly data: string;
}

export interface HarEntry {
  readonly startedDateTime: string;
  readonly request: { readonly url: string; readonly headers: readonly { readonly name: string; readonly value: string }[]; readonly cookies: readonly unknown[] };
  readonly response: { readonly status: number; readonly headers: readonly { readonly name: string; readonly value: string }[]; readonly cookies: readonly unknown[] };
  readonly _webSocketMessages: readonly HarMessage[];
}

export interface Har {
  readonly log: { readonly comment?: string; readonly entries: readonly HarEntry[] };
}

/** A browser with the panel open on a page, and what tests do in it. */
export interface Stage extends Session {
  /** Exports through the panel's own menu; the file lives until `end`. */
  exportFile(format: ExportFormat): Promise<string>;
  exportHar(format?: ExportFormat): Promise<Har>;
  /** The text of a `role="status"`. */
  status(name: string): Promise<string>;
  /** Waits until a status reads as asked; fails with what it read last. */
  waitForStatus(name: string, wanted: RegExp, timeout?: number): Promise<string>;
  end(): Promise<void>;
}

export async function setStage(options: { readonly url: string; readonly width?: number; readonly height?: number; readonly args?: readonly string[] }): Promise<Stage> {
  const { path: executablePath } = await findBrowser();
  const downloads = await mkdtemp(join(tmpdir(), "framescope-e2e-"));
  const session = await openSession({ executablePath, width: 1280, height: 600, ...options });
  await waitUntilCapturing(session.panel);
  const exportFile = async (format: ExportFormat): Promise<string> =>
    (await exportCapture(session, format, downloads)).path;
  return {
    ...session,
    exportFile,
    exportHar: async (format = "HAR") => JSON.parse(await readFile(await exportFile(format), "utf8")) as Har,
    status: (name) => statusText(session.panel, name),
    waitForStatus: (name, wanted, timeout = 60_000) => waitForStatus(session.panel, name, wanted, timeout),
    end: async () => {
      await session.close();
      await rm(downloads, { recursive: true, force: true });
    },
  };
}

async function statusText(panel: Frame, name: string): Promise<string> {
  return await panel.$eval(`[role="status"][aria-label="${name}"]`, (element) => element.textContent?.trim() ?? "");
}

async function waitForStatus(panel: Frame, name: string, wanted: RegExp, timeout: number): Promise<string> {
  try {
    const read = await panel.waitForFunction(
      (selector, source) => {
        const text = document.querySelector(selector)?.textContent?.trim() ?? "";
        return new RegExp(source).test(text) ? { text } : false;
      },
      { timeout, polling: 50 },
      `[role="status"][aria-label="${name}"]`,
      wanted.source,
    );
    return ((await read.jsonValue()) as { text: string }).text;
  } catch (error) {
    throw new Error(`The status ${name} reads “${await statusText(panel, name)}”, not as ${String(wanted)} asks.`, { cause: error });
  }
}

/** Opens a socket in the page and resolves when it has ended or `messages` have come. The page keeps it as `window.sockets`. */
export async function openSocket(page: Page, url: string, messages: number): Promise<void> {
  await page.evaluate(
    (address, count) =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket(address);
        const kept = ((globalThis as { sockets?: WebSocket[] }).sockets ??= []);
        kept.push(socket);
        let seen = 0;
        if (count === 0) socket.addEventListener("open", () => resolve());
        socket.addEventListener("message", () => {
          seen++;
          if (seen === count) resolve();
        });
        socket.addEventListener("close", () => resolve());
      }),
    url,
    messages,
  );
}
