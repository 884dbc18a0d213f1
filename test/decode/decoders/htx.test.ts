import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { Pairing } from "../../../src/decode/pairing.ts";
import { connectionId, monotonicSeconds } from "../../../src/model/units.ts";
import { bytesOf, decodeAll, received, sent } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

const zipped = (value: object): ReturnType<typeof received> => received(gzipSync(bytesOf(JSON.stringify(value))));
const HTX = connectionTo("wss://api.huobi.pro/ws");
const frames = [
  zipped({ ping: 1764358801000 }),
  sent({ pong: 1764358801000 }),
  sent({ sub: "market.btcusdt.kline.1min", id: "a" }),
  zipped({ id: "a", status: "ok", subbed: "market.btcusdt.kline.1min", ts: 1 }),
  zipped({ ch: "market.btcusdt.kline.1min", ts: 1, tick: { close: 64012.5 } }),
  zipped({ status: "error", "err-code": "bad-request", "err-msg": "no", id: "b" }),
];

describe("HTX", () => {
  it("is asked in text and answers in gzip, and is one protocol", () => {
    expect(told("gzip", frames, HTX)).toEqual([
      "heartbeat ping #1764358801000",
      "htx: heartbeat pong ←1764358801000",
      "htx: request sub #a @market.btcusdt.kline.1min",
      "answer subbed ←a @market.btcusdt.kline.1min",
      "event kline @market.btcusdt.kline.1min",
      "error error ←b",
    ]);
    expect(decodeAll(frames, HTX)[4]?.summary).toBe('{"close":64012.5}');
  });

  it("pairs what was asked in text with what is answered in gzip", () => {
    const pairing = new Pairing();
    const pairs = decodeAll(frames, HTX).map((decoded, index) => decoded && pairing.add({ index, connection: connectionId(1), time: monotonicSeconds(index), direction: frames[index]?.direction ?? "sent", decoded })?.answersRow);
    expect(pairs).toEqual([undefined, 0, undefined, 2, undefined, undefined]);
  });
});
