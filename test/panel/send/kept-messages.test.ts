import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LONGEST_KEPT, readKeptMessages, rememberMessage, saveTemplate } from "../../../src/panel/send/kept-messages.ts";

describe("the messages that are kept", () => {
  it("are the last thirty, each once, the latest first", () => {
    let history = readKeptMessages(undefined).history;
    for (let i = 0; i < 40; i++) history = rememberMessage(history, { form: "text", text: `message ${i % 35}` });
    expect(history).toHaveLength(30);
    expect(history[0]).toEqual({ form: "text", text: "message 4" });
    expect(new Set(history.map(({ text }) => text)).size).toBe(30);
  });

  it("leave out what is empty or too long", () => {
    expect(rememberMessage([], { form: "text", text: "" })).toEqual([]);
    expect(rememberMessage([], { form: "text", text: "x".repeat(LONGEST_KEPT + 1) })).toEqual([]);
  });

  it("have one template of a name, and one without takes its beginning for it", () => {
    const once = saveTemplate([], " login ", { form: "text", text: "{}" });
    expect(saveTemplate(once, "login", { form: "hex", text: "00" })).toEqual([{ name: "login", form: "hex", text: "00" }]);
    expect(saveTemplate([], "", { form: "text", text: "ping" })).toEqual([{ name: "ping", form: "text", text: "ping" }]);
  });

  it("are read out of whatever stands in storage", () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        const read = readKeptMessages(stored);
        expect(readKeptMessages(JSON.parse(JSON.stringify(read)))).toEqual(read);
      }),
    );
    expect(readKeptMessages({ history: [{ form: "text", text: "a" }, { form: "file", text: "b" }, null], templates: [{ name: "n", form: "hex", text: "00" }, { form: "hex", text: "00" }] })).toEqual({
      history: [{ form: "text", text: "a" }],
      templates: [{ name: "n", form: "hex", text: "00" }],
    });
  });
});
