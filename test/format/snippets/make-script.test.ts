import { describe, expect, it } from "vitest";
import { pythonData } from "../../../src/format/snippets/languages/python.ts";
import { isBytes, sentSteps } from "../../../src/format/snippets/script.ts";
import { aConnection, aScript } from "./a-script.ts";
import { en } from "../../words/speakers.ts";

const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
const sent = (script: ReturnType<typeof aScript>): string[] => sentSteps(script).map(({ data }) => pythonData(data));

describe("what a script does", () => {
  it("keeps the headers that matter: the page's own, cookies, Origin and User-Agent", () => {
    const headers = [{ name: "X-App", value: "shop\nweb" }, { name: "Bad Name", value: "x" }, { name: "Sec-Fetch-Mode", value: "websocket" }, { name: "Host", value: "x" }, { name: "Authorization", value: "Bearer k7Yw3pQz9LmN2xRt" }, { name: "X-Line", value: "a\r\nInjected: b" }];
    expect(aScript({ connection: aConnection("ws://x/", headers) }).headers).toEqual([
      { name: "X-App", value: ["shop, web"] },
      { name: "Authorization", value: ["Bearer ", expect.objectContaining({ name: "WS_AUTHORIZATION", value: null })] },
      { name: "X-Line", value: [expect.not.stringMatching(/[\r\n]/)] },
    ]);
  });

  it("leaves secrets out of the URL, the subprotocols, the headers and the messages, equal ones as one variable", () => {
    const headers = [{ name: "Sec-WebSocket-Protocol", value: `bearer, ${JWT}` }, { name: "Cookie", value: "session=8f14e45fceea167a; theme=dark" }];
    const script = aScript({ connection: aConnection(`wss://x/feed?access_token=${JWT}&v=2#t`, headers), messages: [{ sent: `{"password":"correct horse","token":"${JWT}"}` }, { sent: "sid=1" }] });
    expect(script.variables.map(({ name, about }) => [name, en.tell(about)])).toEqual([
      ["WS_ACCESS_TOKEN", "Query parameter access_token of the URL"],
      ["WS_COOKIE", "Header Cookie of the handshake"],
      ["WS_PASSWORD", "password in message 1"],
    ]);
    expect(script.url.at(-1)).toBe("&v=2");
    expect(script.subprotocols).toEqual([["bearer"], [expect.objectContaining({ name: "WS_ACCESS_TOKEN" })]]);
    expect(sent(script)[0]).toBe(`'{"password":"' + WS_PASSWORD + '","token":"' + WS_ACCESS_TOKEN + '"}'`);
  });

  it("never takes a name that the system gives a meaning", () => {
    const { variables } = aScript({ connection: aConnection("ws://x/?path_token=k7Yw3pQz9LmN2xRt", []), messages: [{ sent: '{"2fa_token":"k7Yw3pQz9LmN2xRs"}' }] });
    for (const { name } of variables) expect(name).toMatch(/^[A-Z][A-Z\d_]*$/);
  });

  it("leaves out a binary message that holds a secret, and says so; with sensitive data it is there", () => {
    const bytes = new TextEncoder().encode(`\u0001\u0002${JWT}`);
    const without = aScript({ messages: [{ sent: bytes }, { sent: Uint8Array.of(1) }] });
    expect(sentSteps(without)).toHaveLength(1);
    expect(without.notes.map(en.tell)).toEqual(["1 binary message left out: it holds a secret. Copy with sensitive data to have it."]);
    expect(sentSteps(aScript({ messages: [{ sent: bytes }], withSecrets: true })).map(({ data }) => isBytes(data))).toEqual([true]);
  });

  it("sends messages as far apart as they were, or at once", () => {
    const messages = [{ sent: "a", at: 0.5 }, { received: "x", at: 0.6 }, { sent: "b", at: 2 }, { sent: "c", at: 2.002 }];
    expect(sentSteps(aScript({ messages })).map(({ pause }) => pause)).toEqual([500, 1500, 0]);
    expect(sentSteps(aScript({ messages, withPauses: false })).map(({ pause }) => pause)).toEqual([0, 0, 0]);
  });

  it("refuses a connection whose URL is none of a WebSocket", () => {
    for (const url of ["", "javascript:alert(1)", "file:///etc/passwd"]) expect(() => aScript({ connection: aConnection(url) })).toThrow("snippet.no-url");
  });
});

describe("heartbeats", () => {
  const beat = true;

  it("are answered as the page answered them, and not sent by themselves", () => {
    const script = aScript({ messages: [{ received: "2", at: 25, isHeartbeat: beat }, { sent: "3", at: 25.01, isHeartbeat: beat }, { received: "2", at: 50, isHeartbeat: beat }, { sent: "3", at: 50.01, isHeartbeat: beat }, { sent: "hello", at: 51 }] });
    expect(script.heartbeats).toEqual([{ on: ["2"], send: ["3"] }]);
    expect(sent(script)).toEqual(['"hello"']);
  });

  it("that the page sent by itself are repeated as often, and the server's answers to them are not answered", () => {
    const script = aScript({ messages: [10, 20, 30].flatMap((at) => [{ sent: "ping", at, isHeartbeat: beat }, { received: "pong", at: at + 0.1, isHeartbeat: beat }]) });
    expect(script.repeats).toEqual([{ every: 10_000, send: ["ping"] }]);
    expect(script.heartbeats).toEqual([]);
    expect(sent(script)).toEqual([]);
  });

  it("whose answer is another each time are left as they are", () => {
    const script = aScript({ messages: [{ received: "p", at: 1, isHeartbeat: beat }, { sent: "1", at: 1.01, isHeartbeat: beat }, { received: "p", at: 2, isHeartbeat: beat }, { sent: "2", at: 2.01, isHeartbeat: beat }] });
    expect(script.heartbeats).toEqual([]);
    expect(sent(script)).toEqual(['"1"', '"2"']);
  });
});

it("a script never asks the environment for what others keep there, whatever the page calls its secrets", () => {
  for (const name of ["GITHUB_TOKEN", "awsSecretAccessKey", "LD_PRELOAD", "path", "", "1"]) {
    const script = aScript({ connection: aConnection("wss://feed.test/"), messages: [{ sent: JSON.stringify({ [name]: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnc2lnc2ln" }), at: 0 }] });
    expect(script.variables.length).toBeGreaterThan(1);
    for (const variable of script.variables) expect(variable.name).toMatch(/^WS_[A-Z\d_]+$/);
  }
});
