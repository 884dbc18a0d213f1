import { describe, expect, it } from "vitest";
import { ConnectionTable } from "../../src/log/connection-table.ts";
import { connectionId } from "../../src/model/units.ts";

describe("the table of connections", () => {
  it("lists a connection whose opening is missing like any other", () => {
    const table = new ConnectionTable();
    table.meet(connectionId(7));
    table.meet(connectionId(7));
    expect(table.order.list({ withoutEnded: true, kept: null }, (listed) => [listed.connections, listed.at(0)])).toEqual([1, 7]);
    expect(table.connections.get(connectionId(7))).toMatchObject({ transport: "websocket", state: "open", seenFromStart: false });
  });
});
