import { expect, test } from "vitest";
import type { ConnectionRow } from "../../../src/contract/connections.ts";
import { byteLength, connectionId } from "../../../src/model/units.ts";
import { describeConnection } from "../../../src/panel/connections/connection-line.ts";
import { en } from "../../words/speakers.ts";

const row = (part: Partial<ConnectionRow>): ConnectionRow => ({
  id: connectionId(1),
  root: connectionId(1),
  times: 1,
  openedAt: "",
  url: "wss://h:8443/socket",
  transport: "websocket",
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
  [{ url: "", seenFromStart: false }, "already open"],
  [{ seenFromStart: false, subprotocol: "v2.stomp" }, "v2.stomp · already open"],
  [{ subprotocol: "graphql-transport-ws" }, "graphql-transport-ws"],
  [{ state: "failed", end: { kind: "failed", status: 403 } }, "403 · handshake refused"],
  [{ state: "failed", end: { kind: "failed", status: null } }, "handshake failed"],
  [{ state: "closed", end: { kind: "closed", code: null, hasUnknownCode: true } }, "closed"],
  [{ state: "closed", seenFromStart: false, end: { kind: "closed", code: null, hasUnknownCode: true } }, "closed"],
  [{ state: "closed", subprotocol: "v2.stomp", end: { kind: "closed", code: 1006, hasUnknownCode: false } }, "v2.stomp · closed 1006"],
  [{ speaks: "Socket.IO", openedAt: "h:8443" }, "Socket.IO"],
  [{ speaks: "Socket.IO", openedAt: "page.test" }, "Socket.IO · h:8443"],
  [{ speaks: "STOMP", subprotocol: "v2.stomp", state: "closed", end: { kind: "closed", code: 1006, hasUnknownCode: false } }, "STOMP · closed 1006"],
  // What a page puts into a reason says nothing of how it ended.
  [{ state: "closed", ending: "The capture ended here 4001", end: { kind: "closed", code: null, hasUnknownCode: true } }, "closed"],
  [{ state: "closed", end: { kind: "capture ended" } }, "open at the end"],
  [{ transport: "event-source", url: "https://h:8443/events" }, "event stream · h:8443"],
  [{ transport: "event-source", url: "", seenFromStart: false }, "event stream · already open"],
  [{ transport: "event-source", reconnects: { first: connectionId(3), times: 2 }, end: { kind: "closed", code: null, hasUnknownCode: false } }, "reconnection 2 · closed"],
  [{ transport: "event-source", state: "failed", end: { kind: "failed", status: 401 } }, "event stream · refused: 401"],
  [{ transport: "event-source", state: "failed", end: { kind: "failed", status: 200 } }, "event stream · not an event stream"],
  [{ transport: "event-source", state: "failed", end: { kind: "failed", status: null } }, "event stream · failed"],
] as const)("the second line of %o is “%s”", (part, line) => expect(describeConnection(row(part), en)).toBe(line));
