import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PAYLOAD_PAGE, PayloadPages } from "../../src/log/payload-pages.ts";
import { MemoryFile } from "./memory-file.ts";

/** A payload whose bytes tell its number and place, so that a byte from elsewhere is seen. */
function payload(number: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = number * 31 + i * 7;
  return bytes;
}

describe("payload pages", () => {
  it("gives every payload back, from memory or from the file, whatever its size and the budget", () => {
    const sizes = fc.array(fc.oneof(fc.nat(300), fc.integer({ min: PAYLOAD_PAGE - 2, max: PAYLOAD_PAGE + 2 }), fc.nat(3 * PAYLOAD_PAGE)), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(sizes, fc.nat(2), (lengths, pagesOfBudget) => {
        const pages = new PayloadPages({ budget: pagesOfBudget * PAYLOAD_PAGE, file: new MemoryFile() });
        const offsets = lengths.map((length, i) => {
          const offset = pages.append(payload(i, length)) as number;
          pages.save();
          return offset;
        });
        expect(pages.bytesInMemory).toBeLessThanOrEqual((pagesOfBudget + 1) * PAYLOAD_PAGE);
        lengths.forEach((length, i) => {
          expect(Buffer.compare(pages.read(offsets[i] as number, length), payload(i, length))).toBe(0);
        });
      }),
      { numRuns: 20 },
    );
  });

  it("gives bytes that are the caller's own, also where they are just one page", () => {
    for (const length of [0, 10, PAYLOAD_PAGE, 2 * PAYLOAD_PAGE + 5]) {
      const pages = new PayloadPages({ budget: 4 * PAYLOAD_PAGE });
      const offset = pages.append(payload(1, length)) as number;
      const own = pages.readOwn(offset, length);
      expect(Buffer.compare(own, payload(1, length))).toBe(0);
      own.fill(0xff);
      expect(Buffer.compare(pages.read(offset, length), payload(1, length))).toBe(0);
    }
  });

  it("reads a page of a file to its end though it was read before more of it counted", () => {
    const file = new MemoryFile();
    file.append(payload(1, 300));
    const pages = new PayloadPages({ budget: 0, file, readOnly: true });
    pages.extend(100);
    expect(Buffer.compare(pages.read(0, 100), payload(1, 300).subarray(0, 100))).toBe(0);
    pages.extend(200);
    expect(Buffer.compare(pages.read(100, 200), payload(1, 300).subarray(100))).toBe(0);
  });

  it("writes the stream to the file as it stands, once", () => {
    const file = new MemoryFile();
    const pages = new PayloadPages({ budget: 0, file });
    const written = [payload(1, 10), payload(2, PAYLOAD_PAGE), payload(3, 5)];
    for (const bytes of written) {
      pages.append(bytes);
      pages.save();
    }
    pages.save();
    expect(Buffer.compare(file.contents, Buffer.concat(written))).toBe(0);
    expect(pages.pending).toBe(0);
  });

  it("without a file takes payloads up to the budget and refuses the next", () => {
    const pages = new PayloadPages({ budget: 100 });
    expect(pages.append(payload(1, 100))).toBe(0);
    expect(pages.append(payload(2, 1))).toBeUndefined();
    expect(pages.length).toBe(100);
  });

  it("keeps what it has when the disk fills up, and goes on in memory", () => {
    const pages = new PayloadPages({ budget: 2 * PAYLOAD_PAGE, file: new MemoryFile(PAYLOAD_PAGE) });
    pages.append(payload(1, PAYLOAD_PAGE));
    pages.save();
    pages.append(payload(2, 500));
    expect(() => pages.save()).toThrow("the disk is full");
    pages.stopSaving();
    expect(pages.append(payload(3, 500))).toBe(PAYLOAD_PAGE + 500);
    expect(Buffer.compare(pages.read(PAYLOAD_PAGE, 500), payload(2, 500))).toBe(0);
    expect(Buffer.compare(pages.read(0, PAYLOAD_PAGE), payload(1, PAYLOAD_PAGE))).toBe(0);
  });

  it("makes room by what is on disk already, when the disk fills up with the budget long reached", () => {
    const pages = new PayloadPages({ budget: 4 * PAYLOAD_PAGE, file: new MemoryFile() });
    for (let i = 0; i < 20; i++) {
      pages.append(payload(i, PAYLOAD_PAGE));
      pages.save();
    }
    pages.stopSaving();
    for (let i = 20; i < 24; i++) expect(pages.append(payload(i, PAYLOAD_PAGE))).toBe(i * PAYLOAD_PAGE);
    expect(pages.append(payload(24, 1))).toBeUndefined();
    for (let i = 0; i < 24; i++) expect(Buffer.compare(pages.read(i * PAYLOAD_PAGE, PAYLOAD_PAGE), payload(i, PAYLOAD_PAGE))).toBe(0);
  });

  it("gives nothing out of a file that is another log's by now", () => {
    const file = new MemoryFile();
    const pages = new PayloadPages({ budget: 0, file });
    pages.append(payload(1, 2 * PAYLOAD_PAGE));
    pages.save();
    pages.forgetFile();
    file.cutTo(0);
    file.append(payload(9, 2 * PAYLOAD_PAGE));
    expect(() => pages.read(0, 1)).toThrow("log.payloads-cleared");
  });

  it("says what it could not read back", () => {
    const file = new MemoryFile();
    const pages = new PayloadPages({ budget: 0, file });
    pages.append(payload(1, 2 * PAYLOAD_PAGE));
    pages.save();
    file.cutTo(0);
    expect(() => pages.read(0, 1)).toThrow("log.page-short");
  });
});
