import { expect, test } from "vitest";
import type { ConnectionRow } from "../../../src/engine/contract.ts";
import { byteLength, connectionId } from "../../../src/model/units.ts";
import { describeConnection } from "../../../src/panel/connections/connection-line.ts";

const row = (part: Partial<ConnectionRow>): ConnectionRow => ({
  id: connectionId(1),
  targetKey: "page",
  targetType: "page",
  targetName: "",
  url: "wss://h:8443/socket",
  subprotocol: "",
  seenFromStart: true,
  state: "open",
  ending: "",
  frames: 0,
  bytes: byteLength(0),
  rate: 0,
  ...part,
});

test.each([
  [{}, "h:8443"],
  [{ url: "", seenFromStart: false }, "reload to see its start"],
  [{ seenFromStart: false, subprotocol: "v2.stomp" }, "reload to see its start · v2.stomp"],
  [{ url: "", seenFromStart: false, state: "closed", ending: "Closed with 1006" }, "closed 1006"],
  [{ subprotocol: "graphql-transport-ws" }, "graphql-transport-ws"],
  [{ state: "failed", ending: "Error during WebSocket handshake: Unexpected response code: 403" }, "403 · handshake refused"],
  [{ state: "failed", ending: "Error in connection establishment: net::ERR_CONNECTION_REFUSED" }, "handshake failed"],
  [{ state: "closed", ending: "Closed" }, "closed"],
  [{ state: "closed", subprotocol: "v2.stomp", ending: "Closed with 1006" }, "v2.stomp · closed 1006"],
  [{ state: "closed", ending: "The capture was cut off here, with the socket open" }, "capture ended here"],
  [{ state: "closed", ending: "The page navigated away; Chrome does not report how the connection ended." }, "closed"],
] as const)("the second line of %o is “%s”", (part, line) => expect(describeConnection(row(part))).toBe(line));
