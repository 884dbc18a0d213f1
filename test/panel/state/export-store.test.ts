import { afterEach, describe, expect, it } from "vitest";
import type { FromEngine, ToEngineView } from "../../../src/contract/calls.ts";
import type { HttpExchange } from "../../../src/model/http-exchange.ts";
import { byteLength, epochMilliseconds } from "../../../src/model/units.ts";
import { EngineClient } from "../../../src/panel/engine-client.ts";
import { ExportStore } from "../../../src/panel/state/export-store.ts";
import { settle } from "./answering-engine.ts";

const FILE = { path: ["x"], name: "x.har", mimeType: "", bytes: byteLength(9), connections: 1, frames: 3, isMasked: false };
const HAR = { format: "har", scope: "all", sensitive: true } as const;
const CLEAN = { ...HAR, sensitive: false } as const;
const FOUND = { secrets: [{ kind: "password", name: "Passwords", found: 3, distinct: 2 }], rows: 40 };

let end = (): void => {};
afterEach(() => end());

/** A store whose engine does as the test says. */
function setup(answers: readonly HttpExchange[] = []) {
  const { port1, port2 } = new MessageChannel();
  const heard: ToEngineView[] = [];
  port1.onmessage = ({ data }: MessageEvent<ToEngineView>) => void heard.push(data);
  const client = new EngineClient(port2, (ready) => ready());
  client.listen(() => undefined);
  const exports = new ExportStore(client, () => Promise.resolve({ canDiscard: new Promise(() => {}) }), undefined, () => Promise.resolve(answers));
  end = () => {
    exports.end();
    client.end("The test is over.");
    port1.close();
  };
  const send = async (message: FromEngine): Promise<void> => {
    port1.postMessage(message);
    await settle();
  };
  return { exports, heard, send, state: () => exports.store.getState() };
}

describe("the ways to export", () => {
  it("are asked for until they are known: an engine that ended meanwhile takes none away", async () => {
    const { exports, heard, send } = setup();
    exports.askForms();
    await send({ type: "refused", id: 1, why: "Restarted." });
    expect(exports.forms.store.getState()).toEqual([]);
    exports.askForms();
    await send({ type: "answer", id: 2, value: [{ format: "har", name: "HAR", sensitive: false }] });
    exports.askForms();
    await settle();
    expect(exports.forms.store.getState()).toHaveLength(1);
    expect(heard).toHaveLength(2);
  });
});

describe("an export that is written", () => {
  it("says how far it is, and then where it was saved", async () => {
    const { exports, send, state } = setup();
    void exports.run(HAR);
    expect(state()).toEqual({ state: "writing", progress: null });
    await send({ type: "progress", id: 1, progress: { doing: "writing", share: 0.4 } });
    expect(state()).toEqual({ state: "writing", progress: { doing: "writing", share: 0.4 } });
    await send({ type: "answer", id: 1, value: FILE });
    expect(state()).toMatchObject({ state: "saved", file: { name: "x.har" } });
  });

  it("is gone at once when it is cancelled, at the engine too, and the next one is not taken for it", async () => {
    const { exports, heard, send, state } = setup();
    void exports.run(HAR);
    exports.cancel();
    await settle();
    expect(state()).toEqual({ state: "none" });
    expect(heard.map(({ type }) => type)).toEqual(["call", "cancel"]);
    void exports.run(HAR);
    // What the engine had said before it heard of the end.
    await send({ type: "progress", id: 1, progress: { doing: "writing", share: 0.9 } });
    await send({ type: "answer", id: 1, value: FILE });
    expect(state()).toEqual({ state: "writing", progress: null });
  });

  it("leaves no file behind that was whole before the engine heard that it was cancelled", async () => {
    const { exports, heard, send } = setup();
    void exports.run(HAR);
    exports.cancel();
    await send({ type: "answer", id: 1, value: FILE });
    await settle();
    expect(heard.at(-1)).toMatchObject({ type: "call", name: "discardExport", argument: { path: FILE.path } });
    void exports.run(HAR);
    exports.cancel();
    await send({ type: "refused", id: 3, why: "Cancelled." });
    await settle();
    expect(heard.filter((message) => message.type === "call" && message.name === "discardExport")).toHaveLength(1);
  });

  it("says why it failed, where nobody cancelled it", async () => {
    const { exports, send, state } = setup();
    void exports.run(HAR);
    await send({ type: "refused", id: 1, why: "The disk is full." });
    expect(state()).toEqual({ state: "failed", why: "The disk is full." });
  });
});

