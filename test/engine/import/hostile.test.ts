import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Refusal } from "../../../src/model/refusal.ts";
import { importFrom } from "./imported.ts";

const FIXTURES = ["har/chromium-devtools.har", "har/playwright-embed.har", "imports/playwright-attach.zip", "imports/tshark.pcapng", "imports/net-log-everything.json", "imports/net-log-default.json"];

/** What a broken disk, a broken line or a bad person makes of a file. */
const harm = fc.array(
  fc.oneof(
    fc.record({ how: fc.constant("set" as const), at: fc.double({ min: 0, max: 1, noNaN: true }), bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }) }),
    fc.record({ how: fc.constant("cut" as const), at: fc.double({ min: 0, max: 1, noNaN: true }), bytes: fc.uint8Array({ maxLength: 4 }) }),
    fc.record({ how: fc.constant("take out" as const), at: fc.double({ min: 0, max: 1, noNaN: true }), bytes: fc.uint8Array({ minLength: 1, maxLength: 200 }) }),
    fc.record({ how: fc.constant("put in" as const), at: fc.double({ min: 0, max: 1, noNaN: true }), bytes: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constantFrom("[[[[", '"', "{", "}", "null", "1e999", "\\ud800").map((text) => Buffer.from(text))) }),
  ),
  { minLength: 1, maxLength: 6 },
);

function harmed(file: Buffer, harms: readonly { readonly how: "set" | "cut" | "take out" | "put in"; readonly at: number; readonly bytes: Uint8Array }[]): Buffer {
  return harms.reduce((bytes, { how, at, bytes: other }) => {
    const place = Math.floor(at * bytes.length);
    switch (how) {
      case "cut":
        return bytes.subarray(0, place);
      case "set":
        return Buffer.concat([bytes.subarray(0, place), other, bytes.subarray(place + other.length)]);
      case "take out":
        return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + other.length)]);
      case "put in":
        return Buffer.concat([bytes.subarray(0, place), other, bytes.subarray(place)]);
    }
  }, file);
}

describe("a file that is broken in any way", () => {
  it.each(FIXTURES)("is read as far as it can be, or refused: %s", async (name) => {
    const file = await readFile(new URL(`../../fixtures/${name}`, import.meta.url));
    await fc.assert(
      fc.asyncProperty(harm, async (harms) => {
        await importFrom(harmed(file, harms)).catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
        });
      }),
      { numRuns: 60 },
    );
  });

  it("may be any bytes behind any beginning", async () => {
    const beginnings = ['{"log":{"entries":[{"_webSocketMessages":[', '{"record":"capture"}\n', '{"constants":{},"events":[', "\u001f\u008b\b", "PK\u0003\u0004"].map((text) => Buffer.from(text, "latin1"));
    const pcap = Buffer.from("d4c3b2a1020004000000000000000000ffff000001000000", "hex");
    const pcapng = Buffer.from("0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000", "hex");
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...beginnings, pcap, pcapng), fc.uint8Array({ maxLength: 300 }), async (beginning, rest) => {
        await importFrom(Buffer.concat([beginning, rest])).catch((error: unknown) => expect(error).toBeInstanceOf(Refusal));
      }),
      { numRuns: 150 },
    );
  });
});
