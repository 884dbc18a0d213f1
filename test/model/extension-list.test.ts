import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatExtension, parseExtensions, type Extension } from "../../src/model/extension-list.ts";
import { say } from "../../src/model/said.ts";
import { en } from "../words/speakers.ts";

const deflate = (...parameters: readonly (readonly [string, string | null])[]): Extension => ({
  name: "permessage-deflate",
  parameters: parameters.map(([name, value]) => ({ name, value })),
});

describe("Sec-WebSocket-Extensions", () => {
  it("is a list of extensions with parameters, over several headers, with values quoted or not", () => {
    const values = ['permessage-deflate; client_max_window_bits; server_max_window_bits=10 ,\t foo;bar="b\\az"', ",, x ,"];
    expect(parseExtensions(values)).toEqual({
      extensions: [
        deflate(["client_max_window_bits", null], ["server_max_window_bits", "10"]),
        { name: "foo", parameters: [{ name: "bar", value: "baz" }] },
        { name: "x", parameters: [] },
      ],
      problem: null,
    });
  });

  it.each([
    [";", 'Expected an extension name at character 1, found ";"'],
    ["a b", 'Expected ; or , at character 3, found "b"'],
    ["a;", "Expected a parameter name at character 3, found the end"],
    ["a;b=", "Expected a value at character 5, found the end"],
    ['a;b="not a token"', "Expected a value at character 5"],
    ['a;b="open', "Expected a value at character 5"],
    ["a=1", "at character 2"],
  ])("%j is malformed, and it is said where", (text, problem) => {
    const list = parseExtensions([text]);
    expect(list.problem === null ? "" : en.tell(list.problem)).toContain(problem);
  });

  it("keeps what stands before the fault", () => {
    expect(parseExtensions(["permessage-deflate, (", "never-read"]).extensions).toEqual([deflate()]);
  });

  it("is bounded", () => {
    expect(parseExtensions(["a".repeat(20_000)]).problem).toMatchObject({ code: "handshake.header-too-long" });
    expect(parseExtensions(["a,".repeat(5000)])).toMatchObject({ extensions: { length: 32 }, problem: say("handshake.header-extensions", { most: 32 }) });
    expect(parseExtensions([`a${";b".repeat(5000)}`]).problem).toMatchObject({ code: "handshake.header-parameters", values: { most: 32 } });
  });

  it("is taken as any text, without a throw", () => {
    const unit = fc.oneof(fc.constantFrom(..."ab;,=\" \\\t".split("")), fc.string({ unit: "binary", maxLength: 1 }));
    fc.assert(fc.property(fc.array(fc.string({ unit })), (values) => void parseExtensions(values)));
  });

  it("is read back as it was written", () => {
    const token = fc.string({ unit: fc.constantFrom(..."!#$%&'*+-.^_`|~09azAZ".split("")), minLength: 1, maxLength: 12 });
    const parameter = fc.record({ name: token, value: fc.option(token) });
    const extension = fc.record({ name: token, parameters: fc.array(parameter, { maxLength: 5 }) });
    fc.assert(
      fc.property(fc.array(extension, { maxLength: 8 }), (extensions) => {
        expect(parseExtensions([extensions.map(formatExtension).join(" ,")])).toEqual({ extensions, problem: null });
      }),
    );
  });
});
