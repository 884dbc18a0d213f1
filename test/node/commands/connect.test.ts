import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WebSocket } from "ws";
import { writeHar } from "../har-file.ts";
import { loginServer, recordingServer, type RecordingServer, type ServerParts } from "../recording-server.ts";
import { FRAMESCOPE, runHere } from "../run-framescope.ts";

const PATIENCE_MS = 60_000;
const MORE_THAN_PIPES_HOLD = 10_000;
const SECRET = "Zx9-my-own-secret";

let folder: string;
const servers: RecordingServer[] = [];
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "framescope-connect-"))));
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) await server.close();
  await rm(folder, { recursive: true });
});

async function serve(parts: ServerParts): Promise<RecordingServer> {
  const server = await recordingServer(parts);
  servers.push(server);
  return server;
}

const call = (id: number, method: string, params: object): string => JSON.stringify({ jsonrpc: "2.0", id, method, params });
/** A second without a message ends it; who waits for no second says when. */
const SOON = ["--seconds", "0.5"];

describe("framescope connect", () => {
  it("ends once who reads it has enough, as by Ctrl+C", { timeout: PATIENCE_MS }, async () => {
    const server = await serve({
      answer: (socket) => {
        const timer = setInterval(() => socket.send("more"), 20);
        socket.on("close", () => clearInterval(timer));
      },
    });
    const [status, out, err] = await new Promise<[number | null, string, string]>((resolve) => {
      const said = { out: "", err: "" };
      const shell = spawn("sh", ["-c", '("$0" "$1" connect "$2" --send go; echo "ended $?" >&2) | head -n 2', process.execPath, FRAMESCOPE, server.url]);
      shell.stdout.on("data", (bytes: Buffer) => (said.out += String(bytes)));
      shell.stderr.on("data", (bytes: Buffer) => (said.err += String(bytes)));
      shell.on("close", (code) => resolve([code, said.out, said.err]));
    });
    expect([status, out.split("\n").length, err]).toEqual([0, 3, "ended 0\n"]);
  });

  it("answers pings, ends by Ctrl+C and writes its file though nobody reads what it prints", { timeout: PATIENCE_MS }, async () => {
    const sockets = new EventEmitter<{ flooded: [WebSocket] }>();
    const flooded = once(sockets, "flooded") as Promise<[WebSocket]>;
    const server = await serve({
      answer: (socket) => {
        for (let i = 0; i < MORE_THAN_PIPES_HOLD; i++) socket.send(`${i} ${"x".repeat(200)}`);
        sockets.emit("flooded", socket);
      },
    });
    const out = join(folder, "own.ndjson");
    const child = spawn(process.execPath, [FRAMESCOPE, "connect", server.url, "--send", "go", "-o", out], { stdio: ["pipe", "pipe", "ignore"] });
    const exited = once(child, "exit");
    const [socket] = await flooded;
    await once(child.stdout, "readable");
    socket.ping();
    await once(socket, "pong");
    child.kill("SIGINT");
    await once(socket, "close");
    await vi.waitFor(() => access(out), PATIENCE_MS);
    expect((await readFile(out, "utf8")).trimEnd().split("\n").length).toBeGreaterThan(MORE_THAN_PIPES_HOLD);
    expect(child.exitCode).toBeNull();
    child.stdout.destroy();
    expect(await exited).toEqual([0, null]);
  });

  it("logs in and goes on with the token of the answer, and its log is a capture that show opens, without the user’s secret", { timeout: PATIENCE_MS }, async () => {
    vi.stubEnv("MY_TOKEN", SECRET);
    const login = loginServer();
    // It ends the connection once it has said all: however long that takes, nobody has to guess.
    const server = await serve({
      answer: (socket, message) => {
        login(socket, message);
        if (String(message).includes('"subscribe"')) socket.close(1000);
      },
    });
    const out = join(folder, "own.framescope");
    const ran = await runHere([
      "connect", server.url, "--var", "MY_TOKEN", "--header", "Authorization: Bearer {{MY_TOKEN}}", "--header", "Cookie: sid=1", "--header", "Origin: https://app.test", "--subprotocol", "rpc.v1",
      "--send", call(1, "login", { key: "{{MY_TOKEN}}" }), "--send", call(2, "subscribe", { token: "{{answer .result.token}}" }), "-o", out, "--seconds", "30",
    ]);
    expect(ran.code, ran.err).toBe(0);
    const [connection] = server.connections;
    expect(connection?.headers).toMatchObject({ authorization: `Bearer ${SECRET}`, cookie: "sid=1", origin: "https://app.test" });
    expect(connection?.subprotocol).toBe("rpc.v1");
    expect(connection?.messages).toEqual([call(1, "login", { key: SECRET }), call(2, "subscribe", { token: "drawn-1-by-the-server" })]);
    expect(ran.out).toMatch(/↑ {2}login +.*\{\{MY_TOKEN\}\}/);
    expect(ran.out).toMatch(/↓ {2}result +.*"ok":true.* ms$/m);
    expect(ran.out + ran.err).not.toContain(SECRET);

    const shown = await runHere(["show", out, "--filter", "from:you"]);
    expect(shown.out.trimEnd().split("\n")).toHaveLength(2);
    expect((await readFile(out)).includes(SECRET)).toBe(false);
  });

  it.each(["har", "ndjson"])("writes what went over it as %s, the handshake with it", { timeout: PATIENCE_MS }, async (extension) => {
    const server = await serve({ answer: (socket, message) => socket.send(message) });
    const out = join(folder, `own.${extension}`);
    const ran = await runHere(["connect", server.url, "--send", "one", "--hex", "--send", "00ff", "-o", out, ...SOON]).catch(String);
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining("Not hexadecimal") });
    expect(await runHere(["connect", server.url, "--hex", "--send", "00 ff", "-o", out, ...SOON])).toMatchObject({ code: 0 });
    expect(server.connections.map(({ messages }) => messages)).toEqual([[Buffer.from([0, 255])]]);
    const { out: shown } = await runHere(["show", out, "--json"]);
    const messages = shown.trimEnd().split("\n").map((line) => JSON.parse(line) as { kind: string; direction: string; base64: string }).filter(({ kind }) => kind === "message");
    expect(messages.map(({ direction, base64 }) => [direction, base64])).toEqual([["sent", "AP8="], ["received", "AP8="]]);
  });

  it("sends each line of its input, goes on behind one that it cannot send, and ends once nothing comes", { timeout: PATIENCE_MS }, async () => {
    const server = await serve({ answer: (socket, message) => socket.send(`got ${String(message)}`) });
    const ran = await runHere(["connect", server.url], Buffer.from("one {{counter}}\r\n\ntwo {{nobody}}\n\ud83d \\{{as is}\nlast"));
    expect(ran.err).toContain("No variable is called nobody.");
    expect(server.connections[0]?.messages).toEqual(["one 1", "\ufffd {{as is}", "last"]);
    expect(ran.out).toContain("got last");
    expect(ran.code).toBe(0);
  });

  it("fills in nothing where that is asked for", { timeout: PATIENCE_MS }, async () => {
    const server = await serve({});
    await runHere(["connect", server.url, "--as-is", "--send", '{{{"a":{{now}}', ...SOON]);
    expect(server.connections[0]?.messages).toEqual(['{{{"a":{{now}}']);
  });

  it("opens a captured connection again as it was, and takes its cookies to no other server", { timeout: PATIENCE_MS }, async () => {
    const server = await serve({});
    const requestHeaders = { Cookie: "sid=from-the-page", "X-Api": "7", Origin: "https://app.test", Host: "x", "Sec-WebSocket-Key": "k", "Sec-WebSocket-Protocol": "chat, other" };
    const from = await writeHar(join(folder, "page.har"), [{ url: `${server.url}feed`, requestHeaders, messages: [] }]);
    expect(await runHere(["connect", "--from", from, "--header", "X-Api: 8", ...SOON])).toMatchObject({ code: 0 });
    expect(server.connections[0]?.headers).toMatchObject({ cookie: "sid=from-the-page", origin: "https://app.test", "x-api": "8", host: `127.0.0.1:${server.port}` });
    expect(server.connections[0]?.subprotocol).toBe("chat");

    const other = await serve({});
    const { err } = await runHere(["connect", other.url, "--from", from, ...SOON]);
    expect(other.connections[0]?.headers).toMatchObject({ origin: "https://app.test" });
    expect(Object.keys(other.connections[0]?.headers ?? {})).not.toEqual(expect.arrayContaining(["cookie"]));
    expect(other.connections[0]?.headers["x-api"]).toBeUndefined();
    expect(err).toMatch(/Not sent to another server than that of the capture: .*Cookie/);
  });

  it("says what the server answered where the connection does not open, and writes that too", { timeout: PATIENCE_MS }, async () => {
    const server = await serve({ refuses: () => 401 });
    const out = join(folder, "refused.framescope");
    expect(await runHere(["connect", server.url, "-o", out])).toMatchObject({ code: 2, err: expect.stringMatching(/does not open: The server answered 401\./) });
    expect((await runHere(["show", out])).out).toContain("401");
    expect(await runHere(["connect", "ws://127.0.0.1:1/"])).toMatchObject({ code: 2, err: expect.stringContaining("ECONNREFUSED") });
    expect(await runHere(["connect", "http://127.0.0.1/"])).toMatchObject({ code: 2, err: expect.stringContaining("is no address of a WebSocket") });
  });

  it("ends with the connection, and tells how that ended", { timeout: PATIENCE_MS }, async () => {
    const server = await serve({ answer: (socket) => socket.close(4001, "enough") });
    const { code, out } = await runHere(["connect", server.url, "--send", "x", "--seconds", "3600"]);
    expect([code, out]).toEqual([0, expect.stringContaining("4001")]);
  });

  it("takes no other variable of the environment than those that are named", { timeout: PATIENCE_MS }, async () => {
    vi.stubEnv("MY_TOKEN", SECRET);
    const server = await serve({});
    expect(await runHere(["connect", server.url, "--send", "{{MY_TOKEN}}"])).toMatchObject({ code: 2, err: expect.stringContaining("No variable is called MY_TOKEN") });
    expect(server.connections).toEqual([]);
  });
});
