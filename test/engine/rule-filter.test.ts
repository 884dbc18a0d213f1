import { describe, expect, it } from "vitest";
import { frameIndex } from "../../src/model/units.ts";
import { rule, rulesPage } from "../agent/rules/rules-page.ts";
import { opened, setupEngine, type Message } from "./setup-engine.ts";

const FEED = "wss://page.test:8443/feed?token=secret";
const SOCKET_IO = "wss://page.test/socket.io/?EIO=4&transport=websocket";

/** The filter for one message of a connection, and whether a page with a rule by it drops the message, and another of its URL. */
async function proposed(url: string, message: Message, before: readonly Message[] = []) {
  const { take, until, call } = setupEngine();
  take(opened(1, url));
  take([...before, message]);
  await until(({ decoded }) => decoded === before.length + 2);
  const filter = (await call("ruleFilter", { frame: frameIndex(before.length + 1) })) ?? "";
  const { run } = rulesPage([rule({ filter, action: { type: "drop" } })]);
  const says = typeof message.payload === "string" ? JSON.stringify(message.payload) : `new Uint8Array(${JSON.stringify([...message.payload])}).buffer`;
  const got = (from: string, data: string): unknown => run(`{ const got = []; const socket = new WebSocket(${JSON.stringify(from)}); socket.addEventListener("message", () => got.push(1)); serverSays(socket, ${data}); got.length; }`);
  return { filter, isMet: got(url, says) === 0, meetsElsewhere: got("wss://other.test/", says) === 0 };
}

describe("the filter of a rule for a message", () => {
  it.each<readonly [filter: string, url: string, message: Message, before: readonly Message[]]>([
    ["type:order url:page.test:8443/feed", FEED, { payload: '{"px":1,"type":"order"}' }, []],
    ["type:order url:page.test:8443/feed", FEED, { payload: '[{"type":"order"},{"type":"other"}]' }, []],
    ["type:order:place url:page.test/socket.io/", SOCKET_IO, { payload: '42["order:place",{"qty":1}]' }, []],
    ["type:order:place url:page.test/socket.io/", SOCKET_IO, { payload: '42/orders,7["order:place",{"qty":1}]' }, []],
    ["is:text url:page.test:8443/feed", FEED, { payload: "plain" }, []],
    ["is:binary url:page.test:8443/feed", FEED, { opcode: 2, payload: new Uint8Array([0xff, 0, 1]) }, []],
    ["MESSAGE url:page.test:8443/feed", FEED, { payload: "MESSAGE\ndestination:/topic/a\nsubscription:1\nmessage-id:1\n\nhello\0" }, [{ payload: "CONNECTED\nversion:1.2\n\n\0" }]],
    ["phx_reply url:page.test:8443/feed", FEED, { payload: '["1","1","room:a","phx_reply",{"status":"ok","response":{}}]' }, []],
  ])("is %s, which the message meets in the page, and nothing of another address", async (filter, url, message, before) => {
    expect(await proposed(url, message, before)).toEqual({ filter, isMet: true, meetsElsewhere: false });
  });

  it("is none of a row that is no message, or is not there", async () => {
    const { take, until, call } = setupEngine();
    take(opened(1, FEED));
    take([{ payload: "a" }]);
    await until(({ decoded }) => decoded === 2);
    expect([await call("ruleFilter", { frame: frameIndex(0) }), await call("ruleFilter", { frame: frameIndex(9) })]).toEqual([null, null]);
  });

  it("is met by every message in the page, whatever it says", async () => {
    for (const payload of ['{"type":null,"event":"a"}', '{"type":"a b","type":"c"}', '{"type":5}', '{"kind":"has space","msg":"named"}', '{"method":"m","id":1,"params":{}}', '{"type":"\\u0061\\"*"}', "[]", "{", "text", '"binary"', '{"a":{"type":"deep"}}', "42[]", " \t", "type:x OR y"]) {
      for (const url of [FEED, SOCKET_IO]) expect([payload, (await proposed(url, { payload })).isMet]).toEqual([payload, true]);
    }
  });
});
