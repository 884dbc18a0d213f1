import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DecodedMessage } from "../../../src/decode/decoded-message.ts";
import { tradingView } from "../../../src/decode/decoders/trading-view.ts";
import { findAmqp } from "../../../src/decode/amqp/find-frame.ts";
import { findNats } from "../../../src/decode/nats/find-message.ts";
import type { RecordRange } from "../../../src/decode/records/record-range.ts";
import { findStompFrame } from "../../../src/decode/stomp/read-frame.ts";
import { StreamSession, type Search } from "../../../src/decode/stream/stream-session.ts";
import { findMarked } from "../../../src/decode/trading-view/find-text.ts";
import { bytesOf, decodeAll, received, UNKNOWN } from "../messages.ts";

type Find = (bytes: Uint8Array, from: number) => Search<RecordRange>;

/** A frame of a transfer that brings these bytes of a message of handle 0. */
const transfer = (goesOn: boolean, ...part: readonly number[]): readonly number[] => [0, 0, 0, 25 + part.length, 2, 0, 0, 0, 0, 0x53, 0x14, 0xc0, 12, 6, 0x52, 0, 0x52, 4, 0xa0, 1, 116, 0x52, 0, 0x42, goesOn ? 0x41 : 0x42, ...part];

const marked = '{"m":"qsd","p":["qs_1",{"n":"東京é🙂","v":{"lp":64012.5}}]}';
/** Of each protocol whose packets take a search: a packet, and from where on it may be cut so that nothing before is looked at again. */
const PACKETS: readonly { readonly name: string; readonly find: Find; readonly packet: Uint8Array; readonly cuts: (packet: Uint8Array) => readonly number[] }[] = [
  { name: "AMQP", find: findAmqp, packet: Uint8Array.from([...transfer(true, 0, 0x53, 0x77), ...transfer(true, 0xa1), ...transfer(true, 3), ...transfer(false, 97, 98, 99)]), cuts: () => [28, 54, 80] },
  { name: "NATS", find: findNats, packet: bytesOf('HPUB orders reply 12 23\r\nNATS/1.0\r\n\r\n{"qty":2}  \r\n'), cuts: (packet) => from(packet.indexOf(0x0a) + 1, packet).slice(0, -1) },
  { name: "STOMP", find: findStompFrame, packet: bytesOf('SEND\ndestination:/a\n\n{"qty":2,"px":64012.5}\0'), cuts: (packet) => from(21, packet) },
  { name: "STOMP with a length", find: findStompFrame, packet: bytesOf('SEND\ndestination:/a\ncontent-length:8\n\n{"q\0":2}\0'), cuts: (packet) => from(38, packet) },
  { name: "TradingView", find: findMarked, packet: bytesOf(`~m~${marked.length}~m~${marked}`), cuts: (packet) => from(8, packet).filter((at) => ((packet[at] ?? 0) & 0xc0) !== 0x80) },
];

const from = (least: number, { length }: Uint8Array): readonly number[] => Array.from({ length: length - least }, (_, i) => least + i);

/** The packet as it is found in pieces that begin at a place of their own at first; of what was there before only `left` is left. */
function inPieces(find: Find, packet: Uint8Array, { cuts, start, left }: { readonly cuts: readonly number[]; readonly start: number; readonly left: (before: Uint8Array) => Uint8Array }): Search<RecordRange> {
  let found: Search<RecordRange> = "cut";
  let before = 0;
  for (const to of [...cuts, packet.length]) {
    const at = before === 0 ? start : 0;
    const bytes = Uint8Array.from([...new Uint8Array(at), ...left(packet.slice(0, before)), ...packet.subarray(before, to)]);
    found = typeof found === "function" ? found(bytes, at) : find(bytes, at);
    if (typeof found === "object" || found === "broken") break;
    before = to;
  }
  return found;
}

describe.each(PACKETS)("a packet of $name", ({ find, packet, cuts }) => {
  const whole = find(packet, 0);

  it("is found alike, cut anywhere", () => {
    expect(whole).toMatchObject({ from: 0, to: packet.length });
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: packet.length - 1 }), { maxLength: 5 }), fc.nat(3), (places, start) => {
        const sorted = places.toSorted((a, b) => a - b);
        const found = inPieces(find, packet, { cuts: sorted, start: sorted.length === 0 ? 0 : start, left: (before) => before });
        expect(found).toEqual(whole);
      }),
    );
  });

  it("is looked for only in what was not looked at", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...cuts(packet)), { minLength: 1, maxLength: 5 }), fc.nat(3), (places, start) => {
        // What was looked at is no packet's beginning any more.
        const found = inPieces(find, packet, { cuts: places.toSorted((a, b) => a - b), start, left: (before) => before.fill(0) });
        expect(found).toEqual(whole);
      }),
    );
  });
});

describe("a protocol cut into messages anywhere", () => {
  it("is asked for a packet once, and then how its search goes on, until that ends or too much has come", () => {
    const asked: string[] = [];
    /** A packet of five bytes, and one without an end behind it. */
    const goOn = (bytes: Uint8Array, place: number): Search<RecordRange> => {
      asked.push(`goes on ${bytes.length - place}`);
      return bytes.length - place >= 5 && bytes[place] === 1 ? { from: place, to: place + 5 } : goOn;
    };
    const stream = new StreamSession<RecordRange>({
      decoder: tradingView,
      find: (bytes, place) => {
        asked.push(`find ${bytes.length - place}`);
        return goOn;
      },
      describe: () => new DecodedMessage({ decoder: tradingView.id, label: "whole", kind: "event", summary: "", layers: [] }),
    });
    const decode = (...bytes: readonly number[]): string => stream.decode(received(Uint8Array.from(bytes))).label;
    expect([decode(1, 1), decode(1), decode(1, 1, 2, 2), decode(2), stream.decode(received(new Uint8Array(9 << 20))).label, decode(1)]).toEqual(["part", "part", "whole", "part", "not TradingView", "part"]);
    expect(asked).toEqual(["find 2", "goes on 3", "goes on 7", "find 2", "goes on 3", `goes on ${(9 << 20) + 3}`, "find 1"]);
  });

  it("goes on with a packet of one direction whatever comes in the other", () => {
    const { packet } = PACKETS[4] as (typeof PACKETS)[number];
    const half = packet.length >> 1;
    const text = (bytes: Uint8Array, direction: "sent" | "received") => ({ ...received(""), bytes, direction });
    const labels = decodeAll([text(packet.slice(0, half), "received"), text(packet.slice(0, 9), "sent"), text(packet.slice(half), "received"), text(packet.slice(9), "sent")], UNKNOWN, { pinned: "tradingview" }).map((decoded) => decoded?.label);
    expect(labels).toEqual(["part", "part", "qsd", "qsd"]);
  });
});
