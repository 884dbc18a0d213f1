import { gzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { imported, importFrom } from "./imported.ts";

const har = (data: string): Uint8Array => Buffer.from(JSON.stringify({ log: { entries: [{ startedDateTime: "2026-11-20T12:00:00Z", request: { url: "ws://feed.test/", headers: [] }, response: { status: 101 }, _webSocketMessages: [{ type: "send", opcode: 1, data }] }] } }));

/** The same archive, one of its files said to be encrypted. */
function encrypted(archive: Uint8Array, name: string): Uint8Array {
  const bytes = Buffer.from(archive);
  const entry = bytes.lastIndexOf(name) - 46;
  bytes.writeUInt16LE(bytes.readUInt16LE(entry + 8) | 1, entry + 8);
  return bytes;
}

/** The same archive of one file as writers of large ones have it (APPNOTE 4.3.9.2): every size and place stands in zip64's own fields. */
function asZip64(archive: Uint8Array): Uint8Array {
  const bytes = Buffer.from(archive);
  const end = bytes.length - 22;
  const from = bytes.readUInt32LE(end + 16);
  const nameLength = bytes.readUInt16LE(from + 28);
  const numbers = [24, 20, 42].map((place) => bytes.readUInt32LE(from + place));
  const entry = Buffer.from(bytes.subarray(from, from + 46 + nameLength));
  for (const place of [20, 24, 42]) entry.writeUInt32LE(0xffffffff, place);
  const other = Buffer.from([0x55, 0x54, 1, 0, 7]);
  const extra = Buffer.alloc(4 + 24);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  numbers.forEach((number, i) => extra.writeBigUInt64LE(BigInt(number), 4 + 8 * i));
  entry.writeUInt16LE(other.length + extra.length, 30);
  const directory = Buffer.concat([entry, other, extra]);
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  for (const place of [24, 32]) end64.writeBigUInt64LE(1n, place);
  end64.writeBigUInt64LE(BigInt(directory.length), 40);
  end64.writeBigUInt64LE(BigInt(from), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(from + directory.length), 8);
  locator.writeUInt32LE(1, 16);
  const last = Buffer.alloc(22, 0xff);
  last.writeUInt32LE(0x06054b50, 0);
  last.writeUInt16LE(0, 20);
  return Buffer.concat([bytes.subarray(0, from), directory, end64, locator, last]);
}

const textsOf = (rows: readonly string[]): string[] => rows.flatMap((row) => / sent 1 import \S+ (.*)$/.exec(row)?.[1] ?? []);

describe("a file that is packed", () => {
  it("with gzip is read as what it holds, wherever its pieces end", async () => {
    for (const largest of [7, Infinity]) expect(textsOf((await imported(gzipSync(har("a".repeat(5000))), { largest })).rows)).toEqual(["a".repeat(5000)]);
  });

  it("with zip is read as the HAR in it, stored or compressed, whatever stands beside it and whatever it is called", async () => {
    const body = Buffer.from('{"type":"send"}');
    for (const level of [0, 9] as const) {
      for (const name of ["har.har", "../../../etc/cron.d/x.HAR", "C:\\windows\\a.har", "/abs.har"]) {
        const { rows, problems } = await imported(zipSync({ "4f0c.json": body, [name]: har("inside") }, { level }));
        expect([textsOf(rows), problems]).toEqual([["inside"], []]);
      }
    }
    const two = await imported(zipSync({ "one.har": har("1"), "two.har": har("2") }));
    expect(textsOf(two.rows)).toEqual(["1", "2"]);
    expect(textsOf((await imported(zipSync({ capture: har("no extension") }))).rows)).toEqual(["no extension"]);
  });

  it("with zip64 is read as with zip, and refused where its own fields say what cannot be", async () => {
    for (const level of [0, 9] as const) expect(textsOf((await imported(asZip64(zipSync({ "har.har": har("large") }, { level })))).rows)).toEqual(["large"]);
    const wrong = Buffer.from(asZip64(zipSync({ "har.har": har("x") })));
    wrong.writeBigUInt64LE(2n ** 60n, wrong.length - 22 - 20 - 56 + 48);
    await expect(importFrom(wrong)).rejects.toThrow("import.no-zip");
  });

  it("with zip, of which some is not read, says which, and is refused only where nothing is left", async () => {
    const some = encrypted(zipSync({ "log.json": har("kept"), "picture.png": Buffer.from("PNG"), "readme.txt": Buffer.from("read me"), "__MACOSX/._log.json": Buffer.from("x") }, { level: 0 }), "picture.png");
    const { rows, problems } = await imported(some);
    expect(textsOf(rows)).toEqual(["kept"]);
    expect(problems).toEqual(["picture.png: Encrypted, or packed in a way that is not read. It is left out.", "readme.txt: None of the files that Framescope reads. It is left out."]);
    await expect(importFrom(encrypted(zipSync({ "a.har": har("x") }, { level: 0 }), "a.har"))).rejects.toThrow("import.zip-method");
    await expect(importFrom(zipSync({ "readme.txt": Buffer.from("read me") }))).rejects.toThrow("import.unknown");
    const beside = await imported(zipSync({ "old/capture.json": Buffer.from('{"format":"framescope-capture"}'), "log.json": har("kept") }));
    expect([textsOf(beside.rows), beside.problems]).toEqual([["kept"], ["old/capture.json: A capture by itself. It is left out. Import it separately."]]);
    const broken = await imported(zipSync({ "one.har": Buffer.from('{"log":{"entries":7}}'), "two.har": har("2") }));
    expect(textsOf(broken.rows)).toEqual(["2"]);
    expect(broken.problems).not.toEqual([]);
  });

  it("with zip is read up to so many files, and says that there are more", async () => {
    const { rows, answer } = await imported(zipSync(Object.fromEntries(Array.from({ length: 1003 }, (_, n) => [`${n}.har`, n === 0 || n > 1000 ? har(`${n}`) : Buffer.from("-")])), { level: 0 }));
    expect(textsOf(rows)).toEqual(["0"]);
    expect(answer.problems.length + answer.moreProblems).toBe(999 + 3);
  });

  it("to become far more than it is stops at a bound, and keeps what stands before it", async () => {
    const bomb = gzipSync(Buffer.concat([har("before").subarray(0, -4), Buffer.from(',"x":"'), Buffer.alloc(70 * 2 ** 20, 0x61)]));
    const { rows, problems } = await imported(bomb);
    expect(textsOf(rows)).toEqual(["before"]);
    expect(problems).toEqual([expect.stringMatching(/: It unpacks to over 300 times its size and is not read further\.$/)]);
  });

  it("and damaged is refused, or keeps what stands before the damage", async () => {
    await expect(importFrom(zipSync({ "a.har": har("x") }).subarray(0, 60))).rejects.toThrow("import.no-zip");
    await expect(importFrom(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff))).rejects.toMatchObject({ name: "Refusal" });
    const noise = Array.from({ length: 40_000 }, (_, i) => ((i * 7919 + i * i * 31) % 36).toString(36)).join("");
    const whole = gzipSync(har(noise));
    const { problems } = await imported(whole.subarray(0, whole.length - 500));
    expect(problems).toEqual([expect.stringMatching(/The file ends here, at byte \d+/)]);
  });
});
