import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { expect } from "vitest";
import { textPayload } from "../../demo/load-payloads.mjs";
import type { LoadServer } from "../../demo/load-server.mjs";
import { showPanel, showView } from "../../scripts/devtools-session.mjs";
import { findBrowser } from "../../scripts/find-browser.mjs";
import { sampleListener } from "../bench/capture-bench.mjs";
import { extensionMemory } from "../e2e/extension-memory.ts";
import { changeSettings, recordOf, setStage, until } from "../e2e/stage.ts";

const SIZE = 200;
/** Megabytes of payload that stay in memory: reached early, so that what grows after it should not. */
const BUDGET = 16;
/** Between the first quarter and the end: rows that came, bytes that the extension's process grew by, and payload that may stay in memory. */
export interface Growth {
  readonly rows: number;
  readonly bytes: number | undefined;
  readonly budgetLeft: number;
}

/**
 * A steady flow at half the rate that a bare listener takes, so many seconds long, the panel hidden for the half of it:
 * nothing is lost, and every frame is there in order. Answers how memory grew: over seconds the process's own ups and
 * downs outweigh all payloads together, so only a long flow can be held against it.
 */
export async function soak(server: LoadServer, seconds: number): Promise<Growth> {
  const { path: executablePath } = await findBrowser();
  const bare = await sampleListener("counting in a service worker", { executablePath, url: server.url, webSocketUrl: server.webSocketUrl, size: SIZE, count: 20_000 });
  const rate = Math.floor(bare.captured / 2);
  const stage = await setStage({ url: server.url });
  try {
    await changeSettings(stage.panel, { memoryBudget: BUDGET });
    const path = `/steady?rate=${rate}&size=${SIZE}&seconds=${seconds}`;
    await stage.page.evaluate((address) => void Object.assign(globalThis, { flow: new WebSocket(address) }), server.webSocketUrl + path);
    const sent = (): number => server.record.connections.findLast((one) => one.path === path)?.counts.received ?? 0;
    const total = rate * seconds;
    const untilSent = (share: number): Promise<number> => until(sent, (count) => count >= Math.floor(total * share), seconds * 2000);

    await untilSent(0.25);
    const early = { rows: sent(), memory: await extensionMemory(stage.browser) };
    await showView(stage.devtools, "console");
    await untilSent(0.75);
    await showPanel(stage.devtools, stage.extensionId);
    await untilSent(1);
    const all = recordOf(server, path).counts.received.toLocaleString("en-US");
    await stage.waitForStatus("Matches", new RegExp(`^${all} frames$`), 60_000);
    expect(await stage.panel.evaluate(() => document.body.innerText)).not.toContain(" lost");
    const late = { rows: sent(), memory: await extensionMemory(stage.browser) };
    console.log(`${rate}/s for ${seconds} s: ${all} frames; the extension's process went from ${inMegabytes(early.memory)} to ${inMegabytes(late.memory)}`);
    await expectInOrder(await stage.exportFile("HAR"), recordOf(server, path).counts.received);
    return {
      rows: late.rows - early.rows,
      bytes: early.memory === undefined || late.memory === undefined ? undefined : late.memory - early.memory,
      budgetLeft: Math.max(0, BUDGET * 2 ** 20 - early.rows * SIZE),
    };
  } finally {
    await stage.end();
  }
}

/** Every message of the file, a line each, held against what the server makes again. */
async function expectInOrder(file: string, count: number): Promise<void> {
  let sequence = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (!line.startsWith('{"type":"receive"')) continue;
    const data = JSON.parse(/"data":("(?:[^"\\]|\\.)*")/.exec(line)?.[1] ?? "null") as string | null;
    if (data !== textPayload(sequence, SIZE).toString()) throw new Error(`Message ${sequence} of the file is ${data?.slice(0, 60) ?? "unreadable"} …`);
    sequence++;
  }
  expect(sequence).toBe(count);
}

const inMegabytes = (bytes: number | undefined): string => (bytes === undefined ? "an unknown size" : `${Math.round(bytes / 2 ** 20)} MiB`);
