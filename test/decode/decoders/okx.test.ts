import { describe, expect, it } from "vitest";
import { received, sent } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

describe("OKX", () => {
  it("pairs a subscription by its channel and an order by its id, and names a push by its channel", () => {
    const arg = { channel: "tickers", instId: "BTC-USDT" };
    expect(
      told("okx", [
        sent({ op: "subscribe", args: [arg] }),
        received({ event: "subscribe", arg, connId: "c" }),
        received({ arg, data: [{ last: "64012.5" }] }),
        sent({ id: "7", op: "order", args: [{ instId: "BTC-USDT", side: "buy" }] }),
        received({ id: "7", op: "order", code: "1", msg: "no", data: [{ sCode: "51008" }] }),
        received({ event: "error", code: "60012", msg: "Invalid request" }),
        sent("ping"),
        received("pong"),
      ]),
    ).toEqual([
      "request subscribe #subscribe tickers BTC-USDT @BTC-USDT",
      "answer subscribe ←subscribe tickers BTC-USDT @BTC-USDT",
      "event tickers @BTC-USDT",
      "request order #7 @BTC-USDT",
      "error order ←7",
      "error error",
      "heartbeat ping",
      "heartbeat pong",
    ]);
  });

  it("takes ping for a text where it is not known to be spoken", () => {
    expect(told("okx", [sent("ping")])).toEqual(["nobody"]);
    expect(told("okx", [sent("ping")], connectionTo("wss://ws.okx.com:8443/ws/v5/public"))).toEqual(["heartbeat ping"]);
  });
});
