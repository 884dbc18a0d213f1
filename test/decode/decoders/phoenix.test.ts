import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { phoenix } from "../../../src/decode/decoders/phoenix.ts";
import { bytesDocument } from "../../../src/decode/lone-value.ts";
import { bytesOf, decodeAll, received, sent, valueOf } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

describe("Phoenix channels", () => {
  it("pairs a push with the reply of its ref, in both serializers", () => {
    expect(
      told("phoenix", [
        sent('["3","3","room:lobby","phx_join",{}]'),
        received('["3","3","room:lobby","phx_reply",{"status":"ok","response":{"n":1}}]'),
        sent('["3","5","room:lobby","new_msg",{"body":"hi"}]'),
        received('[null,null,"room:lobby","new_msg",{"body":"hi"}]'),
        received('["3","5","room:lobby","phx_reply",{"status":"error","response":{"reason":"no"}}]'),
        sent('[null,"6","phoenix","heartbeat",{}]'),
        received('[null,"6","phoenix","phx_reply",{"status":"ok","response":{}}]'),
        received('["3",null,"room:lobby","phx_close",{}]'),
      ]),
    ).toEqual([
      "request phx_join #3 @room:lobby",
      "answer phx_reply ←3 @room:lobby",
      "request new_msg #5 @room:lobby",
      "event new_msg @room:lobby",
      "error phx_reply ←5 @room:lobby",
      "heartbeat heartbeat #6 @phoenix",
      "heartbeat phx_reply ←6 @phoenix",
      "control phx_close @room:lobby",
    ]);
    expect(
      told("phoenix", [
        sent({ topic: "room:1", event: "phx_join", payload: {}, ref: "1" }),
        received({ topic: "room:1", event: "phx_reply", payload: { status: "ok", response: {} }, ref: "1" }),
        received({ topic: "room:1", event: "said", payload: { text: "hi" }, ref: null }),
      ]),
    ).toEqual(["request phx_join #1 @room:1", "answer phx_reply ←1 @room:1", "event said @room:1"]);
  });

  it("names what LiveView and Supabase Realtime do by themselves", () => {
    const live = connectionTo("wss://shop.test/live/websocket?_csrf_token=x&vsn=2.0.0");
    expect(told("phoenix", [sent('["4","8","lv:phx-F1","event",{"type":"click","event":"inc","value":{}}]'), received('["4","8","lv:phx-F1","phx_reply",{"response":{"diff":{"0":"1"}},"status":"ok"}]'), received('["4",null,"lv:phx-F1","diff",{"0":"2"}]')], live)).toEqual([
      "request inc #8 @lv:phx-F1",
      "answer phx_reply ←8 @lv:phx-F1",
      "event diff @lv:phx-F1",
    ]);
    const supabase = connectionTo("wss://x.supabase.co/realtime/v1/websocket?apikey=k&vsn=1.0.0");
    expect(told("phoenix", [received({ ref: null, event: "broadcast", payload: { type: "broadcast", event: "cursor", payload: { x: 1 } }, topic: "realtime:room" })], supabase)).toEqual(["event cursor @realtime:room"]);
  });

  it("pairs a binary push with its binary answer, and writes its bytes anew", () => {
    const live = connectionTo("wss://shop.test/live/websocket?vsn=2.0.0");
    const binary = (kind: number, texts: readonly string[], ...data: readonly number[]): Uint8Array => Uint8Array.from([kind, ...texts.map((text) => bytesOf(text).length), ...bytesOf(texts.join("")), ...data]);
    const push = sent(binary(0, ["3", "9", "lvu:0", "chunk"], 1, 2, 3));
    const frames = [push, received(binary(1, ["3", "9", "lvu:0", "ok"], 7)), received(binary(1, ["3", "9", "lvu:0", "error"])), received(binary(0, ["3", "room", "frame"], 5)), received(binary(2, ["room", "frame"], 5))];
    expect(told("phoenix", frames, live)).toEqual(["request chunk #9 @lvu:0", "answer phx_reply ←9 @lvu:0", "error phx_reply ←9 @lvu:0", "event frame @room", "event frame @room"]);
    const [decoded] = decodeAll(frames, live);
    expect(valueOf(decoded)).toEqual(Uint8Array.of(1, 2, 3));
    const [written] = phoenix.encode(bytesDocument(Uint8Array.of(8, 9)), { frame: push, connection: live });
    expect(valueOf(decodeAll([{ ...push, bytes: written?.bytes ?? new Uint8Array(0) }], live)[0])).toEqual(Uint8Array.of(8, 9));
  });

  it("takes any bytes without a throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (bytes, isSent) => {
        const [decoded] = decodeAll([(isSent ? sent : received)(bytes)], connectionTo("wss://shop.test/live/websocket?vsn=2.0.0"));
        expect(decoded?.label ?? "").not.toMatch(/failed/);
      }),
    );
  });

  it("shows what a message carries, not its envelope", () => {
    const [reply] = decodeAll([received('["3","3","room:lobby","phx_reply",{"status":"ok","response":{"n":1}}]')]);
    expect(reply?.summary).toBe('{"n":1}');
  });

  it("leaves an array of five and an object with an event to JSON", () => {
    expect(told("phoenix", [received('["a","b","c","d",{}]'), received({ event: "tick", topic: "t", payload: 1 })])).toEqual(["json: event a", "json: event tick @t"]);
  });
});
