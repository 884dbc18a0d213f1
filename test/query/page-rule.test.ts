import { describe, expect, it } from "vitest";
import type { DecodeContext, FrameToDecode } from "../../src/decode/decoder.ts";
import { json } from "../../src/decode/decoders/json.ts";
import type { MessageRule } from "../../src/model/message-rule.ts";
import { pageRule } from "../../src/query/page-rule.ts";
import { rule, rulesPage } from "../agent/rules/rules-page.ts";

const read = (part: Partial<MessageRule>) => pageRule({ id: "1", name: "", direction: "received", filter: "", action: { type: "drop" }, most: null, ...part });
const problemOf = (part: Partial<MessageRule>): string | undefined => {
  const made = read(part);
  return "problem" in made ? made.problem.code : undefined;
};

describe("an answer", () => {
  const partsOf = (text: string): unknown => {
    const made = read({ direction: "sent", action: { type: "answer", text, instead: true } });
    return "problem" in made ? made.problem.code : made.value.action;
  };

  it("is text and paths between it, each told whether it stands in a string", () => {
    const [id] = [[{ key: "id", index: null }]];
    expect(partsOf('{"a":{{.id}},"b \\" ":"x{{ .id }}"}')).toEqual({
      type: "answer",
      instead: true,
      parts: [
        { text: '{"a":', path: id, isQuoted: false },
        { text: ',"b \\" ":"x', path: id, isQuoted: true },
        { text: '"}', path: null, isQuoted: false },
      ],
    });
  });

  it("keeps braces that are no path, or have a backslash before them", () => {
    for (const text of ['{"a":{"b":1}}', "{{name}}", "{{}}", "{{.id"]) expect(partsOf(text)).toMatchObject({ parts: [{ text, path: null }] });
    expect(partsOf("\\{{.id}}")).toMatchObject({ parts: [{ text: "{{.id}}", path: null }] });
    expect(partsOf("{{..id}}")).toBe("rules.no-deep-path");
  });
});

describe("type: in a rule", () => {
  it.each([
    ['42["chat message","hi"]', "chat message", true],
    ['42/admin,7["move",{"x":1}]', "move", true],
    ['451-["file",{"_placeholder":true,"num":0}]', "file", true],
    ['43["move"]', "move", false],
    ["2", "move", false],
    ['42["move', "move", false],
  ])("reads the name of an event of Socket.IO: %s", (text, type, isFound) => {
    const { run } = rulesPage([rule({ filter: `type:"${type}"`, action: { type: "drop" } })]);
    run(`const socket = new WebSocket("wss://page.test/socket.io/?EIO=4&transport=websocket"); globalThis.got = 0; socket.addEventListener("message", () => got++); serverSays(socket, ${JSON.stringify(text)});`);
    expect(run("got")).toBe(isFound ? 0 : 1);
  });

  it.each(['{"type":"trade"}', '{"id":1,"method":"subscribe","params":{}}', '{"e":"kline","s":"BTC"}', '{"event":"message","data":{}}', '["EVENT",{"a":1}]', '[{"ev":"T"},{"ev":"Q"}]', '{"table":"orders","action":"insert"}', '{"channel":"ticker","data":[]}'])("says of %s what the decoder says", async (text) => {
    await json.load();
    const bytes = new TextEncoder().encode(text);
    const decoded = json.open({ connection: { url: "wss://page.test/feed", subprotocol: "" }, isPinned: false, wantsValue: false, maxBytes: 1_000_000 } as unknown as DecodeContext).decode({ bytes, opcode: 1, direction: "received", row: undefined } as unknown as FrameToDecode);
    const label = (decoded as { readonly label?: string } | undefined)?.label ?? "";
    expect(label).not.toBe("");
    const { run } = rulesPage([rule({ filter: `type:${JSON.stringify(label)}`, action: { type: "drop" } })]);
    run(`const socket = new WebSocket("wss://page.test/feed"); globalThis.got = 0; socket.addEventListener("message", () => got++); serverSays(socket, ${JSON.stringify(text)});`);
    expect(run("got")).toBe(0);
  });
});

