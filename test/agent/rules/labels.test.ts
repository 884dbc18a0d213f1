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

/** What SignalR calls a hub message that is no invocation, the page does not know. */
const isKnown = (id: string, text: string): boolean => id !== "signalr" || text.includes('"target"');

describe("`type:` and `topic:` of a rule", () => {
  it.each(["socket.io", "phoenix", "stomp", "signalr"])("are in the page what the decoder of %s tells, of what real clients and servers said", (id) => {
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
  });
});
