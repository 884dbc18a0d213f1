import { expect, it } from "vitest";
import { MOST_HANDSHAKES, SocketRegistry } from "../../../src/capture/sources/socket-registry.ts";

it("so many handshakes are kept, those of open sockets longest, and what is forgotten is counted", () => {
  const registry = new SocketRegistry();
  const open = registry.addNew("page", "open", "ws://feed.test/");
  registry.nameHandshake("key open", open);
  for (let i = 1; i < MOST_HANDSHAKES + 100; i++) {
    registry.nameHandshake(`key ${i}`, registry.addNew("page", String(i), "ws://feed.test/"));
    registry.end("page", String(i));
  }
  expect(registry.forgottenHandshakes).toBe(100);
  expect(registry.ofHandshake("key open")).toBe(open);
  expect([registry.ofHandshake("key 100"), registry.ofHandshake("key 101")]).toEqual([undefined, 102]);
  expect(registry.handshakesOf("page")).toEqual(["key open"]);
});
