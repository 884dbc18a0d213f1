import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DecodedColumns } from "../../src/log/decoded-columns.ts";

const row = fc.record({
  label: fc.constantFrom(0, 1, 2),
  kind: fc.constantFrom(0, 1, 6),
  decoder: fc.constantFrom(0, 1, 7),
  topic: fc.nat(1),
  id: fc.nat(1),
  answers: fc.nat(1),
  sequence: fc.nat(2),
  messages: fc.option(fc.array(fc.record({ label: fc.constantFrom(1, 2), kind: fc.constantFrom(1, 6), topic: fc.nat(3), id: fc.nat(9), answers: fc.nat(9), from: fc.nat(9), to: fc.nat(99) }), { minLength: 2, maxLength: 4 }), { nil: undefined }),
});

describe("the messages of frames", () => {
  it("are those that were added, whatever stands between; a frame of one has none, and counts once", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const decoded = new DecodedColumns();
        decoded.addName("a");
        decoded.addName("b");
        for (const each of rows) decoded.add(each);
        const counts = [0, 0, 0];
        for (const [i, { label, kind, decoder, sequence, messages = [] }] of rows.entries()) {
          expect([decoded.labelOf(i), decoded.kindOf(i), decoded.decoderOf(i), decoded.sequenceOf(i), decoded.holdsSeveral(i)]).toEqual([label, kind, decoder, sequence, messages.length > 0]);
          expect(decoded.messages.countOf(i)).toBe(messages.length);
          expect(messages.map((_, message) => decoded.messages.at({ row: i, message }))).toEqual(messages);
          for (const each of messages.length === 0 ? [label] : messages.map((message) => message.label)) counts[each] = (counts[each] ?? 0) + 1;
        }
        expect(decoded.counts).toEqual(counts);
        expect(decoded.slice(0, rows.length).sequences).toEqual(Uint8Array.from(rows, ({ sequence }) => sequence));
        expect(decoded.slice(0, rows.length).kinds).toEqual(Uint8Array.from(rows, ({ kind }) => kind));
      }),
    );
  });

  it("are partners one by one, on either side, and a request keeps its first answer", () => {
    const decoded = new DecodedColumns();
    const facts = { label: 0, kind: 1, topic: 0, id: 0, answers: 0 };
    const message = { ...facts, from: 0, to: 1 };
    const one = { ...facts, decoder: 1, sequence: 0, messages: undefined };
    for (const messages of [undefined, [message, message, message], undefined, [message, message]]) decoded.add({ ...one, messages });
    decoded.pair({ row: 0, message: 0 }, { row: 1, message: 2 });
    decoded.pair({ row: 1, message: 1 }, { row: 2, message: 0 });
    decoded.pair({ row: 1, message: 1 }, { row: 3, message: 1 });
    expect(decoded.partnerOf(0)).toEqual({ row: 1, message: 2 });
    expect(decoded.partnerOf(1, 2)).toEqual({ row: 0, message: 0 });
    expect(decoded.partnerOf(1, 1)).toEqual({ row: 2, message: 0 });
    expect(decoded.partnerOf(1, 0)).toBeUndefined();
    expect(decoded.partnerOf(2)).toEqual({ row: 1, message: 1 });
    expect(decoded.partnerOf(3, 1)).toEqual({ row: 1, message: 1 });
    expect(decoded.partnerOf(9)).toBeUndefined();
  });
});
