import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchMessages, type NumberedMessages } from "../../../src/engine/compare/match-messages.ts";

/** A type and what stands in it. */
type Message = readonly [type: number, content: number];
const numbered = (messages: readonly Message[]): NumberedMessages => ({ types: Uint32Array.from(messages, ([type]) => type), contents: Uint32Array.from(messages, ([type, content]) => type * 100 + content) });

function matched(before: readonly Message[], after: readonly Message[]): (readonly [number | undefined, number | undefined])[] {
  const met: (readonly [number | undefined, number | undefined])[] = [];
  matchMessages(numbered(before), numbered(after), (a, b) => met.push([a, b]));
  return met;
}

describe("matching the messages of two connections", () => {
  const messages = fc.array(fc.tuple(fc.nat(3), fc.nat(5)), { maxLength: 30 });

  it("meets each message once, in the order of both sides, and only those of one type with each other", () => {
    fc.assert(
      fc.property(messages, messages, (before, after) => {
        const met = matched(before, after);
        const [a, b] = [met.flatMap(([one]) => one ?? []), met.flatMap(([, other]) => other ?? [])];
        expect(a).toEqual([...before.keys()]);
        expect(b).toEqual([...after.keys()]);
        for (const [one, other] of met) if (one !== undefined && other !== undefined) expect(before[one]?.[0]).toBe(after[other]?.[0]);
      }),
    );
  });

  it("leaves nothing over between two that are the same, and counts what one of them lacks", () => {
    fc.assert(
      fc.property(messages, fc.nat(), (before, at) => {
        expect(matched(before, before)).toEqual([...before.keys()].map((i) => [i, i]));
        const missing = before.length === 0 ? -1 : at % before.length;
        const met = matched(before, before.filter((_, i) => i !== missing));
        expect(met.filter(([one, other]) => one === undefined || other === undefined)).toHaveLength(missing < 0 ? 0 : 1);
      }),
    );
  });
});
