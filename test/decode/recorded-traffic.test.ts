import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Pairing } from "../../src/decode/pairing.ts";
import type { Decoded } from "../../src/decode/decoder.ts";
import { DECODERS } from "../../src/decode/registry.ts";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";
import { foreignBytes } from "./foreign-bytes.ts";
import { bytesOf, decodeAll, received, UNKNOWN } from "./messages.ts";
import { RECORDINGS, type RecordedConnection } from "./recordings.ts";
import { tell } from "./told.ts";

const ENCODINGS: ReadonlySet<string> = new Set(DECODERS.filter(({ claims }) => claims === "message").map(({ id }) => id));

/** The columns of each message, and the latency's pair where it answers one: `answer result ←1 @x (0)`. */
function columns({ id, facts, frames }: RecordedConnection): string[] {
  const pairing = new Pairing();
  return decodeAll(frames, facts).flatMap((decoded, index) => {
    const messages = decoded === undefined ? [undefined] : decoded.messages.length === 0 ? [decoded] : decoded.messages.map((message) => message.decoded);
    return messages.map((message, place) => {
      const pair = message && pairing.add({ index, message: place, connection: connectionId(1), time: monotonicSeconds(index), direction: frames[index]?.direction ?? "sent", decoded: message });
      return `${frames[index]?.direction === "sent" ? ">" : "<"} ${tell(message, id)}${pair === undefined ? "" : ` (${pair.answersRow})`}`;
    });
  });
}

/** Protocols that no handshake tells: what comes before the message that makes sure stays with nobody. */
const TOLD_LATE: ReadonlySet<string> = new Set(["yjs"]);
const withoutFirst = (ids: readonly string[], id: string): readonly string[] => (TOLD_LATE.has(id) ? ids.filter((one) => one !== "nobody") : ids);

/** What some of a protocol's messages are packed in, by an encoding of its own: whose they are then is whose message it carries. */
const PACKED_IN: ReadonlyMap<string, readonly string[]> = new Map([["discord", ["zlib", "zstd"]], ["htx", ["gzip"]]]);
const claimedBy = (decoded: Decoded | undefined, id = ""): string => (decoded === undefined ? "nobody" : PACKED_IN.get(id)?.includes(decoded.decoder) === true ? decoded.speaks : decoded.decoder);

describe("what real clients and servers said to each other", () => {
  for (const recording of RECORDINGS) {
    it(`${recording.id}: each message is told, paired and without a problem`, () => {
      const decoded = decodeAll(recording.frames, recording.facts);
      expect(decoded.map((message) => message?.problem).filter((problem) => problem !== undefined)).toEqual([]);
      const claimed = decoded.map((message) => claimedBy(message, recording.id));
      const first = TOLD_LATE.has(recording.id) ? claimed.indexOf(recording.id) : 0;
      expect(new Set(claimed.slice(first))).toEqual(new Set([recording.id]));
      expect(columns(recording).filter((line) => !line.endsWith(" event part"))).toMatchSnapshot();
    });
  }
});

/** Which decoders claimed messages of a connection. */
const claimers = (frames: RecordedConnection["frames"], facts = UNKNOWN, id?: string): string[] => [...new Set(decodeAll(frames, facts).map((message) => claimedBy(message, id)))].toSorted();

describe("no decoder claims another's traffic", () => {
  it("of real clients and servers, seen whole, without the handshake, or joined in the middle", () => {
    const matrix = RECORDINGS.map(({ id, facts, frames }) => ({ id, whole: claimers(frames, facts, id), unseen: claimers(frames), middle: claimers(frames.slice(Math.floor(frames.length / 2))) }));
    console.info(["", "traffic | whole | handshake unseen | from the middle", ...matrix.map(({ id, whole, unseen, middle }) => `${id} | ${whole.join(" ")} | ${unseen.join(" ")} | ${middle.join(" ")}`)].join("\n"));
    for (const { id, whole, unseen, middle } of matrix) {
      expect(withoutFirst(whole, id)).toEqual([id]);
      for (const claimer of [...unseen, ...middle]) expect(claimer === id || claimer === "nobody" || ENCODINGS.has(claimer), `${id}: ${claimer}`).toBe(true);
    }
  });

  it("of any message of theirs cut short", () => {
    const anyCut = fc.constantFrom(...RECORDINGS).chain((recording) =>
      fc.constantFrom(...recording.frames).chain((frame) => fc.nat(frame.bytes.length).map((length) => ({ id: recording.id, frame: { ...frame, bytes: frame.bytes.slice(0, length) } }))),
    );
    fc.assert(
      fc.property(anyCut, ({ id, frame }) => {
        const claimer = decodeAll([frame])[0]?.decoder ?? "nobody";
        expect(claimer === id || claimer === "nobody" || ENCODINGS.has(claimer), claimer).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("of text, Chinese, hex, base64, and bytes", () => {
    const texts = ["hello", "ping", "42", "o", "{", "[", "今天天气不错，我们去公园吧。", "48656c6c6f2c20776f726c64", "SGVsbG8sIHdvcmxkIQ==", "GET / HTTP/1.1", "level=info msg=x", "~", "PING", "CONNECT", "OK", "<message/>", "a=1&b=2", ""];
    for (const text of texts) expect(claimers([received(text)]), text).toEqual(["nobody"]);
    fc.assert(fc.property(fc.oneof(fc.string({ unit: "grapheme" }), fc.base64String(), fc.stringMatching(/^[\da-f]{0,40}$/)), (text) => { expect(claimers([received(text)]).every((id) => id === "nobody" || ENCODINGS.has(id)), text).toBe(true); }), { numRuns: 500 });
    fc.assert(fc.property(foreignBytes, (bytes) => { expect(claimers([received(bytes)]).every((id) => id === "nobody" || id === "mqtt" || ENCODINGS.has(id))).toBe(true); }), { numRuns: 500 });
    fc.assert(fc.property(fc.json(), (text) => { expect(claimers([{ ...received(""), bytes: bytesOf(text) }]).every((id) => id === "nobody" || ENCODINGS.has(id))).toBe(true); }), { numRuns: 500 });
  });
});
