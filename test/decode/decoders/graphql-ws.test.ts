import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConnectionFacts } from "../../../src/decode/decoder.ts";
import { operationName } from "../../../src/decode/graphql/operation-name.ts";
import { decodeAll, fieldsOf, received, sent } from "../messages.ts";

const NEW: ConnectionFacts = { subprotocol: "graphql-transport-ws", url: "ws://shop.test/graphql" };
const OLD: ConnectionFacts = { ...NEW, subprotocol: "graphql-ws" };

describe("the GraphQL decoder", () => {
  it("speaks the older subprotocol: start, data, complete, stop, keep-alive", () => {
    const decoded = decodeAll(
      [
        sent({ type: "connection_init", payload: {} }),
        received({ type: "connection_ack" }),
        received({ type: "ka" }),
        sent({ id: "1", type: "start", payload: { query: "subscription Prices { price }" } }),
        received({ id: "1", type: "data", payload: { data: { price: 1 } } }),
        received({ id: "1", type: "data", payload: { data: { price: 2 } } }),
        sent({ id: "1", type: "stop" }),
        received({ type: "connection_error", payload: {} }),
      ],
      OLD,
    );
    expect(decoded.map((message) => `${message?.kind} ${message?.label} ${message?.answers ?? ""}`.trim())).toEqual([
      "control connection_init",
      "control connection_ack",
      "heartbeat ka",
      "request Prices",
      "answer data 1",
      "event data",
      "control stop",
      "error connection_error",
    ]);
  });

  it("lets a complete answer where no result came, and errors be errors", () => {
    const subscribe = (id: string): ReturnType<typeof sent> => sent({ id, type: "subscribe", payload: { query: "{ a }" } });
    const decoded = decodeAll(
      [subscribe("1"), received({ id: "1", type: "complete" }), subscribe("2"), received({ id: "2", type: "next", payload: { errors: [{ message: "no" }], data: null } }), received({ id: "2", type: "complete" })],
      NEW,
    );
    expect(decoded.map((message) => `${message?.kind} ${message?.answers ?? ""}`.trim())).toEqual(["request", "answer 1", "request", "error 2", "control"]);
  });

  it.each([
    [{ query: "query Portfolio { a }", operationName: "Chosen" }, "Chosen"],
    [{ query: "# the {first}\nquery Portfolio($x: Int = 1) { a }" }, "Portfolio"],
    [{ query: "fragment F on T { x } mutation SetTarget { a }" }, "SetTarget"],
    [{ query: "{ mine: portfolio { a } }" }, "mine"],
    [{ query: "subscription { portfolio(everyMs: 1) { a } }" }, "portfolio"],
    [{ query: "" }, undefined],
    [{ extensions: { persistedQuery: {} } }, undefined],
    [null, undefined],
  ])("names the operation of %j %s", (payload, expected) => {
    expect(operationName(payload)).toBe(expected);
  });

  it("leaves what is none of its messages to the encodings", () => {
    const decoded = decodeAll([received({ type: "own", id: 1 }), received("hello")], NEW);
    expect(decoded.map((message) => message?.decoder)).toEqual(["json", undefined]);
  });

  it("takes any text without a throw, and gives the same twice", () => {
    const type = fc.constantFrom("subscribe", "next", "error", "complete", "ping", "start", "data", "stop", "x", 1, null);
    const message = fc.record({ type, id: fc.constantFrom("1", "2", 3, null), payload: fc.oneof(fc.jsonValue(), fc.record({ query: fc.string() })) }, { requiredKeys: [] });
    const data = fc.oneof(message.map((value) => JSON.stringify(value)), fc.string({ unit: "binary" }));
    const frames = fc.array(fc.tuple(fc.boolean(), data).map(([isSent, text]) => (isSent ? sent(text) : received(text))), { maxLength: 10 });
    fc.assert(
      fc.property(frames, fc.constantFrom("graphql-ws" as const, undefined), (all, pinned) => {
        const first = decodeAll(all, NEW, { pinned });
        expect(first.every((decoded) => decoded?.label.endsWith("failed") !== true)).toBe(true);
        expect(first.map(fieldsOf)).toEqual(decodeAll(all, NEW, { pinned }).map(fieldsOf));
      }),
      { numRuns: 1000 },
    );
  });
});
