import { describe, expect, it } from "vitest";
import { explainHandshake } from "../../../src/model/handshake.ts";
import { aConnection } from "../a-connection.ts";
import { finding, request, response, verdicts } from "./findings.ts";

describe("the subprotocol", () => {
  const asked = request("Sec-WebSocket-Protocol: graphql-ws, graphql-transport-ws");
  it.each([
    ["ok", asked, "Sec-WebSocket-Protocol: graphql-transport-ws", 'chose "graphql-transport-ws"'],
    ["note", asked, "-Sec-WebSocket-Protocol", "Chrome fails"],
    ["problem", asked, "Sec-WebSocket-Protocol: GraphQL-WS", "must refuse"],
    ["problem", asked, "Sec-WebSocket-Protocol: graphql-ws, graphql-transport-ws", "exactly one"],
    ["problem", {}, "Sec-WebSocket-Protocol: mqtt", "asked for none"],
  ] as const)("gets the verdict %s", (verdict, wish, answer, words) => {
    const found = finding("Subprotocol", { ...wish, ...response(answer) });
    expect(found.verdict).toBe(verdict);
    expect(found.text).toContain(words);
  });

  it("that is an access token is said to be one, and not shown", () => {
    const token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.c2lnbmF0dXJl";
    const connection = aConnection({}, { ...request(`Sec-WebSocket-Protocol: v1, ${token}`), ...response("Sec-WebSocket-Protocol: v1") });
    expect(verdicts(connection)).toContain("Token in Sec-WebSocket-Protocol: note");
    expect(JSON.stringify(explainHandshake(connection))).not.toContain(token);
  });
});
