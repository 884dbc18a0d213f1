import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { snippetTarget } from "../../../src/format/snippets/registry.ts";
import type { SnippetTarget } from "../../../src/format/snippets/snippet.ts";
import { en } from "../../words/speakers.ts";
import { aConnection, aScript, CHROME_HEADERS, type ShortMessage } from "./a-script.ts";
import { startRecordingServer, type Arrived, type RecordingServer } from "./recording-server.ts";
import { findPython, run, type Ran } from "./runtimes.ts";
import { standInForLibraries } from "./stand-ins.ts";

const PING = '{"op":"ping"}';
const PONG = '{"op":"pong"}';
const HOSTILE = `it's "q" \\ $HOME $(id) \`id\` %s %d {0} \${x} \u2028 中文 😀 \u202E !`;
const LOGIN = '{"cmd":"login","token":"k7Yw3pQz9LmN2xRtVb8cDfGh","n":12345678901234567890}';
const BYTES = Uint8Array.from([0, 1, 0xff, 0x22, 0x27, 0x0a]);
const MESSAGES: readonly ShortMessage[] = [
  { sent: LOGIN, at: 0.001 },
  { received: PING, at: 0.1, isHeartbeat: true },
  { sent: PONG, at: 0.12, isHeartbeat: true },
  { sent: HOSTILE, at: 0.301 },
  { sent: "two\nlines\n", at: 0.301 },
  { sent: "-1", at: 0.302 },
  { sent: "", at: 0.302 },
  { sent: "text:\r", at: 0.302 },
  { sent: BYTES, at: 0.303 },
  { received: "x", at: 0.4 },
];
const TEXTS = [LOGIN, HOSTILE, "two\nlines\n", "-1", "", "text:\r"];
const ALL = [...TEXTS, Buffer.from(BYTES)];
const HEADERS = [...CHROME_HEADERS, { name: "X-Odd", value: `a'b"c\\d $HOME \`id\` %s` }];

const python = findPython(["websocket", "websockets"]);
const NO_PYTHON = python === undefined ? " (skipped: python3-websocket and python3-websockets are not installed)" : "";

/** How each is run. `sends`: of the messages, those that it can send. */
const RUNS: readonly { readonly id: string; readonly command: (file: string) => readonly [string, ...string[]]; readonly sends: readonly (string | Buffer)[]; readonly isSkipped?: boolean; readonly wrap?: (text: string) => string; readonly answersHeartbeats?: boolean; readonly isPaced?: boolean; readonly setsHeaders?: boolean }[] = [
  { id: "python-websocket-client", command: (file) => [python ?? "", file], sends: ALL, isSkipped: python === undefined },
  { id: "python-websockets", command: (file) => [python ?? "", file], sends: ALL, isSkipped: python === undefined },
  { id: "node-ws", command: (file) => [process.execPath, file], sends: ALL },
  {
    id: "javascript",
    command: (file) => [process.execPath, "--experimental-websocket", "--no-warnings", file],
    sends: ALL,
    setsHeaders: false,
    // What a browser has beside it.
    wrap: (text) => `globalThis.prompt = (question) => process.env[question.split(":")[0]];\n${text}\nws.addEventListener("close", () => process.exit());`,
  },
  // Longer than anybody waits: it is to end with the connection.
  { id: "k6", command: () => [process.execPath, "--no-warnings", "as-k6.mjs"], sends: ALL, wrap: (text) => text.replace("STAY_MS = 30_000", "STAY_MS = 120_000") },
  { id: "websocat", command: (file) => ["sh", "-c", 'PATH="$PWD/bin:$PATH" exec sh "$0"', file], sends: ALL, answersHeartbeats: false, isPaced: false },
  { id: "wscat", command: (file) => ["sh", file], sends: TEXTS, answersHeartbeats: false, isPaced: false },
  { id: "curl", command: (file) => ["sh", file], sends: [], answersHeartbeats: false },
];

it("a user of k6 stays for a while from the last message on, however long they take to send", () => {
  const text = snippetTarget("k6")?.write(aScript({ messages: [{ sent: "a" }, { sent: "b", at: 100 }] }), en.tell) ?? "";
  expect(text.indexOf("ws.close(), STAY_MS")).toBeGreaterThan(text.lastIndexOf("ws.send("));
});

