import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { snippetTarget } from "../../src/format/snippets/registry.ts";
import type { Script } from "../../src/format/snippets/script.ts";
import type { SnippetTarget } from "../../src/format/snippets/snippet.ts";
import { epochMilliseconds } from "../../src/model/units.ts";
import { aConnection, aScript } from "../format/snippets/a-script.ts";
import { anyTexts, scriptOf } from "../format/snippets/any-script.ts";
import { startRecordingServer } from "../format/snippets/recording-server.ts";
import { run } from "../format/snippets/runtimes.ts";
import { canInstall } from "../../scripts/debian-packages.mjs";
import { en } from "../words/speakers.ts";

const hasGo = spawnSync("go", ["version"]).status === 0 && spawnSync("gofmt", ["-h"]).error === undefined;

/** What the scripts use of github.com/coder/websocket, as its documentation declares it: nothing is fetched. */
const WEBSOCKET = `package websocket

import (
	"context"
	"net/http"
)

type MessageType int

const (
	MessageText MessageType = iota + 1
	MessageBinary
)

type StatusCode int

const StatusNormalClosure StatusCode = 1000

type DialOptions struct {
	HTTPHeader   http.Header
	Subprotocols []string
}

type Conn struct{}

func Dial(ctx context.Context, u string, opts *DialOptions) (*Conn, *http.Response, error) {
	return nil, nil, nil
}

func (c *Conn) Close(code StatusCode, reason string) error                          { return nil }
func (c *Conn) SetReadLimit(n int64)                                                {}
func (c *Conn) Read(ctx context.Context) (MessageType, []byte, error)               { return 0, nil, nil }
func (c *Conn) Write(ctx context.Context, typ MessageType, p []byte) error          { return nil }
`;

const target = snippetTarget("go") as SnippetTarget;
const TOKENS = '{"token":"k7Yw3pQz9LmN2xRtVb8cDfGh","token_2":"a7Yw3pQz9LmN2xRtVb8cDfGh","token2":"b7Yw3pQz9LmN2xRtVb8cDfGh"}';
const plain: readonly Script[] = [
  aScript(),
  aScript({ withSecrets: true }),
  aScript({ connection: aConnection("ws://x.test/", []) }),
  aScript({ messages: [{ sent: '{"cmd":"login","token":"k7Yw3pQz9LmN2xRtVb8cDfGh"}', at: 1 }, { sent: Uint8Array.of(0, 34, 255), at: 2 }] }),
  // What only the server says is asked of nobody; names that differ by an underscore are two.
  aScript({ messages: [{ received: '{"access_token":"k7Yw3pQz9LmN2xRtVb8cDfGh"}' }] }),
  aScript({ messages: [{ sent: TOKENS }, { sent: TOKENS.replaceAll("V", "W") }] }),
  // What an answer gave is asked for anew: of JSON, of text, a cookie, and what a URL has encoded.
  ...([{ body: JSON.stringify({ data: [{ token: "k7Yw3pQz9LmN2xRt" }] }) }, { body: '<p>token: "k7Yw3pQz9LmN2xRt"' }, { setCookies: ["feed=k7Yw3pQz9LmN2xRt"], requestBody: "{}", method: "POST" }] as const).map((answer) =>
    aScript({ exchanges: [{ method: "GET", url: "https://shop.test/auth", requestHeaders: [{ name: "X-App", value: "shop" }], requestBody: null, status: 200, body: "", setCookies: [], finishedAt: epochMilliseconds(1), ...answer }] }),
  ),
];
const hostile: readonly Script[] = fc.sample(fc.tuple(anyTexts, fc.boolean()), { numRuns: 12, seed: 9 }).map(([texts, keeps]) => scriptOf(texts, keeps));
const scripts = [...plain, ...hostile];

