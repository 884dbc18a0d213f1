import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click } from "../../scripts/panel-actions.mjs";
import { rule, turnOn } from "../e2e/rules-in-panel.ts";
import { setStage, until, type Stage } from "../e2e/stage.ts";

const ROUNDS = 10;
/** Milliseconds that each script of the page takes that is left: Chrome gets the rules' script into it between two. */
const BUSY_MS = 150;

const PAGE = `<!doctype html><script>
globalThis.got = [];
const socket = new WebSocket(location.origin.replace("http", "ws") + "/echo");
socket.addEventListener("message", ({ data }) => got.push(data));
socket.onopen = () => { for (const text of ["drop", "other"]) socket.send(text); };
if (location.search === "?busy") setInterval(() => { for (const end = performance.now() + ${BUSY_MS}; performance.now() < end; ); }, 10);
</script>`;

let server: LoadServer;
let stage: Stage;

beforeAll(async () => {
  server = await startLoadServer({ pages: { "/page": PAGE } });
  stage = await setStage({ url: `${server.url}page` });
});
afterAll(async () => {
  await stage.end();
  await server.close();
});

/** As soon as the status bar says that rules are on, or nothing of them any more: a poll would give Chrome time. */
const untilSaid = (areOn: boolean): Promise<void> =>
  stage.panel.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          const status = document.querySelector('[aria-label="Message rules"]');
          if (wanted ? !/rules? on/.test(status?.textContent ?? "") : status !== null) return;
          watch.disconnect();
          resolve();
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
        look();
      }),
    areOn,
  );

it.each(["127.0.0.1", "localhost"])("a document that begins once the panel says that rules are on, or off, is as it says from its first message, though the page before was busy (the next one on %s)", async (host) => {
  const { page, panel } = stage;
  const heard = (): Promise<readonly string[]> => until(() => page.evaluate("globalThis.got ?? []") as Promise<readonly string[]>, (all) => all.includes("other"));
  await turnOn(stage, [rule({ name: host, filter: "drop", action: { type: "drop" } })]);
  const found: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await click(panel, "switch", `Turn on ${host}`);
    await untilSaid(false);
    await page.goto(`${server.url}page?busy`);
    found.push((await heard()).join(" "));
    await click(panel, "switch", `Turn on ${host}`);
    await untilSaid(true);
    await page.goto(`${server.url.replace("127.0.0.1", host)}page`);
    found.push((await heard()).join(" "));
  }
  expect(found).toEqual(Array.from({ length: ROUNDS }, () => ["drop other", "other"]).flat());
  await click(panel, "switch", `Turn on ${host}`);
  await untilSaid(false);
});
