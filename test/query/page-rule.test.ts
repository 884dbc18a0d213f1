import { describe, expect, it } from "vitest";
import type { MessageRule } from "../../src/model/message-rule.ts";
import { pageRule } from "../../src/query/page-rule.ts";
import { rule, rulesPage } from "../agent/rules/rules-page.ts";

const read = (part: Partial<MessageRule>) => pageRule({ id: "1", name: "", direction: "received", filter: "", action: { type: "drop" }, most: null, ...part });
const problemOf = (part: Partial<MessageRule>): string | undefined => {
  const made = read(part);
  return "problem" in made ? made.problem.code : undefined;
};

describe("a rule for the page", () => {
  it.each([
    ["/^(a+)+$/", "rules.no-pattern"],
    [".name ~ /a/", "rules.no-pattern"],
    ["url:/a/", "rules.no-pattern"],
    ["type:trade", "rules.no-type"],
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
