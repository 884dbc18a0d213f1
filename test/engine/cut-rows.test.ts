import { describe, expect, it } from "vitest";
import { cutPayloads, cutRows } from "../../src/engine/cut-rows.ts";
import { SpareBytes } from "../../src/engine/spare-bytes.ts";
import { FrameLog } from "../../src/log/frame-log.ts";
import { PAYLOAD_PAGE, PayloadPages } from "../../src/log/payload-pages.ts";
import { messageBits } from "../../src/model/frame.ts";
import { MemoryFile } from "../log/memory-file.ts";

const BITS = messageBits("received", 1, false, false);

describe("payloads cut out of a log", () => {
  it("are the rows' own, whether the rows follow each other or not, over whatever the memory held before", () => {
    const log = new FrameLog(new PayloadPages({ budget: 4 * PAYLOAD_PAGE }));
    const payloads = Array.from({ length: 40 }, (_, i) => new Uint8Array(i * 4000).fill(i));
    for (const payload of payloads) log.append(1, 1, BITS, payload);
    const take = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(size).fill(0xee);
    for (const places of [[3, 4, 5, 39], [10, 11, 12, 13], payloads.map((_, i) => i)]) {
      const { bytes, ends } = cutPayloads(log, cutRows(log, Uint32Array.from(places)), { take });
      places.forEach((place, i) => {
        expect(Buffer.compare(bytes.subarray(i === 0 ? 0 : ends[i - 1], ends[i]), payloads[place] as Uint8Array)).toBe(0);
      });
    }
  });

  it("are zeros where the disk gives them no more, and nothing of what the memory held before", () => {
    const file = new MemoryFile();
    const pages = new PayloadPages({ budget: 0, file });
    const log = new FrameLog(pages);
    log.append(1, 1, BITS, new Uint8Array(PAYLOAD_PAGE).fill(1));
    log.append(1, 1, BITS, new Uint8Array(5).fill(2));
    pages.save();
    pages.forgetFile();
    const { bytes, ends } = cutPayloads(log, cutRows(log, Uint32Array.of(0, 1)), { take: (size) => new Uint8Array(size).fill(0xee) });
    expect(bytes.subarray(0, ends[0]).every((byte) => byte === 0)).toBe(true);
    expect([...bytes.subarray(ends[0])]).toEqual([2, 2, 2, 2, 2]);
  });
});

describe("spare memory", () => {
  it("is used again, and what is too large is not kept", () => {
    const spare = new SpareBytes();
    const first = spare.take(100);
    expect(first.length).toBe(100);
    spare.give(first.buffer);
    const second = spare.take(70_000);
    expect(second.length).toBe(70_000);
    expect(second.buffer).toBe(first.buffer);
    const large = spare.take(50 << 20);
    spare.give(large.buffer);
    expect(spare.take(10).buffer).not.toBe(large.buffer);
  });
});
