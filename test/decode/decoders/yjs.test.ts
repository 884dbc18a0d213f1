import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, decodeAll, received, UNKNOWN, valueOf } from "../messages.ts";
import { told } from "../told.ts";

const state = [...bytesOf('{"user":{"name":"Zoë"}}')];
const awareness = Uint8Array.of(1, state.length + 4, 1, 7, 1, state.length, ...state);

describe("Yjs", () => {
  it("tells the steps of a sync and who is there, once an awareness message made sure", () => {
    const decoded = decodeAll([received(awareness), received(Uint8Array.of(0, 0, 1, 0)), received(Uint8Array.of(0, 1, 2, 0, 0)), received(Uint8Array.of(0, 2, 2, 0, 0)), received(Uint8Array.of(3))]);
    expect(decoded.map((message) => `${message?.decoder} ${message?.label}`)).toEqual(["yjs awareness", "yjs sync step 1", "yjs sync step 2", "yjs update", "yjs query awareness"]);
    expect(valueOf(decoded[0])).toEqual({ "7": { user: { name: "Zoë" } } });
  });

  it("is silent before that, and takes any bytes without a throw", () => {
    expect(told("yjs", [received(Uint8Array.of(0, 0, 1, 0))])).toEqual(["nobody"]);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => { decodeAll([received(awareness), received(bytes)]); decodeAll([received(bytes)], UNKNOWN, { pinned: "yjs" }); }));
  });
});
