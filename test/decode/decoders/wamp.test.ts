import { describe, expect, it } from "vitest";
import { received, sent } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

const WAMP = connectionTo("wss://shop.test/ws", "wamp.2.json");

describe("WAMP", () => {
  it("pairs by request ids, and knows the topic and procedure that an id stands for", () => {
    expect(
      told("wamp", [
        sent([1, "realm1", { roles: { caller: {} } }]),
        received([2, 9129137332, { roles: { broker: {} } }]),
        sent([32, 1, {}, "com.shop.orders"]),
        received([33, 1, 5512315355]),
        received([36, 5512315355, 4429313566, {}, ["x"]]),
        sent([48, 2, {}, "com.shop.add", [1, 2]]),
        received([50, 2, {}, [3]]),
        sent([48, 3, {}, "com.shop.none"]),
        received([8, 48, 3, {}, "wamp.error.no_such_procedure"]),
        sent([16, 4, {}, "com.shop.orders", ["y"]]),
        sent([16, 5, { acknowledge: true }, "com.shop.orders", ["y"]]),
        received([17, 5, 1]),
        received([6, {}, "wamp.close.normal"]),
      ], WAMP),
    ).toEqual([
      "control HELLO @realm1",
      "control WELCOME",
      "request SUBSCRIBE #1 @com.shop.orders",
      "answer SUBSCRIBED ←1 @com.shop.orders",
      "event com.shop.orders @com.shop.orders",
      "request com.shop.add #2 @com.shop.add",
      "answer RESULT ←2 @com.shop.add",
      "request com.shop.none #3 @com.shop.none",
      "error ERROR ←3 @wamp.error.no_such_procedure",
      "event com.shop.orders @com.shop.orders",
      "request com.shop.orders #5 @com.shop.orders",
      "answer PUBLISHED ←5 @com.shop.orders",
      "control GOODBYE @wamp.close.normal",
    ]);
  });

  it("tells batched messages apart, each ended by 0x18", () => {
    const batched = connectionTo("wss://shop.test/ws", "wamp.2.json.batched");
    const batch = (...messages: readonly unknown[]): string => messages.map((message) => `${JSON.stringify(message)}\u0018`).join("");
    expect(told("wamp", [sent(batch([48, 1, {}, "com.shop.add", [1]], [48, 2, {}, "com.shop.sum", [2]])), received(batch([50, 2, {}, [3]]))], batched)).toEqual(["request com.shop.add #1 @com.shop.add", "request com.shop.sum #2 @com.shop.sum", "answer RESULT ←2 @com.shop.sum"]);
  });

  it("is known from a HELLO, and leaves other arrays to JSON", () => {
    expect(told("wamp", [sent([1, "realm1", { roles: {} }])])).toEqual(["control HELLO @realm1"]);
    expect(told("wamp", [received([48, 2, {}, "x"]), received([36, 1, 2])]).every((text) => text.startsWith("json: "))).toBe(true);
    expect(told("wamp", [received([99, 1]), received({ a: 1 })], WAMP).every((text) => text.startsWith("json: "))).toBe(true);
  });
});
