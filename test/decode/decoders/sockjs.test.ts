import { describe, expect, it } from "vitest";
import { decodeAgain } from "../../../src/decode/connection-decoder.ts";
import { decodeAll, received, sent, UNKNOWN, valueOf } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

const SOCKJS = connectionTo("wss://shop.test/echo/417/b3xk0t1z/websocket");

describe("SockJS", () => {
  it("tells what its texts hold, each a message of its own", () => {
    expect(
      told("sockjs", [received("o"), sent(['{"type":"join","room":"a"}']), received(`a${JSON.stringify(['{"type":"joined"}', '{"type":"said","text":"hi"}'])}`), received("h"), received('c[3000,"Go away!"]'), received('a["plain"]')], SOCKJS),
    ).toEqual(["control open", "event join @a", "event joined", "event said", "heartbeat heartbeat", "control close", "event SockJS"]);
  });

  it("holds STOMP, and pairs and names it as such", () => {
    const decoded = decodeAll([received("o"), sent(["CONNECT\naccept-version:1.1,1.0\nheart-beat:10000,10000\n\n\0"]), received(`a${JSON.stringify(["CONNECTED\nversion:1.1\n\n\0"])}`), received(`a${JSON.stringify(['MESSAGE\ndestination:/topic/a\nmessage-id:1\nsubscription:0\n\n{"type":"said"}\0'])}`)], SOCKJS);
    expect(decoded.map((message) => `${message?.speaks} ${message?.label} ${message?.topic ?? ""}`.trim())).toEqual(["sockjs open", "stomp CONNECT", "stomp CONNECTED", "stomp MESSAGE /topic/a"]);
    expect(valueOf(decoded[3])).toEqual({ type: "said" });
  });

  it("has a message at its place in the frame, where it can be looked at alone", () => {
    const frame = received(`a${JSON.stringify(['{"type":"a"}', '{"type":"b","text":"\\u6771"}'])}`);
    const [decoded] = decodeAll([frame], SOCKJS);
    const second = decoded?.messages[1];
    const bytes = frame.bytes.subarray(second?.from, second?.to);
    expect(valueOf(decodeAgain(SOCKJS, "sockjs", [{ ...frame, bytes }]))).toEqual({ type: "b", text: "東" });
  });

  it("is not every text that begins with its letters", () => {
    expect(told("sockjs", [received("o"), received("ok"), received("hello"), sent('a["b"]'), received("a[1]"), received("c[1]")])).toEqual(Array.from({ length: 6 }, () => "nobody"));
    expect(told("sockjs", [received('a["{\\"type\\":\\"tick\\"}"]')])).toEqual(["event tick"]);
    expect(decodeAll([received("nonsense")], UNKNOWN, { pinned: "sockjs" })[0]).toMatchObject({ label: "not SockJS", kind: "error" });
  });
});
