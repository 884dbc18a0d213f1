import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, decodeAll, received, sent, UNKNOWN, valueOf } from "../messages.ts";
import { told } from "../told.ts";

/** As jupyter-server's `serialize_msg_to_ws_v1` writes it. */
function packed(channel: string, ...parts: readonly (object | Uint8Array)[]): Uint8Array {
  const all = [bytesOf(channel), ...parts.map((part) => (part instanceof Uint8Array ? part : bytesOf(JSON.stringify(part))))];
  let end = 8 * (all.length + 2);
  const offsets = [end, ...all.map(({ length }) => (end += length))];
  return new Uint8Array(Buffer.concat([...[offsets.length, ...offsets].map((number) => new Uint8Array(BigUint64Array.of(BigInt(number)).buffer)), ...all]));
}
const header = (msg_type: string, msg_id: string): object => ({ msg_id, msg_type, session: "s", version: "5.3" });
const BINARY = { url: "ws://localhost:8888/api/kernels/4f/channels?session_id=1", subprotocol: "v1.kernel.websocket.jupyter.org" };
const ask = packed("shell", header("execute_request", "1"), {}, {}, { code: "1/0" });
const shown = packed("iopub", header("display_data", "2"), { msg_id: "1" }, {}, { data: {} }, Uint8Array.of(1, 0xff), Uint8Array.of());
const reply = packed("shell", header("execute_reply", "3"), { msg_id: "1" }, {}, { status: "ok", n: 12 });

describe("Jupyter in binary", () => {
  it("is named and paired as in JSON, and has its buffers as bytes", () => {
    const frames = [sent(ask), received(shown), received(reply)];
    for (const facts of [BINARY, UNKNOWN]) expect(told("jupyter-binary", frames, facts)).toEqual(["request execute_request #1 @shell", "event display_data @iopub", "answer execute_reply ←1 @shell"]);
    const [, display, answer] = decodeAll(frames, BINARY);
    expect(valueOf(display)).toEqual({ channel: "iopub", header: header("display_data", "2"), parent_header: { msg_id: "1" }, metadata: {}, content: { data: {} }, buffers: [Uint8Array.of(1, 0xff), Uint8Array.of()] });
    expect(answer?.summary).toBe('{"status":"ok","n":12}');
  });

  it("reads of a long message its headers", () => {
    expect(decodeAll([received(shown)], BINARY, { maxBytes: 100 })[0]).toMatchObject({ label: "display_data", topic: "iopub", isPartial: true, value: undefined });
  });

  it("takes no offsets that lie, and any bytes without a throw", () => {
    fc.assert(
      fc.property(fc.nat(ask.length - 1), fc.nat(255), fc.nat(ask.length), (place, byte, cut) => {
        const broken = ask.slice();
        broken[place] = byte;
        for (const bytes of [broken, ask.slice(0, cut)]) for (const pinned of [undefined, "jupyter-binary"]) decodeAll([received(bytes)], BINARY, { pinned }).map(valueOf);
        if (cut < ask.length) expect(decodeAll([received(ask.slice(0, cut))], BINARY)).toEqual([undefined]);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => void decodeAll([received(bytes)], BINARY, { pinned: "jupyter-binary" }).map(valueOf)));
  });
});
