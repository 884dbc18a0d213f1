import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runHere } from "../run-framescope.ts";

const folder = mkdtempSync(join(tmpdir(), "framescope-code-"));
afterAll(() => rmSync(folder, { recursive: true }));

const TOKEN = "k7Yw3pQz9LmN2xRtVb8c";
const started = (seconds: number): string => new Date(1_795_175_556_000 + seconds * 1000).toISOString();
const http = { startedDateTime: started(0), time: 20, request: { method: "GET", url: "https://shop.test/index/kxauth", headers: [{ name: "X-App", value: "shop" }] }, response: { status: 200, headers: [], content: { mimeType: "application/json", text: JSON.stringify({ data: { token: TOKEN } }) } } };
const socket = (path: string, messages: readonly (readonly [string, string])[]) => ({
  startedDateTime: started(1),
  time: 1000,
  _resourceType: "websocket",
  request: { method: "GET", url: `wss://stream.shop.test/${path}`, headers: [{ name: "Origin", value: "https://shop.test" }] },
  response: { status: 101, headers: [], content: {} },
  _webSocketMessages: messages.map(([type, data], i) => ({ type, data, opcode: 1, time: 1_795_175_558 + i })),
});

function har(name: string, entries: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ log: { version: "1.2", creator: { name: "x", version: "1" }, entries } }));
  return path;
}

describe("framescope code", () => {
  it("prints the only connection of a HAR as Python that fetches the token as the page did", async () => {
    const { code, out, err } = await runHere(["code", har("one.har", [http, socket(`feed?token=${TOKEN}`, [["send", '{"op":"subscribe"}'], ["receive", "x"]])]), "--as", "python-websocket-client"]);
    expect(err).toBe("Secrets left out, to be set in the environment or fetched by the script: WS_TOKEN\n");
    expect(code).toBe(0);
    expect(out).toContain('    # From GET https://shop.test/index/kxauth → .data.token\n    request = urllib.request.Request(\n        "https://shop.test/index/kxauth",\n        headers={\n            "X-App": "shop",\n        },\n    )');
    expect(out).toContain("TOKEN = get_token()");
    expect(out).toContain(`ws.send('{"op":"subscribe"}')`);
    expect(out).not.toContain(TOKEN);
  });

  it("asks which connection where there are several, and sends the messages that a filter lets through", async () => {
    const path = har("two.har", [socket("a", [["send", "one"]]), socket("b", [["send", "two"], ["send", "three"]])]);
    const asked = await runHere(["code", path, "--as", "node-ws"]);
    expect(asked).toEqual({ code: 2, out: "", err: expect.stringMatching(/Name a connection with --connection: \n\d+ {2}wss:\/\/stream\.shop\.test\/a\n/) });
    const number = /(\d+) {2}wss:\/\/stream\.shop\.test\/b/.exec(asked.err)?.[1] ?? "";
    const { out } = await runHere(["code", path, "--as", "node-ws", "--connection", number, "--messages", "three", "--at-once"]);
    expect(out).toMatch(/ws\.on\("open", \(\) => \{\n {2}ws\.send\("three"\);\n\}\);/);
  });

  it("prints secrets where they are asked for, and says what it can print", async () => {
    const path = har("three.har", [socket(`feed?token=${TOKEN}`, [])]);
    expect((await runHere(["code", path, "--as", "curl", "--with-secrets"])).out).toContain(`TOKEN='${TOKEN}'`);
    expect(await runHere(["code", path, "--as", "perl"])).toMatchObject({ code: 2, err: expect.stringContaining("perl is none of these: python-websocket-client,") });
  });
});
