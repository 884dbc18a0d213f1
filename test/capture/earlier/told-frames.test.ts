import { describe, expect, it } from "vitest";
import type { LoggedMessage } from "../../../src/capture/earlier/devtools-log.ts";
import { FrameBatcher } from "../../../src/capture/frame-batcher.ts";
import { SocketEvents } from "../../../src/capture/sources/socket-events.ts";
import { SocketRegistry } from "../../../src/capture/sources/socket-registry.ts";
import { ToldFrames } from "../../../src/capture/earlier/told-frames.ts";
import { WallClock } from "../../../src/model/clock.ts";

const SESSION = { key: "tab", targetKey: "page" };
const MESSAGES: readonly LoggedMessage[] = [{ time: 1, direction: "received", opcode: 1, data: "filled in" }];

/** Two sockets: of the one the log told frames that are still to come, of the other what nobody heard. */
function setup() {
  const registry = new SocketRegistry();
  const told = new ToldFrames(registry);
  const sockets = new SocketEvents({ batcher: new FrameBatcher({ send: () => {}, soon: () => {} }), registry, told, clock: new WallClock(), now: () => 0, unknown: () => expect.unreachable("all are known"), isRefused: () => false });
  for (const requestId of ["1", "2"]) sockets.take(SESSION, "Network.webSocketCreated", { requestId, url: "ws://feed.test/" });
  const [first, second] = registry.openOf(SESSION.key).map(({ id }) => id);
  if (first === undefined || second === undefined) throw new Error("the sockets were not taken");
  told.skip(first, 3);
  told.expect(second, MESSAGES);
  return { told, sockets, first, second };
}

describe("what DevTools’ log told", () => {
  it("is kept no longer than its socket, however that ends", () => {
    const closed = setup();
    expect(closed.told.size).toBe(2);
    for (const requestId of ["1", "2"]) closed.sockets.take(SESSION, "Network.webSocketClosed", { requestId, timestamp: 2 });
    const alone = setup();
    for (const connection of [alone.first, alone.second]) alone.sockets.endConnection(connection, "unheard");
    const session = setup();
    session.sockets.endSession(SESSION.key, "navigation");
    expect([closed.told.size, alone.told.size, session.told.size]).toEqual([0, 0, 0]);
  });

  it("is not kept of a socket that has ended", () => {
    const { told, sockets, second } = setup();
    sockets.endConnection(second, "unheard");
    told.expect(second, MESSAGES);
    expect(told.size).toBe(1);
  });
});
