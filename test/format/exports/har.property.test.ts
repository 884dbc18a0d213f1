import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExportFrame } from "../../../src/format/export-format.ts";
import { har } from "../../../src/format/exports/har.ts";
import { PIECE_LENGTH } from "../../../src/format/writing/piece-writer.ts";
import type { Connection, Header, Target } from "../../../src/model/connection.ts";
import { someOf } from "../../some-of.ts";
import { aConnection } from "../../model/a-connection.ts";
import { aSource, at, binary, OPTIONS, text, textBytes, write } from "../a-source.ts";
import { har12Faults } from "../har-12.ts";

interface Message {
  readonly type: string;
  readonly opcode: number;
  readonly data: string;
}

const messagesOf = (document: string): readonly Message[] =>
  (JSON.parse(document) as { log: { entries: Record<"_webSocketMessages", Message[]>[] } }).log.entries[0]?.["_webSocketMessages"] ?? [];

const anyBytes = fc.uint8Array({ maxLength: 200 });
const anyText = fc.string({ unit: "binary", maxLength: 200 });

describe("payloads", () => {
  it("come back as they were: text as a TextDecoder reads it, binary to the byte", () => {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const frame = fc.oneof(
      anyBytes.map((bytes) => ({ row: textBytes(bytes), data: decoder.decode(bytes) })),
      anyBytes.map((bytes) => ({ row: binary("received", bytes), data: Buffer.from(bytes).toString("base64") })),
      anyText.map((data) => ({ row: text("received", data), data: data.toWellFormed() })),
    );
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 20 }), (frames) => {
        const written = write(har, aSource([aConnection()], { 1: frames.map(({ row }) => row) }));
        expect(messagesOf(written.text).map(({ data }) => data)).toEqual(frames.map(({ data }) => data));
        expect(written.totals.frames).toBe(frames.length);
      }),
    );
  });

  it("may end, or stand across the end of a piece, anywhere", () => {
    const unit = '漢"\u0001😀a';
    const length = Buffer.byteLength(JSON.stringify(unit)) - 2;
    for (let shift = 0; shift < length + 4; shift += 1) {
      const big = unit.repeat(Math.ceil((PIECE_LENGTH * 2.5) / length));
      const rows = [text("sent", "x".repeat(shift)), text("sent", big), text("sent", "end")];
      const written = write(har, aSource([aConnection()], { 1: rows }));
      expect(messagesOf(written.text)[1]?.data === big).toBe(true);
      expect(Math.max(...written.pieces)).toBeLessThanOrEqual(PIECE_LENGTH);
    }
  });

  it("of every length around a piece's come back whole", () => {
    for (const factor of [1 / 6, 3 / 4, 1]) {
      for (let delta = -300; delta <= 10; delta += 10) {
        const length = Math.floor(PIECE_LENGTH * factor) + delta;
        const bytes = new Uint8Array(length).fill(0x61);
        const written = write(har, aSource([aConnection()], { 1: [textBytes(bytes), binary("sent", bytes)] }));
        const [first, second] = messagesOf(written.text);
        expect(first?.data.length).toBe(length);
        expect(Buffer.from(second?.data ?? "", "base64").equals(bytes)).toBe(true);
      }
    }
  });
});