describe("an export without secrets", () => {
  it("asks which kinds stay before anything is written, and writes what was answered", async () => {
    const { exports, heard, send, state } = setup();
    void exports.run(CLEAN);
    await settle();
    expect(heard).toMatchObject([{ name: "findSecrets", argument: { capture: null, scope: "all" } }]);
    await send({ type: "progress", id: 1, progress: { doing: "looking", share: 0.5 } });
    expect(state()).toEqual({ state: "writing", progress: { doing: "looking", share: 0.5 } });
    await send({ type: "answer", id: 1, value: FOUND });
    expect(state()).toEqual({ state: "asking", format: "har", found: FOUND.secrets });
    expect(heard).toHaveLength(1);
    exports.answer(["password"]);
    await settle();
    expect(heard[1]).toMatchObject({ name: "export", argument: { format: "har", keep: ["password"], rows: 40 } });
    await send({ type: "answer", id: 2, value: FILE });
    expect(state()).toMatchObject({ state: "saved" });
  });

  it("asks nothing where nothing was found", async () => {
    const { exports, heard, send } = setup();
    void exports.run(CLEAN);
    await send({ type: "answer", id: 1, value: { secrets: [], rows: 40 } });
    expect(heard[1]).toMatchObject({ name: "export", argument: { keep: [] } });
  });

  it("writes nothing where the question is left, or the search is cancelled", async () => {
    const { exports, heard, send, state } = setup();
    void exports.run(CLEAN);
    await send({ type: "answer", id: 1, value: FOUND });
    exports.answer(null);
    await settle();
    expect(state()).toEqual({ state: "none" });
    void exports.run(CLEAN);
    exports.cancel();
    await settle();
    expect(state()).toEqual({ state: "none" });
    expect(heard.map((message) => (message.type === "call" ? message.name : message.type))).toEqual(["findSecrets", "findSecrets", "cancel"]);
  });
});

describe("an export of a format that holds answers of HTTP", () => {
  it("has those that only DevTools knows looked through before anything is", async () => {
    const answer = { method: "GET", url: "http://shop.test/", requestHeaders: [], requestBody: null, status: 200, body: "{}", setCookies: [], finishedAt: epochMilliseconds(1) };
    const { exports, heard, send } = setup([answer]);
    exports.askForms();
    await send({ type: "answer", id: 1, value: [{ format: "framescope-capture", name: "Framescope capture", sensitive: null, holdsAnswers: true }, { format: "csv", name: "CSV", sensitive: null }] });
    void exports.run({ format: "framescope-capture", sensitive: false, scope: "all" });
    await settle();
    expect(heard.at(-1)).toMatchObject({ name: "keepAnswers", argument: { exchanges: [answer] } });
    await send({ type: "answer", id: 2, value: null });
    expect(heard.at(-1)).toMatchObject({ name: "findSecrets" });
    exports.cancel();
    await settle();
    void exports.run({ format: "framescope-capture", sensitive: false, scope: "all" });
    exports.cancel();
    await settle();
    await send({ type: "answer", id: 4, value: null });
    expect(exports.store.getState()).toEqual({ state: "none" });
    void exports.run({ format: "csv", sensitive: false, scope: "all" });
    await settle();
    expect(heard.flatMap((message) => (message.type === "call" ? message.name : []))).toEqual(["exportForms", "keepAnswers", "findSecrets", "keepAnswers", "findSecrets"]);
  });
});

describe("an export of a format with columns", () => {
  it("asks for them first where the user wants to choose, writes those, and offers them again", async () => {
    const { exports, heard, send, state } = setup();
    exports.askForms();
    await send({ type: "answer", id: 1, value: [{ format: "csv", name: "CSV", sensitive: null, columns: ["row", "time", "text"] }] });
    const csv = { format: "csv", scope: "all", sensitive: false, choosesColumns: true } as const;
    void exports.run(csv);
    expect(state()).toEqual({ state: "choosing", format: "csv", columns: ["row", "time", "text"], chosen: ["row", "time", "text"] });
    exports.answer(["row", "text"]);
    await settle();
    await send({ type: "answer", id: 2, value: { secrets: [], rows: 40 } });
    expect(heard[2]).toMatchObject({ name: "export", argument: { format: "csv", columns: ["row", "text"], rows: 40 } });
    await send({ type: "answer", id: 3, value: FILE });
    void exports.run(csv);
    expect(state()).toMatchObject({ state: "choosing", chosen: ["row", "text"] });
    exports.answer(null);
    await settle();
    expect(state()).toEqual({ state: "none" });
    expect(heard).toHaveLength(3);
  });
});
