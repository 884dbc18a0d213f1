import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { say, type Code, type Said } from "../../src/model/said.ts";
import { catalogue as english } from "../../src/words/en/catalogue.ts";
import { LANGUAGES, loadEarlySpeaker, loadSpeaker, type LanguageId } from "../../src/words/languages.ts";
import { createSpeaker } from "../../src/words/speaker.ts";
import { en, zh } from "./speakers.ts";

/** Speaks one pattern, as if it stood in the catalogue. */
function speak(pattern: string, values: Said["values"]): string {
  const catalogue = { ...english, "log.damaged-all": pattern };
  return createSpeaker({ tag: "en", dates: "en-GB", catalogue }).tell({ code: "log.damaged-all", values });
}

describe("a speaker", () => {
  it("says a sentence in its language", () => {
    expect(en.words("table.note", { text: "typo" })).toBe("Note: typo");
    expect(zh.words("table.note", { text: "typo" })).toBe("备注：typo");
  });

  it("chooses the form that the number asks for", () => {
    const pattern = "{ $n ->\n  [one] { NUMBER($n) } frame\n *[other] { NUMBER($n) } frames\n}";
    expect(speak(pattern, { n: 1 })).toBe("1 frame");
    expect(speak(pattern, { n: 131_150 })).toBe("131,150 frames");
  });

  it("writes a number that no function is asked for with its digits alone: a code, a port, an offset", () => {
    expect(speak("Close code { $code }", { code: 1006 })).toBe("Close code 1006");
    expect(speak("{ $n }", { n: 0.000_001_5 })).toBe("0.0000015");
  });

  it("says a sentence that stands in another, and lists", () => {
    const inner = say("join.quoted", { text: "a" });
    expect(speak("It is { $what }.", { what: inner })).toBe('It is "a".');
    expect(speak("{ $names }", { names: ["a", inner, "c"] })).toBe('a, "a", and c');
    expect(zh.tellAll([say("log.damaged-all"), say("capture.stopped")])).toBe("此抓取已损坏，无法读取任何内容。抓取已停止。");
    expect(en.tellAll([say("log.damaged-all"), say("capture.stopped")])).toBe("This capture is damaged. Nothing of it can be read. The capture was stopped.");
  });

  it("shows values as they are, whatever they hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(en.words("join.quoted", { text })).toBe(`"${text}"`);
      }),
    );
    expect(en.words("join.quoted", { text: "{ $text } { BYTES($x) }" })).toBe('"{ $text } { BYTES($x) }"');
  });

  it("names a sentence of a newer version by its code", () => {
    expect(en.tell({ code: "log.not-known-yet" as Code, values: {} })).toBe("log.not-known-yet");
    expect(en.tell({ code: "__proto__" as Code, values: {} })).toBe("__proto__");
    expect(en.tell({ code: "toString" as Code, values: {} })).toBe("toString");
  });

  it("says something of whatever a broken file holds, and never throws", () => {
    const { said } = fc.letrec<{ said: unknown; value: unknown }>((tie) => ({
      said: fc.record({ code: fc.oneof(fc.constantFrom(...Object.keys(english)), fc.string()), values: fc.dictionary(fc.oneof(fc.constantFrom("n", "text", "first", "next", "name"), fc.string()), tie("value")) }),
      value: fc.oneof(fc.string(), fc.double(), fc.constantFrom(null, undefined, true, {}), tie("said"), fc.array(tie("value"))),
    }));
    for (const speaker of [en, zh]) {
      fc.assert(fc.property(said, (what) => {
        expect(typeof speaker.tell(what as Said)).toBe("string");
      }));
    }
  });

  it("ends where sentences stand in each other without end", () => {
    const values: Record<string, Said> = {};
    const circle: Said = { code: "join.quoted", values };
    values["text"] = circle;
    expect(en.tell(circle)).toContain("…");
  });
});

describe.each(Object.keys(LANGUAGES) as LanguageId[])("each sentence of %s", (id) => {
  it("can be said with any values of its kinds", async () => {
    const speaker = await loadSpeaker(id);
    const value = fc.oneof(fc.string(), fc.double(), fc.constant(say("log.damaged-all")), fc.array(fc.string()));
    for (const code of Object.keys(english) as Code[]) {
      const pattern: string = english[code];
      const figures = new Set([...pattern.matchAll(/\(\$([A-Za-z]+)/g)].map(([, name]) => name));
      const names = [...new Set([...pattern.matchAll(/\$([A-Za-z]+)/g)].map(([, name = ""]) => name))];
      const values = fc.record(Object.fromEntries(names.map((name) => [name, figures.has(name) ? fc.double({ noNaN: true, min: -8e15, max: 8e15 }) : value])));
      fc.assert(
        fc.property(values, (given) => {
          const text = speaker.tell({ code, values: given });
          for (const name of names) expect(text).not.toContain(`{$${name}}`);
        }),
        { numRuns: 20 },
      );
    }
  });
});

describe("a speaker that begins with the words of the first paint", () => {
  it("says those at once, and the rest once it is asked for all of them", async () => {
    const lacks = vi.fn<() => void>();
    const speaker = await loadEarlySpeaker("en", lacks);
    expect(speaker.words("bar.export")).toBe("Export");
    expect(lacks).not.toHaveBeenCalled();
    // Never a code in the place of a sentence; who draws hears, once, that something is missing.
    expect([speaker.words("handshake.status"), speaker.words("query.field-type")]).toEqual(["", ""]);
    expect(lacks).toHaveBeenCalledOnce();
    await speaker.whole();
    expect(speaker.words("handshake.status")).toBe("Status");
    expect(speaker.words("bar.export")).toBe("Export");
    expect(speaker.tell({ code: "of.a-later-version" as never, values: {} })).toBe("of.a-later-version");
    expect(lacks).toHaveBeenCalledOnce();
  });

  it("asks again for the rest where it did not come, and tells who asked first that it failed", async () => {
    const more = vi.fn<() => Promise<typeof english>>().mockRejectedValueOnce(new Error("no file")).mockResolvedValue(english);
    const speaker = createSpeaker({ tag: "en", dates: "en-GB", catalogue: { "bar.export": "Export" } as never, more });
    const first = speaker.whole();
    await expect(first).rejects.toThrow("no file");
    // Who draws asks anew with each drawing: the same failure, never a promise that is another each time.
    expect(speaker.whole()).toBe(first);
    expect(speaker.whole()).toBe(first);
    await vi.waitFor(() => speaker.whole());
    expect(speaker.words("handshake.status")).toBe("Status");
    expect(more).toHaveBeenCalledTimes(2);
  });
});