/** The name in any mixture of upper and lower case. */
const inAnyCase = (name: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
    .map((upper) =>
      Array.from(name, (letter, place) => (upper[place] === true ? letter.toUpperCase() : letter.toLowerCase())).join(""),
    );

describe("secrets", () => {
  const SECRET = "S3CRETvalue";
  const credential = fc
    .constantFrom("Cookie", "Cookie2", "Set-Cookie", "Set-Cookie2", "Authorization", "Proxy-Authorization")
    .chain(inAnyCase);
  const value = fc.tuple(anyText, anyText).map(([before, after]) => `${before}${SECRET}${after}`);
  const secretHeader = fc.record({ name: credential, value });
  const plainName = fc.constantFrom("Host", "Origin", "X-Cookie", "Sec-WebSocket-Key");
  const plainHeader = fc.record({ name: plainName, value: anyText });
  const list = fc.array(fc.oneof(secretHeader, plainHeader), { maxLength: 10 });
  const userInfo = fc.constantFrom(`${SECRET}@`, `bob:${SECRET}@`, `${SECRET}:x@`, `a%40${SECRET}@`, "");

  const status = fc.constantFrom(101, 200, 403);
  const state = fc.constantFrom("open", "closed", "failed");
  const requestText = `GET / HTTP/1.1\r\nCookie: ${SECRET}\r\n\r\n`;
  const responseText = `HTTP/1.1 101 OK\r\nSet-Cookie: ${SECRET}\r\n\r\n`;
  const connection: fc.Arbitrary<Connection> = fc
    .record({ requestHeaders: list, responseHeaders: list, user: userInfo, status, state })
    .map(({ user, state: now, ...handshake }) =>
      aConnection(
        {
          url: `wss://${user}shop.test/a`,
          state: now,
          ending: `It went to wss://${user}shop.test/a`,
          initiator: { functionName: "f", url: `https://${user}shop.test/`, line: 1, column: 1 },
        },
        { ...handshake, requestText, responseText },
      ),
    );

  it("planted in any credential never stand in a sanitised file, and the file is valid", () => {
    fc.assert(
      fc.property(connection, userInfo, (one, user) => {
        const page: Target = { key: "page", type: "page", url: `https://${user}shop.test/` };
        const source = aSource([one], { 1: [text("sent", "hello")] }, [page]);
        const { text: document } = write(har, source);
        expect(document).not.toContain(SECRET);
        expect(har12Faults(JSON.parse(document))).toEqual([]);
        expect(har12Faults(JSON.parse(write(har, source, { sensitive: true }).text))).toEqual([]);
      }),
    );
  });

  it("keep every header in a sensitive file", () => {
    fc.assert(
      fc.property(fc.array(secretHeader, { minLength: 1, maxLength: 5 }), (requestHeaders) => {
        const { text: document } = write(har, aSource([aConnection({}, { requestHeaders })]), { sensitive: true });
        const parsed = JSON.parse(document) as { log: { entries: { request: { headers: Header[] } }[] } };
        const joined = parsed.log.entries[0]?.request.headers.map((header) => header.value).join(" ") ?? "";
        expect(joined.split(SECRET).length - 1).toBe(requestHeaders.length);
      }),
    );
  });
});

/** Counts the pieces without keeping them. */
function measure(rows: Iterable<ExportFrame>): Readonly<Record<"bytes" | "largest", number>> {
  let bytes = 0;
  let largest = 0;
  for (const piece of har.write({ ...aSource([aConnection()]), frames: () => rows }, OPTIONS)) {
    bytes += piece.length;
    largest = Math.max(largest, piece.length);
  }
  return { bytes, largest };
}

const MEGABYTES = someOf(200);

describe("size", () => {
  it.each(["text", "binary"])(`one %s message of ${MEGABYTES} MB streams in pieces of bounded size`, (kind) => {
    const payload = new Uint8Array(MEGABYTES * 1_000_000).fill(0x61);
    const { bytes, largest } = measure([kind === "text" ? textBytes(payload) : binary("sent", payload)]);
    expect(bytes).toBeGreaterThan(payload.length * (kind === "text" ? 1 : 4 / 3));
    expect(largest).toBeLessThanOrEqual(PIECE_LENGTH);
  });

  it("300,000 messages from one and the same row object stream in pieces", () => {
    const payload = new TextEncoder().encode('{"price":1.25}');
    const row = { ...textBytes(payload), time: at(0) };
    const rows = (function* () {
      for (let index = 0; index < 300_000; index += 1) {
        row.time = at(index / 1000);
        yield row;
      }
    })();
    const { bytes, largest } = measure(rows);
    expect(bytes).toBeGreaterThan(300_000 * 60);
    expect(largest).toBeLessThanOrEqual(PIECE_LENGTH);
  });

  it("an export that is given up ends the source's rows", () => {
    let isEnded = false;
    const rows = (function* () {
      try {
        for (;;) yield textBytes(new Uint8Array(100_000));
      } finally {
        isEnded = true;
      }
    })();
    const pieces = har.write({ ...aSource([aConnection()]), frames: () => rows }, OPTIONS);
    pieces.next();
    pieces.return({ connections: 0, frames: 0 });
    expect(isEnded).toBe(true);
  });
});
