import { describe, expect, it } from "vitest";
import { ConnectionTable } from "../../src/log/connection-table.ts";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";
import { en, zh } from "../words/speakers.ts";

describe("the table of connections", () => {
  it("lists a connection whose opening is missing like any other", () => {
    const table = new ConnectionTable();
    table.meet(connectionId(7));
    table.meet(connectionId(7));
    expect(table.order.list({ withoutEnded: true, kept: null }, (listed) => [listed.chains, listed.at(0)?.root])).toEqual([1, 7]);
    expect(table.connections.get(connectionId(7))).toMatchObject({ transport: "websocket", state: "open", seenFromStart: false });
  });

  it("tells what its rows and connections say as codes, so that a capture is read in the language of who reads it", () => {
    const table = new ConnectionTable();
    const connection = connectionId(1);
    const time = monotonicSeconds(1);
    const told = [
      table.apply({ type: "created", connection, targetKey: "", url: "ws://a.test/", seenFromStart: true }),
      table.apply({ type: "handshake-response", connection, time, status: 101, statusText: "Switching Protocols", headers: [] }),
      table.apply({ type: "closed", connection, time, synthesised: "navigation" }),
      table.apply({ type: "close-details", connection, time, closing: { code: 4001, reason: "done", wasClean: false } }),
      table.apply({ type: "resumed", time, skipped: 1 }),
      table.apply({ type: "gap", time, seconds: 2.8, isFilled: false }),
      table.apply({ type: "restarted", time, lost: 0 }),
    ].flatMap((row) => row?.told ?? []);
    expect(told.map(en.tell)).toEqual([
      "Opened: 101 Switching Protocols",
      "Closed: the page navigated",
      "Closed with code 4001 “done”, not clean",
      "Recording was paused: 1 frame passed by unrecorded",
      "Not capturing for 2.8 s. Some frames may be missing.",
      "Recording stopped and was restarted. No frames were lost.",
    ]);
    for (const one of told) expect(zh.tell(one)).toMatch(/\p{Script=Han}/u);
    expect(en.tell(table.connections.get(connection)?.ending ?? "")).toBe("Closed with code 4001 “done”, not clean");
  });
});
