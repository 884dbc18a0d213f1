import fc from "fast-check";
import { expect, it } from "vitest";
import { milliseconds } from "../../src/model/units.ts";
import { replaceText } from "../../src/replay/replace-text.ts";
import { fillIn, readTemplate } from "../../src/replay/template.ts";
import type { TranscriptMessage } from "../../src/replay/transcript.ts";

const text = (of: string): TranscriptMessage => ({ form: "text", text: of, at: milliseconds(0) });

function filled({ text: source }: TranscriptMessage, value: string): string {
  const read = readTemplate(source);
  if ("problem" in read) throw new Error(JSON.stringify(read.problem));
  return fillIn(read.parts, () => value);
}

/** Texts of pieces in which what is sought, braces and backslashes come together. */
const PIECES = fc.array(fc.constantFrom("token", "{{now}}", "\\", "}}", " ", '"', "x"), { maxLength: 12 }).map((parts) => parts.join(""));

it("puts a value in the place of a captured text wherever it stands, and takes nothing else of the message for one", () => {
  fc.assert(
    fc.property(PIECES, (captured) => {
      fc.pre(captured.includes("token"));
      // A value between double quotes is written as JSON has it: of one without quotes that is itself.
      expect(filled(replaceText(text(captured), [{ before: "token", after: "{{answer .t}}" }]), "NEW")).toBe(captured.replaceAll("token", "NEW"));
    }),
  );
});

it("does not look through what it put in", () => {
  const swapped = replaceText(text("a b a"), [
    { before: "a", after: "b" },
    { before: "b", after: "a" },
  ]);
  expect(filled(swapped, "")).toBe("b a b");
});

it("leaves a message alone that does not hold it, and bytes", () => {
  const bytes: TranscriptMessage = { form: "base64", text: "dG9rZW4=", at: milliseconds(0) };
  expect(replaceText(bytes, [{ before: "dG9", after: "x" }])).toBe(bytes);
  const other = text("{{now}}");
  expect(replaceText(other, [{ before: "token", after: "x" }])).toBe(other);
});
