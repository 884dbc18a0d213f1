import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { until, type Begin, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;

/** What Chrome's traces tell of one piece of work. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly args?: { readonly elementCount?: number; readonly data?: { readonly url?: string } };
}

const rows = async (): Promise<number> => Number((await stage.status("Matches")).replace(/\D/g, ""));

/** While rows come: how many elements Chrome styled for each, of all pages in the panel's process. */
async function styledEach(count: number): Promise<number> {
  const client = await stage.browser.target().createCDPSession();
  const events: TraceEvent[] = [];
  client.on("Tracing.dataCollected", ({ value }) => events.push(...(value as readonly unknown[] as readonly TraceEvent[])));
  await client.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["devtools.timeline"] } });
  const before = await rows();
  const now = await until(rows, (seen) => seen >= before + count);
  const collected = new Promise((resolve) => { client.once("Tracing.tracingComplete", resolve); });
  await client.send("Tracing.end");
  await collected;
  await client.detach();
  const panel = events.find(({ name, args }) => name === "FunctionCall" && args?.data?.url?.includes("/views-") === true)?.pid;
  const styled = events.filter(({ name, pid }) => name === "UpdateLayoutTree" && pid === panel).map(({ args }) => args?.elementCount ?? 0);
  return styled.reduce((sum, elements) => sum + elements, 0) / (now - before);
}

export function describeDrawing(begin: Begin): void {
  describe("a row that comes", () => {
    beforeAll(async () => {
      server = await startLoadServer({ record: "off" });
      stage = await begin(server.url);
    });
    afterAll(() => server.close());

    it("is styled, and none of those that stand there", async () => {
      await stage.page.evaluate((url) => void new WebSocket(`${url}/steady?rate=20`), server.webSocketUrl);
      await until(rows, (seen) => seen > 60);
      // A row is some fifteen elements, beside a few figures; a screen of rows is four hundred.
      expect(await styledEach(40)).toBeLessThan(100);
    });
  });
}
