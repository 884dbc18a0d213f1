import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Refusal } from "../../src/model/refusal.ts";
import { milliseconds } from "../../src/model/units.ts";
import { readTranscript, writeTranscript } from "../../src/replay/transcript-file.ts";
import type { Transcript } from "../../src/replay/transcript.ts";

const TRANSCRIPT: Transcript = {
  messages: [
    { form: "text", text: '{"op":"login","{{x}}":1}', at: milliseconds(0) },
    { form: "base64", text: "/wAB", at: milliseconds(12.5) },
    { form: "template", text: "{{answer .token}} \ud83d", at: milliseconds(12.5) },
  ],
  variables: [{ name: "user", value: "me", isSecret: false }, { name: "key", value: "hunter2", isSecret: true }],
};
const whyOf = (text: string): unknown => {
  try {
    return readTranscript(text);
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return (error as Refusal).told;
  }
};

describe("a transcript as a file", () => {
  it("is read as it was written, but for what is secret", () => {
    const text = writeTranscript(TRANSCRIPT);
    expect(text).not.toContain("hunter2");
    expect(readTranscript(text)).toEqual({ ...TRANSCRIPT, variables: [TRANSCRIPT.variables[0], { name: "key", value: "", isSecret: true }] });
  });

  it("makes no template of what was none", () => {
    expect(readTranscript(writeTranscript(TRANSCRIPT)).messages.map(({ form }) => form)).toEqual(["text", "base64", "template"]);
  });

  it.each([
    ["{", "replay.file-no-json"],
    ["{}", "replay.file-other"],
    ['{"format":"framescope-transcript","version":2}', "replay.file-version"],
    ['{"format":"framescope-transcript","version":1,"messages":[]}', "replay.file-at-place"],
    ['{"format":"framescope-transcript","version":1,"messages":[{"text":1}]}', "replay.file-at-place"],
    ['{"format":"framescope-transcript","version":1,"messages":[{"text":"a","base64":"YQ=="}]}', "replay.file-at-place"],
    ['{"format":"framescope-transcript","version":1,"messages":[{"base64":"a"}]}', "replay.file-at-place"],
    ['{"format":"framescope-transcript","version":1,"messages":[{"text":"a","at":5},{"text":"b","at":4}]}', "replay.file-at-place"],
    ['{"format":"framescope-transcript","version":1,"messages":[{"text":"a","at":1e300}]}', "replay.file-at-place"],
    ['{"format":"framescope-transcript","version":1,"messages":[{"text":"a"}],"variables":[{"name":"now"}]}', "replay.file-at-place"],
  ])("of %s says what is wrong, and where", (text, code) => {
    expect(whyOf(text)).toMatchObject({ code });
  });

  it("is refused in words, whatever it holds", () => {
    fc.assert(fc.property(fc.json(), (messages) => void whyOf(`{"format":"framescope-transcript","version":1,"messages":${messages},"variables":${messages}}`)));
  });
});
