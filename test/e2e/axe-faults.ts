import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Frame } from "puppeteer-core";

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong in a view (or in a part of it) as it is now, in light and in dark: nothing, for one that everybody can use. */
export async function axeFaults(view: Frame, part = "html"): Promise<string[]> {
  if (!(await view.evaluate(() => "axe" in globalThis))) await view.evaluate(await source);
  // What is being replaced fades: a half of a colour is no colour of the panel's.
  const isStill = (): boolean => document.querySelector('.inspector[aria-busy="true"]') === null && !document.getAnimations().some((one) => one instanceof CSSTransition);
  await view.waitForFunction(isStill, { polling: 50 });
  return await view.evaluate(async (selector) => {
    const { axe } = globalThis as unknown as { axe: { run(within: string, options: object): Promise<{ violations: Violation[] }> } };
    const { dataset } = document.documentElement;
    const { theme: before } = dataset;
    const faults: string[] = [];
    for (const theme of ["light", "dark"]) {
      dataset["theme"] = theme;
      // A theme changes colours, and nothing else.
      const options = { resultTypes: ["violations"], preload: false, ...(theme === "dark" && { runOnly: ["color-contrast"] }) };
      for (const { id, nodes } of (await axe.run(selector, options)).violations) faults.push(`${theme}, ${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`);
    }
    if (before !== undefined) dataset["theme"] = before;
    return faults;
  }, part);
}
