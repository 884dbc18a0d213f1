import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

type DialOptions struct {
	HTTPHeader   http.Header
	Subprotocols []string
}

type Conn struct{}

func Dial(ctx context.Context, u string, opts *DialOptions) (*Conn, *http.Response, error) {
	return nil, nil, nil
}

func (c *Conn) CloseNow() error                                                     { return nil }
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
