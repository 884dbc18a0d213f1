import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, decodeAll, received, sent, UNKNOWN } from "../messages.ts";
import { told } from "../told.ts";

const marked = (...texts: readonly string[]): string => texts.map((text) => `~m~${text.length}~m~${text}`).join("");
const quotes = marked('{"m":"qsd","p":["qs_1",{"n":"東京","v":{"lp":64012.5}}]}', '{"m":"quote_completed","p":["qs_1","東京"]}');

describe("TradingView", () => {
  it("tells several messages of a frame by their methods, and heartbeats with their echo", () => {
    expect(told("tradingview", [received(marked('{"session_id":"<0.1>","timestamp":1}')), sent(marked('{"m":"quote_create_session","p":["qs_1"]}')), received(quotes), received(marked("~h~7")), sent(marked("~h~7")), received(marked('{"m":"protocol_error","p":["no"]}'))])).toEqual([
      "control session",
      "event quote_create_session @qs_1",
      "event qsd @qs_1",
      "event quote_completed @qs_1",
      "heartbeat heartbeat #7",
      "heartbeat heartbeat ←7",
      "error protocol_error @no",
    ]);
    expect(decodeAll([received(quotes)])[0]?.messages[0]?.decoded.summary).toContain('"n":"東京"');
  });

  it("puts a long text together of thousands of messages, without a look at all of it with each", { timeout: 20_000 }, () => {
    const text = marked(JSON.stringify({ m: "qsd", p: ["x".repeat(4_000_000)] }));
    const frames = Array.from({ length: Math.ceil(text.length / 500) }, (_, i) => received(text.slice(500 * i, 500 * (i + 1))));
    const labels = decodeAll(frames).map((message) => message?.label);
    expect([labels.length, labels.indexOf("qsd"), new Set(labels.slice(0, -1))]).toEqual([frames.length, frames.length - 1, new Set(["part"])]);
  });

  it("takes any bytes cut anywhere without a throw", () => {
    fc.assert(fc.property(fc.nat(bytesOf(quotes).length), fc.string(), (length, more) => { decodeAll([{ ...received(""), bytes: bytesOf(quotes).slice(0, length) }, received(more)], UNKNOWN, { pinned: "tradingview" }); }));
    expect(told("tradingview", [received("~m~ hello"), received("~m~3~m~abc")])).toEqual(["nobody", "nobody"]);
  });
});
