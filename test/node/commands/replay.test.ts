import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { milliseconds } from "../../../src/model/units.ts";
import { writeTranscript } from "../../../src/replay/transcript-file.ts";
import type { TranscriptMessage } from "../../../src/replay/transcript.ts";
import { writeHar } from "../har-file.ts";
import { loginServer, recordingServer, type RecordingServer, type ServerParts } from "../recording-server.ts";
import { runHere } from "../run-framescope.ts";

const PATIENCE_MS = 60_000;
const OLD = "the-token-of-the-page";

let folder: string;
const servers: RecordingServer[] = [];
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "framescope-replay-"))));
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  await rm(folder, { recursive: true });
});

async function serve(parts: ServerParts): Promise<RecordingServer> {
  const server = await recordingServer(parts);
  servers.push(server);
  return server;
}

const call = (id: number, method: string, params: object): string => JSON.stringify({ jsonrpc: "2.0", id, method, params });
const template = (text: string): TranscriptMessage => ({ form: "template", text, at: milliseconds(0) });

describe("framescope replay", () => {
  it("sends a captured connection again with the new token in the place of the old, tells what became of it, and its log is a capture", { timeout: PATIENCE_MS }, async () => {
    const server = await serve({ answer: loginServer() });
    const sent = [call(1, "login", { user: "{{now}}" }), call(2, "subscribe", { token: OLD }), call(3, "order", { token: OLD })];
    const path = await writeHar(join(folder, "page.har"), [{ url: "wss://shop.test/rpc", requestHeaders: { Cookie: "sid=1", Origin: "https://shop.test" }, messages: sent.flatMap((text) => [`↑${text}`, "an answer"]) }]);
    const out = join(folder, "again.framescope");
    const ran = await runHere(["replay", path, "--to", server.url, "--at-once", "--repeat", "2", "--replace", `${OLD}={{answer .result.token}}`, "-o", out]);
    expect(ran.code, ran.err).toBe(0);
    const turn = (n: number): string[] => sent.map((text) => text.replace(OLD, `drawn-${n}-by-the-server`));
    expect(server.connections[0]?.messages).toEqual([...turn(1), ...turn(2)]);
    expect(server.connections[0]?.headers).toMatchObject({ origin: "https://shop.test" });
    expect(server.connections[0]?.headers.cookie).toBeUndefined();
    expect(ran.err).toMatch(/All 6 sent\. 6 answered, 0 without an answer\. Latency: median/);
    expect((await runHere(["show", out, "--filter", "from:you is:sent"])).err).toContain("6 frames of 12");
  });

  it("asks before it sends to a host that is not this machine, and sends nothing then", { timeout: PATIENCE_MS }, async () => {
    const path = await writeHar(join(folder, "page.har"), [{ url: "wss://shop.test/rpc", messages: ["↑a", "↑b"] }]);
    expect(await runHere(["replay", path, "--at-once"])).toEqual({ code: 2, out: "", err: "2 messages would be sent to shop.test. Add --yes if you may.\n" });
  });

  it("stops once something received matches, and sends what a filter chooses", { timeout: PATIENCE_MS }, async () => {
    const server = await serve({ answer: (socket, message) => socket.send(String(message) === "b" ? "enough" : "more") });
    const path = await writeHar(join(folder, "page.har"), [{ url: server.url, messages: ["↑a", "↑b", "↑heartbeat"] }]);
    const { err } = await runHere(["replay", path, "--messages", "NOT heartbeat", "--repeat", "10000", "--until", "enough"]);
    expect(err).toMatch(/Stopped: a message received matches enough\. \d+ sent\./);
    expect(server.connections[0]?.messages.slice(0, 3)).toEqual(["a", "b", "a"].slice(0, server.connections[0]?.messages.length));
  });

  it("runs a transcript that the panel saved, with the values of its secret variables given", { timeout: PATIENCE_MS }, async () => {
    const server = await serve({});
    const path = join(folder, "transcript.json");
    await writeFile(path, writeTranscript({ messages: [template('{"key":"{{key}}","n":{{counter}},"user":"{{user}}"}')], variables: [{ name: "key", value: "hidden", isSecret: true }, { name: "user", value: "me", isSecret: false }] }));
    expect(await runHere(["replay", path])).toMatchObject({ code: 2, err: expect.stringContaining("secret variable key without its value") });
    expect(await runHere(["replay", path, "--var", "key=abcd-efgh"])).toMatchObject({ code: 2, err: expect.stringContaining("A transcript tells no address") });
    const out = join(folder, "again.ndjson");
    const ran = await runHere(["replay", path, "--var", "key=abcd-efgh", "--to", server.url, "-o", out]);
    expect(server.connections[0]?.messages).toEqual(['{"key":"abcd-efgh","n":1,"user":"me"}']);
    expect(ran.out).toContain('{"key":"{{key}}","n":1,"user":"me"}');
    expect(await readFile(out, "utf8")).not.toContain("abcd-efgh");
  });

  it("says what it cannot do before it connects", { timeout: PATIENCE_MS }, async () => {
    const path = await writeHar(join(folder, "page.har"), [{ url: "ws://localhost:1/", messages: ["↑a", "b"] }, { url: "ws://localhost:1/silent", messages: [] }]);
    for (const [options, why] of [
      [["--connection", "1", "--speed", "0"], "0 is no speed"],
      [["--connection", "1", "--repeat", "1.5"], "1.5 is no number of times"],
      [["--connection", "1", "--replace", "x"], "Write it as old=new"],
      [["--connection", "1", "--replace", "zz=y"], "No message holds zz"],
      [["--connection", "1", "--replace", "a={{b}}"], "No variable is called b"],
      [["--connection", "2"], "sent nothing that can be sent again"],
      [[], "Name a connection with --connection"],
    ] as const) expect(await runHere(["replay", path, ...options]), why).toEqual({ code: 2, out: "", err: expect.stringContaining(why) });
  });
});
