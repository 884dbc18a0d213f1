import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click, find, openLastFrame } from "../../scripts/panel-actions.mjs";
import { shownDuration } from "./shown-duration.ts";
import { until, type Begin, type Stage } from "./stage.ts";

/** What each request waits for at the server, in milliseconds. */
const DELAYS = [40, 120, 80, 60];

let server: LoadServer;
let answering: WebSocketServer;
let stage: Stage;

/** Milliseconds, as the page itself measured them. */
const ask = (url: string, delays: readonly number[]): Promise<number[]> =>
  stage.page.evaluate(
    async (address, waits) => {
      const socket = new WebSocket(address);
      await new Promise((resolve) => {
        socket.onopen = resolve;
      });
      const measured: number[] = [];
      for (const [place, delay] of waits.entries()) {
        const answered = new Promise((resolve) => {
          socket.onmessage = resolve;
        });
        const sent = performance.now();
        socket.send(JSON.stringify({ jsonrpc: "2.0", id: place + 1, method: place === waits.length - 1 ? "fail" : "get", params: { delay } }));
        await answered;
        measured.push(performance.now() - sent);
      }
      return measured;
    },
    url,
    delays,
  );

const requests = (): Promise<{ type: string; latency: string }[]> =>
  stage.panel.$$eval('[aria-label="Frames"] [role="row"][data-place]', (all) =>
    all
      .map((row) => ({ type: row.querySelector<HTMLElement>('[data-column="type"]')?.innerText.trim() ?? "", latency: row.querySelector<HTMLElement>('[data-column="latency"]')?.innerText.trim() ?? "" }))
      .filter(({ type }) => type === "get" || type === "fail"),
  );

export function describeLatencies(begin: Begin): void {
  describe("latencies", () => {
    beforeAll(async () => {
      server = await startLoadServer();
      answering = new WebSocketServer({ host: "127.0.0.1", port: 0 });
      await once(answering, "listening");
      answering.on("connection", (socket) =>
        socket.on("message", (data) => {
          const { id, method, params } = JSON.parse((data as Buffer).toString()) as { id: number; method: string; params: { delay: number } };
          const outcome = method === "fail" ? { error: { code: -32_000, message: "no" } } : { result: id };
          setTimeout(() => socket.send(JSON.stringify({ jsonrpc: "2.0", id, ...outcome })), params.delay);
        }),
      );
      stage = await begin(server.url);
    });
    afterAll(async () => {
      answering.close();
      for (const socket of answering.clients) socket.terminate();
      await server.close();
    });

    it("labels and latencies are what the page itself measured, and the page of the connection has them by type", async () => {
      const measured = await ask(`ws://127.0.0.1:${(answering.address() as AddressInfo).port}/rpc`, DELAYS);
      // Until its answer is paired, a request has none.
      const shown = await until(requests, (rows) => rows.length === DELAYS.length && rows.every(({ latency }) => shownDuration(latency) !== undefined));
      expect(shown.map(({ type }) => type)).toEqual(["get", "get", "get", "fail"]);
      for (const [place, { latency }] of shown.entries()) {
        const { milliseconds, rounding } = shownDuration(latency) as NonNullable<ReturnType<typeof shownDuration>>;
        // The frame is told after the page sends, and before it hears.
        expect(milliseconds).toBeGreaterThanOrEqual((DELAYS[place] ?? 0) - rounding - 2);
        expect(milliseconds).toBeLessThanOrEqual((measured[place] ?? 0) + rounding + 1);
      }

      await openLastFrame(stage.panel);
      await click(stage.panel, "tab", "Connection");
      const page = await find(stage.panel, "region", "Connection");
      const typeRows = (): Promise<string[]> => page.$$eval("tr", (all) => all.map((row) => row.textContent ?? ""));
      const types = await until(typeRows, (rows) => rows.some((row) => row.includes("fail")));
      expect(types.find((row) => row.includes("get"))).toMatch(/get3.*ms · .*ms · .*ms/);
      expect(types.find((row) => row.includes("fail"))).toMatch(/fail1.*ms.*1$/);

      // The columns say how many took how long, and show them.
      const columns = await page.$$eval('[aria-label="Latency distribution"] button', (all) => all.map((column) => column.getAttribute("aria-label") ?? ""));
      const counts = columns.map((column) => Number(/^Show only the (?:(\d+) answers|answer) that took /.exec(column)?.slice(1).map((count) => count ?? 1)[0]));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(DELAYS.length);
      await click(stage.panel, "button", columns[0] ?? "");
      await until(requests, (rows) => rows.length === counts[0]);
    });
  });
}
