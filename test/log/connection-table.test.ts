import { describe, expect, it } from "vitest";
import { ConnectionTable } from "../../src/log/connection-table.ts";
import type { AskedEnd } from "../../src/model/outgoing-message.ts";
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

  it("tells of a handshake that failed in one row, whatever comes behind its error", () => {
    const time = monotonicSeconds(1);
    const rowsOf = (error: boolean, observed: boolean): (string | undefined)[] => {
      const table = new ConnectionTable();
      const connection = connectionId(1);
      const rows = [
        table.apply({ type: "created", connection, targetKey: "", url: "ws://a.test/", seenFromStart: true }),
        error ? table.apply({ type: "error", connection, time, message: "refused" }) : undefined,
        table.apply({ type: "closed", connection, time, ...(observed && { observed }) }),
        observed ? table.apply({ type: "close-details", connection, time, closing: { code: 1006, reason: "", wasClean: false } }) : undefined,
      ];
      expect(table.connections.get(connection)).toMatchObject({ state: "failed", ...(observed && { closing: { code: 1006 } }) });
      return rows.flatMap((row) => (row === undefined ? [] : en.tell(row.told)));
    };
    expect(rowsOf(true, false)).toEqual(["refused"]);
    expect(rowsOf(true, true)).toEqual(["refused"]);
    expect(rowsOf(false, false)).toEqual(["Closed before the server answered"]);
    expect(rowsOf(false, true)).toEqual(["Closed before the server answered · 1006: closed without a close frame"]);
  });

  it("does not say that no server answered where its debugging ended before Chrome could tell", () => {
    const time = monotonicSeconds(1);
    const endOf = (error: boolean): unknown => {
      const table = new ConnectionTable();
      const connection = connectionId(1);
      table.apply({ type: "created", connection, targetKey: "", url: "ws://a.test/", seenFromStart: true });
      if (error) table.apply({ type: "error", connection, time, message: "refused" });
      const row = table.apply({ type: "closed", connection, time, synthesised: "target gone" });
      const { state, ending = "" } = table.connections.get(connection) ?? {};
      return [state, en.tell(ending), row === undefined ? null : en.tell(row.told)];
    };
    expect(endOf(false)).toEqual(["closed", "Closed: its page or worker ended", "Closed: its page or worker ended"]);
    expect(endOf(true)).toEqual(["failed", "refused", null]);
  });

  it("says what the user asked for where a connection ended by that", () => {
    const time = monotonicSeconds(1);
    const endOf = (asked: AskedEnd): string => {
      const table = new ConnectionTable();
      const connection = connectionId(1);
      table.apply({ type: "created", connection, targetKey: "", url: "ws://a.test/", seenFromStart: false });
      return en.tell(table.apply({ type: "closed", connection, time, asked })?.told ?? "");
    };
    expect(endOf({ code: null, reason: "" })).toBe("Closed by you");
    expect(endOf({ code: 4001, reason: "" })).toBe("4001: closed by you");
    expect(endOf({ code: 4001, reason: "enough" })).toBe("4001: closed by you “enough”");
    expect(endOf("lost")).toBe("1006 in the page: ended by you as a lost network would");
  });

  it("goes on saying that the user ended a connection where its close code is observed", () => {
    const [connection, time] = [connectionId(1), monotonicSeconds(1)];
    const table = new ConnectionTable();
    table.apply({ type: "created", connection, targetKey: "", url: "ws://a.test/", seenFromStart: false });
    expect(table.apply({ type: "closed", connection, time, asked: { code: null, reason: "enough" }, observed: true })).toBeUndefined();
    const row = table.apply({ type: "close-details", connection, time, closing: { code: 1006, reason: "", wasClean: false } });
    const said = "Closed by you “enough” · 1006: closed without a close frame";
    expect([en.tell(row?.told ?? ""), en.tell(table.connections.get(connection)?.ending ?? "")]).toEqual([said, said]);
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
      "4001: closed “done”, not clean",
      "Recording was paused: 1 frame passed by unrecorded",
      "Not capturing for 2.8 s. Some frames may be missing.",
      "Recording stopped and was restarted. No frames were lost.",
    ]);
    for (const one of told) expect(zh.tell(one)).toMatch(/\p{Script=Han}/u);
    expect(en.tell(table.connections.get(connection)?.ending ?? "")).toBe("4001: closed “done”, not clean");
  });
});