describe("a rule for the page", () => {
  it.each([
    ["/(a)\\1/", "rules.pattern-part"],
    [".name ~ /(?=a)/", "rules.pattern-part"],
    ["url:/a/v", "rules.pattern-flags"],
    ["protocol:/a/", "rules.no-field"],
    ["latency:>1s", "rules.no-field"],
    ["is:json", "rules.no-field"],
    ["..px > 1", "rules.no-deep-path"],
    ["a (", undefined],
  ])("%s is refused with its reason, not left out", (filter, code) => {
    const problem = problemOf({ filter });
    expect(problem).toBeDefined();
    if (code !== undefined) expect(problem).toBe(code);
  });

  it.each([
    ["px = 1", "rules.bad-line"],
    [".px = .qty / 2", "rules.bad-line"],
    [".px = .px / 0", "rules.bad-line"],
    [".px = abc", "rules.bad-line"],
    ["\n ", "rules.no-edit"],
  ])("the change %j is refused", (edits, code) => {
    expect(problemOf({ action: { type: "edit", edits } })).toBe(code);
  });

  it("has changes as data", () => {
    const made = read({ action: { type: "edit", edits: '.a["b c"][0] = {"x": 1.50}\n.px = .px * 1.5\n"say \\"a\\"" -> ""' } });
    expect("value" in made && made.value.action).toEqual({
      type: "edit",
      edits: [
        { type: "set", path: [{ key: "a", index: null }, { key: "b c", index: null }, { key: null, index: 0 }], json: '{"x": 1.50}' },
        { type: "compute", path: [{ key: "px", index: null }], sign: "*", by: 1.5 },
        { type: "replace", text: 'say "a"', by: "" },
      ],
    });
  });

  it.each([
    ["sym:", '{"a":1}', false],
    ["BTC", "a btc b", true],
    ["-BTC", "a btc b", false],
    ["a OR b", "b", true],
    [".px > 1", '{"px":"2.5"}', true],
    [".px > 1", '{"px":"x"}', false],
    [".px = 1e2", '{"px":100}', true],
    [".id = 12345678901234567890", '{"id":12345678901234567891}', false],
    [".list[-1] = 3", '{"list":[1,[2],3]}', true],
    [".list[*] = 2", "{\"list\":[1,2]}", true],
    [".list[*] = 4", "{\"list\":[1,2]}", false],
    ['.k\u00e9y = "v"', '{"k\\u00e9y":"v"}', true],
    [".a != 1", '{"a":1}', false],
    [".a != 1", "{}", false],
    [".a", '{"a":null}', true],
    [".a = null", '{"a":null}', true],
    [".a ~ ell", '{"a":"HELLO"}', true],
    [".a ~ ell", "no JSON, .a hello", false],
    ["size:>3", "\u00e9\u00e9", true],
    ["size:<4", "\u00e9\u00e9", false],
    ["url:page*feed", "x", true],
    ["url:feed*page", "x", false],
    ["/^(a+)+$/", `${"a".repeat(5000)}b`, false],
    ['/"px":\\d{3}/', '{"px":123}', true],
    ["-/^{/", '{"px":123}', false],
    [".sym ~ /^btc/i", '{"sym":"BTC-USD"}', true],
    [".sym ~ /^btc/i", '{"sym":["BTC"]}', false],
    ["url:/feed$/", "x", true],
    ["url:/^feed/", "x", false],
    ["type:trade", '{"type":"TRADE"}', true],
    ["type:trade", '{"type":"trades"}', false],
    ["type:trade*", '{"a":{"type":"x"},"event":"trade-1","type":null}', true],
    ["type:/^sub/", '["subscribe",1]', true],
    ["type:move", '[{"op":"move"},{"op":"stop"}]', true],
    ["type:hello", '{"msg":"hello there, all of you"}', false],
    ["type:hello", '{"msg":"hello"}', true],
    ["topic:BTC*", '{"type":"tick","symbol":"BTC-USD"}', true],
    ["topic:trades", '{"op":"sub","params":{"channel":"trades"}}', true],
    ["topic:trades", '{"op":"sub"}', false],
    ["is:text", "x", true],
    ["opcode:2", "x", false],
    ["is:sent", "x", false],
  ])("the page finds by %s as the filter does: %s → %s", (filter, text, isFound) => {
    // A colon is a field of the language, quotes make a text of it.
    const { run } = rulesPage([rule({ filter: filter === "sym:" ? '"sym:"' : filter, action: { type: "drop" } })]);
    run(`const socket = new WebSocket("wss://page.test/feed"); globalThis.got = 0; socket.addEventListener("message", () => got++); serverSays(socket, ${JSON.stringify(text)});`);
    expect(run("got")).toBe(isFound ? 0 : 1);
  });
});
