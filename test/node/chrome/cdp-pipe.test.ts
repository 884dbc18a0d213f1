import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CdpPipe } from "../../../src/node/chrome/cdp-pipe.ts";

function setUp(): { readonly pipe: CdpPipe; readonly sent: PassThrough; readonly chrome: PassThrough; readonly events: unknown[] } {
  const [sent, chrome] = [new PassThrough(), new PassThrough()];
  const pipe = new CdpPipe(sent, chrome);
  const events: unknown[] = [];
  pipe.onEvent = (method, params, sessionId) => void events.push({ method, params, sessionId });
  return { pipe, sent, chrome, events };
}

describe("Chrome's pipe", () => {
  it("tells every message once and in order, wherever the bytes are cut", async () => {
    const messages = fc.array(fc.record({ method: fc.string({ unit: "binary" }), params: fc.jsonValue(), sessionId: fc.string() }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(messages, fc.array(fc.nat(400), { maxLength: 12 }), async (told, cuts) => {
        const { chrome, events } = setUp();
        const bytes = Buffer.from(told.map((message) => `${JSON.stringify(message)}\0`).join(""));
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
        for (const [i, place] of places.slice(1).entries()) chrome.write(bytes.subarray(places[i], place));
        chrome.end();
        await setImmediate();
        await setImmediate();
        expect(events).toEqual(JSON.parse(JSON.stringify(told)));
      }),
      { numRuns: 60 },
    );
  });

  it("answers each command with its own answer or Chrome's own sentence, and all that wait when the browser is gone", async () => {
    const { pipe, sent, chrome } = setUp();
    const [first, second, third] = [pipe.send("A"), pipe.send("B", { b: 1 }, "session"), pipe.send("C")];
    expect(String(sent.read()).split("\0").slice(0, 2).map((text) => JSON.parse(text) as unknown)).toEqual([{ id: 1, method: "A", params: {} }, { id: 2, method: "B", params: { b: 1 }, sessionId: "session" }]);
    chrome.write(`{"id":2,"error":{"message":"No such thing"}}\0{"id":1,"result":{"a":1}}\0`);
    await expect(second).rejects.toThrow("No such thing");
    await expect(first).resolves.toEqual({ a: 1 });
    chrome.destroy();
    await expect(third).rejects.toThrow("gone");
    await expect(pipe.send("D")).rejects.toThrow("gone");
    await pipe.closed;
  });
});
