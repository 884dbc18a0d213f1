import { describe, expect, it } from "vitest";
import type { ConnectionId } from "../../../src/model/units.ts";
import { heldConnection } from "../../../src/panel/inspector/held-connection.ts";

const id = (n: number): ConnectionId => n as ConnectionId;
const line = (last: number) => ({ id: id(last), root: id(1) });

describe("the connection of a line that is read", () => {
  it("is the last of it, which then stays while newer ones open, and each is told of", () => {
    const first = heldConnection(id(1), null, line(4));
    expect(first).toEqual({ shown: 4, hold: 4, hasNewer: false });
    expect(heldConnection(id(1), first.hold, line(4))).toEqual({ shown: 4, hold: null, hasNewer: false });
    expect(heldConnection(id(1), first.hold, line(6))).toEqual({ shown: 4, hold: null, hasNewer: true });
    // Asked for again, it is the last.
    expect(heldConnection(id(1), null, line(6))).toEqual({ shown: 6, hold: 6, hasNewer: false });
  });

  it("is the first until it is known which is the last, and only then stays", () => {
    for (const last of [undefined, { id: id(9), root: id(7) }]) expect(heldConnection(id(1), null, last)).toEqual({ shown: 1, hold: null, hasNewer: false });
  });

  it("is the one that was asked for by itself", () => {
    expect(heldConnection(id(1), id(2), undefined)).toEqual({ shown: 2, hold: null, hasNewer: false });
    expect(heldConnection(id(1), id(2), line(4))).toEqual({ shown: 2, hold: null, hasNewer: true });
  });

  it("is none where no line is chosen", () => {
    expect(heldConnection(null, id(2), line(4))).toEqual({ shown: null, hold: null, hasNewer: false });
  });
});
