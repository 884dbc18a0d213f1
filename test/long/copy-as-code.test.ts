import { afterAll, beforeAll, expect, it } from "vitest";
import { SNIPPET_TARGETS } from "../../src/format/snippets/registry.ts";
import { copiedAs } from "../e2e/copied-text.ts";
import { setStage, until, type Stage } from "../e2e/stage.ts";
import { startOneTimeServer, type OneTimeServer } from "../format/snippets/one-time-server.ts";

const MESSAGES = ['{"cmd":"subscribe","topic":"trades"}', "more"];
/** By what each is known. */
const MARKS: Readonly<Record<string, string>> = {
  "python-websocket-client": "import websocket\n",
  "python-websockets": "import websockets",
  "node-ws": 'from "ws"',
  javascript: "new WebSocket(",
  go: "github.com/coder/websocket",
  websocat: "websocat ",
  wscat: "wscat ",
  curl: "Sec-WebSocket-Key",
  k6: "k6/websockets",
  playwright: "routeWebSocket",
  msw: 'from "msw"',
};

let server: OneTimeServer;
let stage: Stage;
beforeAll(async () => {
  server = await startOneTimeServer(MESSAGES);
  stage = await setStage({ url: `http://${server.address}/` });
});
afterAll(async () => {
  await stage.end();
  await server.end();
});

it("the panel offers each thing that a connection can be copied as, and copies what it says", async () => {
  await until(() => server.feeds.map(({ length }) => length), (feeds) => feeds.length === 1 && feeds[0] === MESSAGES.length);
  expect(Object.keys(MARKS)).toEqual(SNIPPET_TARGETS.map(({ id }) => id));
  for (const { id, name, side } of SNIPPET_TARGETS) {
    const text = await copiedAs(stage, name);
    const copied = `Copied /feed as ${name}: ${id === "curl" ? "no" : MESSAGES.length} messages`;
    expect(await stage.waitForStatus("Clipboard", new RegExp(`^Copied /feed as ${name}`)), id).toBe(copied);
    expect(text, id).toContain(MARKS[id]);
    // curl is the handshake alone, and nobody asks a mock for a token.
    if (id !== "curl") expect(text, id).toContain("subscribe");
    expect(text.includes("/index/kxauth"), id).toBe(side === "client");
    for (const token of server.given) expect(text, id).not.toContain(token);
  }
});
