import { expect, it, test } from "vitest";
import { say, type Told } from "../../../src/model/said.ts";
import { checkDraft, type Draft } from "../../../src/panel/send/draft.ts";
import { LONGEST_KEPT } from "../../../src/panel/send/kept-messages.ts";
import type { SendState } from "../../../src/panel/send/send-store.ts";
import { reachProblem, sendProblem, templateProblem } from "../../../src/panel/send/why-not.ts";

const state = (part: Partial<SendState>): SendState => ({ connections: null, connection: null, reach: { state: "reached" }, draft: { form: "text", text: "" }, file: null, source: null, encoded: null, outcome: null, ...part });
const why = (draft: Draft, part: Partial<SendState> = {}): readonly (Told | null)[] => [false, true].map((asBinary) => sendProblem(state({ draft, ...part }), checkDraft(draft), asBinary));

test("text goes out as text or binary; what is no UTF-8 and a file only as binary", () => {
  expect(why({ form: "text", text: "" })).toEqual([null, null]);
  expect(why({ form: "hex", text: "ff" })).toEqual([say("live.not-text"), null]);
  expect(why({ form: "hex", text: "f" })).toEqual([say("live.bad-hex"), say("live.bad-hex")]);
  expect(why({ form: "file", name: "a.bin", bytes: new Uint8Array(2) })).toEqual([say("live.file-binary"), null]);
});

test("a value goes out as its decoder writes it, once it has", () => {
  const draft = { form: "value", text: "{}", decoder: "MessagePack" } as const;
  const own = say("live.value-own", { decoder: "MessagePack" });
  expect(why(draft, { encoded: [{ type: "text", text: "x" }] })).toEqual([null, own]);
  expect(why(draft)).toEqual([say("live.encoding", { decoder: "MessagePack" }), own]);
  expect(why({ ...draft, text: "{" })).toEqual([say("live.bad-value", { decoder: "MessagePack" }), own]);
});

test("what is not reached comes first, whatever is written, and a file that is being read before what it replaces", () => {
  const draft = { form: "hex", text: "f" } as const;
  expect(why(draft, { reach: { state: "looking" } })).toEqual([say("live.looking"), say("live.looking")]);
  expect(why(draft, { reach: { state: "refused", why: "gone" } })).toEqual(["gone", "gone"]);
  expect(why(draft, { file: { state: "reading", name: "a.bin" } })).toEqual([say("live.file-reading", { name: "a.bin" }), say("live.file-reading", { name: "a.bin" })]);
});

it("says whether there is a connection to choose", () => {
  expect(reachProblem({ state: "none" }, [])).toEqual(say("live.no-connections"));
  expect(reachProblem({ state: "none" }, null)).toEqual(say("live.choose-first"));
});

test("a template is what can be typed, and no longer than is kept", () => {
  expect(templateProblem({ form: "text", text: "" })).toEqual(say("live.write-first"));
  expect(templateProblem({ form: "value", text: "{}", decoder: "CBOR" })).toEqual(say("live.template-typed"));
  expect(templateProblem({ form: "text", text: "x".repeat(LONGEST_KEPT + 1) })).toEqual(say("live.template-long", { most: LONGEST_KEPT }));
  expect(templateProblem({ form: "hex", text: "00" })).toBeNull();
});
