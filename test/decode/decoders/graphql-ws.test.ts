import fc from "fast-check";
import { Kind, parse, type OperationDefinitionNode } from "graphql";
import { describe, expect, it } from "vitest";
import type { ConnectionFacts } from "../../../src/decode/decoder.ts";
import { operationName } from "../../../src/decode/graphql/operation-name.ts";
import { anyWrittenJson } from "../json/any-json.ts";
import { decodeAll, fieldsOf, received, sent } from "../messages.ts";
import { entriesOf } from "../plain.ts";

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

  it("takes for an answer only what the other side sends", () => {
    const subscribe = sent({ id: "1", type: "subscribe", payload: { query: "subscription { ticks }" } });
    const decoded = decodeAll([subscribe, sent({ id: "1", type: "complete" }), subscribe, received({ id: "1", type: "complete" }), subscribe, sent({ id: "1", type: "next", payload: {} }), received({ id: "1", type: "next", payload: {} })], NEW);
    expect(decoded.map((message) => `${message?.kind} ${message?.answers ?? ""}`.trim())).toEqual(["request", "control", "request", "answer 1", "request", "event", "answer 1"]);
  });

  it("keeps every digit of an id and of a value", () => {
    const [message] = decodeAll([received('{"id":822106502566256641,"type":"data","payload":{"data":{"px":0.12345678901234567890}}}')], OLD);
    expect(message?.id).toBe("822106502566256641");
    const [asked, answered] = decodeAll([sent('{"id":7,"type":"start","payload":{}}'), received('{"id":7.0,"type":"data","payload":{}}')], OLD);
    expect([asked?.id, answered?.answers]).toEqual(["7", "7"]);
    expect(message?.value && entriesOf(message.value)).toContain("px: 0.12345678901234567890");
  });

  it("has every key and every literal of any result", () => {
    fc.assert(
      fc.property(anyWrittenJson, ({ text, entries: [first, ...rest] }) => {
        const [message] = decodeAll([received(`{"id":"1","type":"next","payload":${text}}`)], NEW);
        expect(message?.value && entriesOf(message.value)).toEqual(["{3", 'id: "1"', 'type: "next"', `payload: ${first}`, ...rest]);
      }),
    );
  });

  it.each([
    ["query Portfolio { a }", "Portfolio"],
    ["# the {first}\nquery Portfolio($x: Int = 1) { a }", "Portfolio"],
    ["fragment F on T { x } mutation SetTarget { a }", "SetTarget"],
    ["{ mine: portfolio { a } }", "mine"],
    ["subscription { portfolio(everyMs: 1) { a } }", "portfolio"],
    ["subscription @live { ticks }", "ticks"],
    ["subscription @live(rate: {max: 5, of: [1, 2]}) @tag(name: \"a } { b\") { ticks }", "ticks"],
    ["query ($filter: Filter = {a: {b: 1}}) { list(f: $filter) { a } }", "list"],
    ['query { search(text: """block " } { """) { a } }', "search"],
    ["{ ... on Query @include(if: true) { ticks } }", "ticks"],
    ["{ ...Shared @skip(if: {a: 1}) ticks }", "ticks"],
    ["subscription { ...Shared }", "subscription"],
    ['"What { it } does" query Portfolio { a }', "Portfolio"],
    ['"""Of the { desk }""" subscription ("How often" $every: Int) @live { ticks }', "ticks"],
    ["", undefined],
  ])("names the operation of %s %s", (query, expected) => {
    expect(operationName(undefined, query)).toBe(expected);
    expect(operationName("Chosen", query)).toBe("Chosen");
    expect(operationName("", query)).toBe(expected);
  });

  it("names no operation where there is no document", () => {
    expect(operationName(undefined, undefined)).toBeUndefined();
  });

  it("names any operation as GraphQL's own parser reads it", () => {
    const name = fc.stringMatching(/^[A-Za-z_]\w{0,5}$/).filter((word) => !["on", "query", "mutation", "subscription", "fragment", "true", "false", "null"].includes(word));
    const value = fc.constantFrom("1", "-1.5e3", '"a } { b"', '"""x " } y"""', "[1, {a: $b}]", "{a: {b: [1]}}", "$v", "RED", "null");
    const given = fc.array(fc.tuple(name, value), { maxLength: 3 }).map((pairs) => (pairs.length === 0 ? "" : `(${pairs.map(([key, of]) => `${key}: ${of}`).join(", ")})`));
    const directives = fc.array(fc.tuple(name, given).map(([of, by]) => `@${of}${by}`), { maxLength: 2 }).map((all) => all.join(" "));
    const field = fc.tuple(fc.option(name), name, given, directives, fc.constantFrom("", "{ x }", "{ ...F y }")).map(([alias, of, by, live, below]) => `${alias === null ? "" : `${alias}: `}${of}${by} ${live} ${below}`);
    const spread = fc.tuple(name, directives).map(([of, live]) => `...${of} ${live}`);
    const selection = fc.array(fc.oneof(field, spread), { minLength: 1, maxLength: 3 }).chain((all) => fc.constantFrom(`{ ${all.join(" ")} }`, `{ # { }\n ${all.join(",\n")} }`));
    const variables = fc.constantFrom("", "($v: [Int!]! = [1, 2], $w: In = {a: {b: 1}})");
    const operation = fc.tuple(fc.constantFrom("query", "mutation", "subscription"), fc.option(name), variables, directives, selection).map(([type, of, given_, live, fields]) => `${type} ${of ?? ""}${given_} ${live} ${fields}`);
    const fragment = fc.tuple(name, directives, selection).map(([of, live, fields]) => `fragment ${of} on T ${live} ${fields}`);
    const described = (definition: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.tuple(fc.constantFrom("", '"a } { b"', '"""query "{ } a""" '), definition).map((parts) => parts.join(""));
    const document = fc.tuple(fc.array(described(fragment), { maxLength: 2 }), fc.oneof(described(operation), selection)).map(([before, last]) => [...before, last].join("\n"));
    fc.assert(
      fc.property(document, (query) => {
        const read = parse(query).definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;
        const first = read.selectionSet.selections.find((one) => one.kind === Kind.FIELD);
        expect(operationName(undefined, query)).toBe(read.name?.value ?? first?.alias?.value ?? first?.name.value ?? read.operation);
      }),
      { numRuns: 300 },
    );
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
      { numRuns: 300 },
    );
  });
});
