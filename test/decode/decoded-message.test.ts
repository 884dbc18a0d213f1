import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DecodedMessage } from "../../src/decode/decoded-message.ts";
import { ID_LENGTH, LABEL_LENGTH, SUMMARY_LENGTH, TOPIC_LENGTH, type Decoded } from "../../src/decode/decoder.ts";
import { say } from "../../src/model/said.ts";
import { en } from "../words/speakers.ts";

const anyText = fc.string({ unit: "binary", maxLength: 3000, size: "max" });
const layer = { stage: "body", name: "x", what: "x", from: 0, to: 0, problem: undefined } as const;
const made = (parts: Partial<Decoded>): Decoded => new DecodedMessage({ decoder: "x", label: "a", kind: "event", layers: [layer], ...parts });

describe("what a decoder found, as the table takes it", () => {
  it("has a label, a topic and a summary on one line that are no longer than the table takes, whatever was found", () => {
    fc.assert(
      fc.property(anyText, anyText, fc.oneof(anyText, anyText.map((reason) => say("decode.failed", { decoder: reason, reason }))), (label, topic, summary) => {
        const message = made({ label, topic, summary });
        expect(message.label).toMatch(/^[^\p{Cc}\u2028\u2029]+$/u);
        expect(message.label.length).toBeLessThanOrEqual(LABEL_LENGTH);
        expect((message.topic ?? "").length).toBeLessThanOrEqual(TOPIC_LENGTH);
        const told = en.tell(message.summary);
        expect(told).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(told.length).toBeLessThanOrEqual(SUMMARY_LENGTH);
      }),
    );
  });

  it("has no id that is too long: cut, two could be one; and answers nothing by it", () => {
    const long = "x".repeat(ID_LENGTH + 1);
    expect(made({ id: long.slice(1) }).id).toBe(long.slice(1));
    expect(made({ id: long }).id).toBeUndefined();
    expect(made({ id: "" }).id).toBeUndefined();
    expect(made({ kind: "answer", answers: long })).toMatchObject({ kind: "event", answers: undefined });
    expect(made({ kind: "answer", answers: "7" })).toMatchObject({ kind: "answer", answers: "7" });
  });

  it("leaves a label, a topic and a summary that fit as they are", () => {
    expect(made({ label: "order:place", topic: "a  b", summary: '{"a":"x  y"}' })).toMatchObject({ label: "order:place", topic: "a  b" });
    expect(made({ label: "\u0007" }).label).toBe("x");
  });
});
