import { describe, expect, it } from "vitest";
import { printQuery } from "../../../src/query/print.ts";
import { fieldCondition } from "../../../src/query/edit.ts";
import { decodeAll } from "../../decode/messages.ts";
import { RECORDINGS } from "../../decode/recordings.ts";
import { rule, rulesPage } from "./rules-page.ts";

/** Whether a rule with this filter drops a message in a page. */
function meets(filter: string, url: string, text: string): boolean {
  const { run } = rulesPage([rule({ filter, action: { type: "drop" } })]);
  return run(`{ let got = 0; const socket = new WebSocket(${JSON.stringify(url)}); socket.addEventListener("message", () => got++); serverSays(socket, ${JSON.stringify(text)}); got; }`) === 0;
}

/** What SignalR calls a hub message that is no invocation, and what an answer's id was asked by, the page does not know. */
const isKnown = (id: string, text: string): boolean => {
  if (id === "signalr") return text.includes('"target"');
  if (id === "graphql-ws") return /"payload":\{[^}]*"query"/.test(text);
  return id !== "trpc" || /"method":"(?:query|mutation|subscription)"/.test(text);
};

describe("`type:` and `topic:` of a rule", () => {
  it.each(["socket.io", "phoenix", "stomp", "signalr", "graphql-ws", "trpc"])("are in the page what the decoder of %s tells, of what real clients and servers said", (id) => {
    const told: string[] = [];
    for (const { facts, frames } of RECORDINGS.filter((one) => one.id === id)) {
      for (const [row, decoded] of decodeAll(frames, facts).entries()) {
        const frame = frames[row];
        if (decoded === undefined || frame?.opcode !== 1 || decoded.messages.length > 1) continue;
        const text = new TextDecoder().decode(frame.bytes);
        const { label, topic } = decoded.messages[0]?.decoded ?? decoded;
        if (!isKnown(id, text)) continue;
        for (const [field, value] of [["type", label], ["topic", topic]] as const) {
          if (value === undefined || value === "" || !text.includes(value)) continue;
          const isMet = meets(printQuery(fieldCondition(field, value)), facts.url, text);
          told.push(`${field}:${value} ${isMet ? "met" : `not met by ${text}`}`);
        }
      }
    }
    expect(told.filter((one) => !one.endsWith(" met"))).toEqual([]);
    expect(told.length).toBeGreaterThan(3);
  });

  it("are nothing where a text only looks like one of these", () => {
    expect(meets("type:SEND", "wss://a.test/", "SEND it\n\n")).toBe(false);
    expect(meets("topic:b", "wss://a.test/", "SEND\nx:1\n\ndestination:b\n\0")).toBe(false);
    expect(meets("type:d", "wss://a.test/", '["a","b","c","d"]')).toBe(false);
    expect(meets("type:d", "wss://a.test/", '[1,"b","c","d",{}]')).toBe(false);
    expect(meets("type:x", "wss://a.test/", '{"target":"x"}')).toBe(false);
    expect(meets("type:x", "wss://a.test/", '{"type":"tick","payload":{"query":"query x { a }"}}')).toBe(false);
    expect(meets("type:x", "wss://a.test/", '{"method":"order","params":{"path":"x"}}')).toBe(false);
  });

  it("are looked for in the first keys of an object alone", () => {
    const behind = (keys: number, rest: object): string => JSON.stringify({ ...Object.fromEntries(Array.from({ length: keys }, (_, i) => [`k${i}`, 0])), ...rest });
    const payload = { query: "subscription Prices { px }" };
    expect([62, 63].map((keys) => meets("type:Prices", "wss://a.test/", behind(keys, { payload, type: "subscribe" })))).toEqual([true, false]);
    expect([63, 64].map((keys) => meets("type:Prices", "wss://a.test/", `{"type":"start","payload":${behind(keys, payload)}}`))).toEqual([true, false]);
    expect([62, 63].map((keys) => meets("type:px", "wss://a.test/", behind(keys, { params: { path: "px" }, method: "query" })))).toEqual([true, false]);
    expect([63, 64].map((keys) => meets("type:px", "wss://a.test/", `${behind(keys, { target: "px" })}\x1e`))).toEqual([true, false]);
  });

  it("are of the first call where tRPC asks for several at once", () => {
    const batch = JSON.stringify(["post.byId", "post.list"].map((path, id) => ({ id, method: "query", params: { path } })));
    expect(["type:post.byId", "topic:post.byId", "type:post.list"].map((filter) => meets(filter, "wss://a.test/trpc", batch))).toEqual([true, true, false]);
  });

  it("are what they were where GraphQL has no name to go by, and a name may stand behind comments", () => {
    const subscribe = (query: string): string => JSON.stringify({ id: "1", type: "subscribe", payload: { query } });
    expect(meets("type:subscribe", "wss://a.test/", subscribe("{ px }"))).toBe(true);
    expect(meets("type:Prices", "wss://a.test/", subscribe("# of all\n\n subscription Prices($a: Int) { px }"))).toBe(true);
    expect(meets("type:Other", "wss://a.test/", JSON.stringify({ id: "1", type: "start", payload: { query: "query A { a } query Other { b }", operationName: "Other" } }))).toBe(true);
  });
});