it("a command leaves out, and says so, what no argument of one can hold, and heartbeats", () => {
  const beats: readonly ShortMessage[] = [{ received: PING, at: 1, isHeartbeat: true }, { sent: PONG, at: 1.1, isHeartbeat: true }];
  for (const id of ["websocat", "wscat"]) {
    const text = snippetTarget(id)?.write(aScript({ messages: [{ sent: "é".repeat(65_000) }, { sent: "a\0b" }, { sent: "c" }, ...beats] }), en.tell) ?? "";
    expect(text, id).toContain(`# 1 message left out: a shell cannot pass its zero bytes on.\n# 1 message left out: it is too long for an argument of a command.\n# ${id} sends no heartbeats: the server may close the connection.\n`);
    expect(text.match(/--(?:preamble=|execute )/g), id).toHaveLength(1);
  }
});

describe("a script that was copied, run", () => {
  let server: RecordingServer;
  const folder = mkdtempSync(join(tmpdir(), "snippets-"));
  const ran = new Map<string, Ran>();

  beforeAll(async () => {
    const runs = new Map(RUNS.map((one) => [`/feed/${one.id}`, one]));
    server = await startRecordingServer({
      expected: (path) => runs.get(path)?.sends.length ?? 0,
      answers: (path) => runs.get(path)?.answersHeartbeats !== false,
      ping: PING,
      pong: PONG,
    });
    standInForLibraries(folder);
    await Promise.all(
      RUNS.filter(({ isSkipped }) => isSkipped !== true).map(async ({ id, command, wrap = (text) => text }) => {
        const target = snippetTarget(id) as SnippetTarget;
        const options = { connection: aConnection(`ws://127.0.0.1:${server.port}/feed/${id}?token=secret'%22$x&v=[1-3]`, HEADERS), messages: MESSAGES };
        const file = join(folder, `${id}.${target.extension}`);
        writeFileSync(file, wrap(target.write(aScript(options), en.tell)));
        const env = Object.fromEntries(aScript({ ...options, withSecrets: true }).variables.map(({ name, value }) => [name, value ?? ""]));
        const [program, ...parameters] = command(file);
        ran.set(id, await run(program, parameters, { env, cwd: folder }));
      }),
    );
  }, 60_000);
  afterAll(async () => {
    await server.end();
    rmSync(folder, { recursive: true });
  });

  for (const { id, sends, isSkipped = false, answersHeartbeats = true, isPaced = true, setsHeaders = true } of RUNS) {
    describe.skipIf(isSkipped)(`${id}${isSkipped ? NO_PYTHON : ""}`, () => {
      const arrived = (): Arrived => server.of(`/feed/${id}`);

      it("connects to the URL with the subprotocols", () => {
        expect(arrived().url).toBe(`/feed/${id}?token=secret%27%22$x&v=[1-3]`);
        expect(arrived().headers["sec-websocket-protocol"]?.replaceAll(" ", "")).toBe("v2.feed,v1.feed");
      });

      it.skipIf(!setsHeaders)("sends the headers that matter, and the library's own of the rest", () => {
        const { cookie, origin, "x-odd": odd, "user-agent": agent, ...rest } = arrived().headers;
        expect({ cookie, origin, odd, agent }).toEqual({ cookie: "session=8f14e45fceea167a5a36dedd4bea2543; theme=dark", origin: "https://shop.test", odd: `a'b"c\\d $HOME \`id\` %s`, agent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0" });
        expect(rest["host"]).toBe(`127.0.0.1:${server.port}`);
        expect(rest["accept-language"]).toBeUndefined();
      });

      it("sends the messages in their order, text as text and bytes as bytes", () => {
        expect(arrived().messages.map(({ data }) => data)).toEqual(sends);
      });

      it.skipIf(!isPaced || sends.length === 0)("keeps the pauses", () => {
        const [first, second] = arrived().messages;
        expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(100);
      });

      it.skipIf(!answersHeartbeats)("answers the heartbeat, and ends when the server closes", () => {
        expect(ran.get(id)?.out).toContain("goodbye “you”");
        expect(ran.get(id)?.err).not.toMatch(/Traceback|Error/);
        expect(ran.get(id)?.code).toBe(0);
      });
    });
  }
});
