import { describe, expect, it } from "vitest";
import { say } from "../../src/model/said.ts";

describe("what is said", () => {
  it("is data that crosses threads and stands in a journal as it is", () => {
    const said = say("join.quoted", { text: say("log.damaged-all") });
    expect(said).toEqual({ code: "join.quoted", values: { text: { code: "log.damaged-all", values: {} } } });
    expect(structuredClone(said)).toEqual(said);
    expect(JSON.parse(JSON.stringify(said))).toEqual(said);
  });

  it("takes the values of its English pattern, and no others", () => {
    say("units.bytes", { n: "12" });
    // @ts-expect-error -- no such code
    say("units.no-such");
    // @ts-expect-error -- a value is missing
    say("units.bytes");
    // @ts-expect-error -- a value is missing
    say("join.sentences", { first: "a" });
    // @ts-expect-error -- no place for it
    say("join.quoted", { text: "a", more: 1 });
    // @ts-expect-error -- no place for any
    say("log.damaged-all", { n: 1 });
    expect.assertions(0);
  });
});
