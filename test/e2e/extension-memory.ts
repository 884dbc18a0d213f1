import { readFile } from "node:fs/promises";
import type { Browser } from "puppeteer-core";

/** Bytes that the extension's process has in memory; undefined where the system does not tell. */
export async function extensionMemory(browser: Browser): Promise<number | undefined> {
  const client = await browser.target().createCDPSession();
  const { processInfo } = await client.send("SystemInfo.getProcessInfo");
  await client.detach();
  for (const { id } of processInfo) {
    const command = await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "");
    if (!command.includes("--extension-process")) continue;
    const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  }
  return undefined;
}

/** Bytes that scripts of the page that captures and of its engine hold, after all garbage is collected. */
export async function heldByScripts(browser: Browser): Promise<number> {
  let held = 0;
  for (const target of browser.targets().filter((one) => /\/devtools\/index\.html$|\/assets\/worker-/.test(one.url()))) {
    const client = await target.createCDPSession();
    await client.send("HeapProfiler.collectGarbage");
    const { usedSize, backingStorageSize } = await client.send("Runtime.getHeapUsage");
    held += usedSize + backingStorageSize;
    await client.detach();
  }
  return held;
}