describe.skipIf(!hasGo)(`a script in Go${hasGo ? "" : " (skipped: Go is not installed)"}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "go-scripts-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const names = scripts.map((_, i) => `script${i}`);
  mkdirSync(join(folder, "websocket"));
  writeFileSync(join(folder, "websocket", "go.mod"), "module github.com/coder/websocket\n");
  writeFileSync(join(folder, "websocket", "websocket.go"), WEBSOCKET);
  writeFileSync(join(folder, "go.mod"), "module scripts\n\ngo 1.19\n\nrequire github.com/coder/websocket v1.8.0\n\nreplace github.com/coder/websocket => ./websocket\n");
  for (const [i, script] of scripts.entries()) {
    mkdirSync(join(folder, names[i] as string));
    writeFileSync(join(folder, names[i] as string, "main.go"), target.write(script, en.tell));
  }
  const go = (program: string, ...parameters: string[]) => spawnSync(program, parameters, { cwd: folder, encoding: "utf8", env: { ...process.env, GOFLAGS: "-mod=mod", GOPROXY: "off", GOTOOLCHAIN: "local" } });

  it("stands as gofmt writes it", () => {
    const { stdout, stderr } = go("gofmt", "-e", "-d", ...names.slice(0, plain.length));
    expect(stderr).toBe("");
    expect(stdout).toBe("");
    expect(go("gofmt", "-e", "-l", ...names).stderr).toBe("");
  });

  it("compiles, and vet has nothing to say", () => {
    const { status, stderr } = go("go", "vet", "./...");
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });
});

/** The library itself, by its name before 2024, and what it needs; of the distribution, without installing them. */
const PACKAGES = ["golang-nhooyr-websocket-dev", "golang-github-klauspost-compress-dev"];
const hasPackages = hasGo && (await canInstall());

describe.skipIf(!hasPackages)(`a script in Go, with the library itself${hasPackages ? "" : " (skipped: Go, or the distribution's packages, are not here)"}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "go-run-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("connects, sends, answers a heartbeat and prints what comes, until the server closes", async () => {
    await unpackLibrary(folder);
    const [login, odd, bytes] = ['{"cmd":"login","token":"k7Yw3pQz9LmN2xRtVb8cDfGh"}', `it's "q" \\ $HOME \`id\` %s %d \u2028 中文 😀`, Uint8Array.of(0, 34, 255)];
    const server = await startRecordingServer({ expected: () => 3, answers: () => true, ping: '{"op":"ping"}', pong: '{"op":"pong"}' });
    try {
      const options = {
        connection: aConnection(`ws://127.0.0.1:${server.port}/feed?token=k7Yw3pQz9LmN2xRt&v=[1-3]`),
        messages: [{ sent: login, at: 0.001 }, { received: '{"op":"ping"}', at: 0.1, isHeartbeat: true }, { sent: '{"op":"pong"}', at: 0.12, isHeartbeat: true }, { sent: odd, at: 0.3 }, { sent: bytes, at: 0.3 }],
      };
      mkdirSync(join(folder, "script"));
      writeFileSync(join(folder, "script", "main.go"), target.write(aScript(options), en.tell));
      const built = spawnSync("go", ["build", "-o", "client", "./script"], { cwd: folder, encoding: "utf8", env: { ...process.env, GOFLAGS: "-mod=mod", GOPROXY: "off", GOTOOLCHAIN: "local" } });
      expect(built.stderr).toBe("");
      const env = Object.fromEntries(aScript({ ...options, withSecrets: true }).variables.map(({ name, value }) => [name, value ?? ""]));
      const { out, err } = await run(join(folder, "client"), [], { env });
      const { url, headers, messages } = server.of("/feed");
      expect(url).toBe("/feed?token=k7Yw3pQz9LmN2xRt&v=[1-3]");
      expect(headers).toMatchObject({ origin: "https://shop.test", cookie: "session=8f14e45fceea167a5a36dedd4bea2543; theme=dark", "sec-websocket-protocol": expect.stringMatching(/^v2\.feed, ?v1\.feed$/) });
      expect(messages.map(({ data }) => data)).toEqual([login, odd, Buffer.from(bytes)]);
      expect((messages[1]?.at ?? 0) - (messages[0]?.at ?? 0)).toBeGreaterThan(100);
      expect(out).toContain("goodbye “you”\n00ff41\n");
      expect(err).toContain("StatusNormalClosure");
    } finally {
      await server.end();
    }
  });
});

/** As a module in `folder` that has its newer name. */
async function unpackLibrary(folder: string): Promise<void> {
  for (const [program, ...parameters] of [["apt-get", "download", ...PACKAGES], ["sh", "-c", 'for one in *.deb; do dpkg-deb -x "$one" packages; done']] as const) {
    const { code, err } = await run(program, parameters, { cwd: folder, within: 300_000 });
    expect(code, err).toBe(0);
  }
  const source = join(folder, "packages", "usr", "share", "gocode", "src");
  cpSync(join(source, "github.com", "klauspost", "compress"), join(folder, "compress"), { recursive: true });
  cpSync(join(source, "nhooyr.io", "websocket"), join(folder, "websocket"), { recursive: true });
  for (const path of readdirSync(join(folder, "websocket"), { recursive: true, encoding: "utf8" })) {
    const file = join(folder, "websocket", path);
    if (path.endsWith("_test.go") || path.startsWith("internal/test")) rmSync(file, { recursive: true, force: true });
    else if (path.endsWith(".go")) writeFileSync(file, readFileSync(file, "utf8").replaceAll("nhooyr.io/websocket", "github.com/coder/websocket"));
  }
  writeFileSync(join(folder, "websocket", "go.mod"), "module github.com/coder/websocket\n\ngo 1.19\n\nrequire github.com/klauspost/compress v1.15.0\n");
  const needed = [["github.com/coder/websocket", "./websocket"], ["github.com/klauspost/compress", "./compress"]] as const;
  writeFileSync(join(folder, "go.mod"), ["module scripts", "go 1.19", ...needed.map(([name]) => `require ${name} v1.15.0`), ...needed.map(([name, place]) => `replace ${name} => ${place}`), ""].join("\n\n"));
}
