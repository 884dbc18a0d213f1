import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
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
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toContain('    # From GET https://shop.test/index/kxauth → .data.token\n    request = urllib.request.Request(\n        "https://shop.test/index/kxauth",\n        headers={\n            "X-App": "shop",\n        },\n    )');
    expect(out).toContain("TOKEN = get_token()");
    expect(out).toContain(`ws.send('{"op":"subscribe"}')`);
    expect(out).not.toContain(TOKEN);
  });

  it("of Socket.IO that took over from polling has what the page posted there, from the HAR and from a capture made of it", async () => {
    const session = "https://stream.shop.test/socket.io/?EIO=4&transport=polling&sid=s1";
    const posted = { ...http, startedDateTime: started(0.5), request: { method: "POST", url: session, headers: [], postData: { mimeType: "text/plain", text: `40{"token":"${TOKEN}"}` } }, response: { status: 200, headers: [], content: { mimeType: "text/html", text: "ok" } } };
    const path = har("polled.har", [http, posted, socket("socket.io/?EIO=4&transport=websocket&sid=s1", [["send", "2probe"], ["receive", "3probe"], ["send", "5"], ["send", '42["sub",1]']])]);
    const kept = join(folder, "polled.framescope");
    expect((await runHere(["convert", path, kept])).code).toBe(0);
    for (const file of [path, kept]) {
      const { out, err } = await runHere(["code", file, "--as", "node-ws"]);
      expect([err, out.includes(TOKEN)]).toEqual(["", false]);
      expect(out).toContain("// From GET https://shop.test/index/kxauth → .data.token");
      expect(out).toContain(`ws.send('40{"token":"' + WS_TOKEN + '"}');`);
    }
  });

  it("has the answer from a capture too: from one whose secrets are masked, and from a HAR that Playwright's files stand beside", async () => {
    const path = har("kept.har", [http, { ...http, request: { method: "GET", url: "https://shop.test/other" }, response: { ...http.response, content: { text: "what nobody used" } } }, socket(`feed?token=${TOKEN}`, [["send", "hello"]])]);
    const kept = join(folder, "kept.framescope");
    for (const parameters of [["convert", path, kept], ["convert", path, kept, "--with-secrets"]]) {
      expect(await runHere(parameters)).toMatchObject({ code: 0 });
      const { out, err } = await runHere(["code", kept, "--as", "python-websocket-client"]);
      expect(out).toContain("    # From GET https://shop.test/index/kxauth → .data.token\n");
      expect(out).toContain('"wss://stream.shop.test/feed?token=" + WS_TOKEN');
      expect(err).toBe("");
      rmSync(kept);
    }
    const attached = { ...http, response: { ...http.response, content: { mimeType: "application/json", _file: "ab12.json" } } };
    const log = { log: { version: "1.2", creator: { name: "Playwright", version: "1.62.0" }, entries: [attached, socket(`feed?token=${TOKEN}`, [["send", "hello"]])] } };
    const zip = join(folder, "playwright.zip");
    writeFileSync(zip, zipSync({ "har.har": Buffer.from(JSON.stringify(log)), "ab12.json": Buffer.from(http.response.content.text) }));
    expect((await runHere(["code", zip, "--as", "python-websockets"])).out).toContain("→ .data.token");
  });

  it("finds the answer by its mask also where the URL has the token percent-encoded", async () => {
    const token = `${TOKEN}+/=`;
    const answer = { ...http, response: { ...http.response, content: { ...http.response.content, text: JSON.stringify({ data: { token } }) } } };
    const path = har("encoded.har", [answer, socket(`feed?token=${encodeURIComponent(token)}`, [["send", "hello"]])]);
    const kept = join(folder, "encoded.framescope");
    expect(await runHere(["convert", path, kept])).toMatchObject({ code: 0 });
    const { out, err } = await runHere(["code", kept, "--as", "python-websocket-client"]);
    expect(out).toContain("    # From GET https://shop.test/index/kxauth → .data.token\n");
    expect([err, out.includes(TOKEN)]).toEqual(["", false]);
  });

  it("finds a chain of two in a capture whose secrets are masked, and what is secret in a request is masked in the answer that gave it", async () => {
    const csrf = "Xq7LmN2pRt9VwYb4cDfGh1Jk";
    const session = { ...http, request: { method: "GET", url: "https://shop.test/session", headers: [] }, response: { ...http.response, content: { ...http.response.content, text: JSON.stringify({ csrf }) } } };
    const asked = { ...http, startedDateTime: started(0.5), request: { ...http.request, method: "POST", headers: [{ name: "X-CSRF-Token", value: csrf }] } };
    const kept = join(folder, "chain.ndjson.framescope");
    expect(await runHere(["convert", har("chain.har", [session, asked, socket(`feed?token=${TOKEN}`, [["send", "hello"]])]), kept])).toMatchObject({ code: 0 });
    const { out, err } = await runHere(["code", kept, "--as", "python-websocket-client"]);
    expect(out).toContain("    # From GET https://shop.test/session → .csrf\n");
    expect([err, out.includes(csrf)]).toEqual(["", false]);
    const journal = Buffer.from(unzipSync(readFileSync(kept))["journal"] ?? []).toString("latin1");
    expect([journal.includes("/session"), journal.includes(csrf)]).toEqual([true, false]);
  });

  it("names of the secrets those alone that the script asks for", async () => {
    const one = socket("feed", [["send", "hello"]]);
    const path = har("cookie.har", [{ ...one, request: { ...one.request, headers: [{ name: "Cookie", value: `session=${TOKEN}` }] } }]);
    expect((await runHere(["code", path, "--as", "node-ws"])).err).toContain("WS_COOKIE");
    for (const as of ["javascript", "playwright", "msw"]) expect((await runHere(["code", path, "--as", as])).err, as).toBe("");
  });

  it("asks which connection where there are several, and sends the messages that a filter lets through, or what was sent before them", async () => {
    const path = har("two.har", [socket("a", [["send", "one"]]), socket("b", [["send", "two"], ["send", "three"], ["receive", "told"], ["send", "four"]])]);
    const asked = await runHere(["code", path, "--as", "node-ws"]);
    expect(asked).toEqual({ code: 2, out: "", err: expect.stringMatching(/Name a connection with --connection: \n\d+ {2}wss:\/\/stream\.shop\.test\/a\n/) });
    expect(await runHere(["code", path, "--as", "node-ws", "--connection", "99"])).toEqual(asked);
    const number = /(\d+) {2}wss:\/\/stream\.shop\.test\/b/.exec(asked.err)?.[1] ?? "";
    const sent = async (messages: string): Promise<string[]> => {
      const { out } = await runHere(["code", path, "--as", "node-ws", "--connection", number, "--messages", messages, "--at-once"]);
      return [...out.matchAll(/ws\.send\("(.*)"\);/g)].map(([, text]) => text ?? "");
    };
    expect(await sent("three")).toEqual(["three"]);
    expect(await sent("told")).toEqual(["two", "three"]);
  });

  it("prints secrets where they are asked for, and says what it can print", async () => {
    const path = har("three.har", [socket(`feed?token=${TOKEN}`, [])]);
    expect((await runHere(["code", path, "--as", "curl", "--with-secrets"])).out).toContain(`TOKEN='${TOKEN}'`);
    expect(await runHere(["code", path, "--as", "perl"])).toMatchObject({ code: 2, err: expect.stringContaining("perl is none of these: python-websocket-client,") });
  });
});
