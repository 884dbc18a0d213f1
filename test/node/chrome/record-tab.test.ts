import { afterEach, expect, it, vi } from "vitest";
import { surveyJournal } from "../../../src/log/journal-survey.ts";
import { Faults } from "../../../src/model/faults.ts";
import { recordTab } from "../../../src/node/chrome/record-tab.ts";
import { FakeDebugger } from "../../capture/fake-debugger.ts";
import { MemoryFile } from "../../log/memory-file.ts";
import { en } from "../../words/speakers.ts";

const TAB = { tabId: 1 };

afterEach(() => vi.restoreAllMocks());

it("writes its end, and lets nothing live on, though it fails to find where values came from", async () => {
  const starts = vi.spyOn(globalThis, "setInterval");
  const ends = vi.spyOn(globalThis, "clearInterval");
  const api = Object.assign(new FakeDebugger(), { drain: () => Promise.resolve() });
  const files = { journal: new MemoryFile(), payloads: new MemoryFile() };
  const faults = new Faults("command line");
  const recording = await recordTab({ api, ...TAB, files, observeClosings: false, faults, tell: en.tell, stopped: () => {} });
  const emit = (method: string, params: object): void => api.emit(TAB, `Network.${method}`, params);
  api.answers.set("Network.getResponseBody", () => ({ body: '{"token":"a-token-of-the-page"}' }));
  emit("requestWillBeSent", { requestId: "r", timestamp: 999, wallTime: 0, request: { url: "https://shop.test/auth", method: "GET", headers: {} } });
  emit("responseReceived", { requestId: "r", response: { status: 200, mimeType: "application/json", headers: { "set-cookie": "a=b" } } });
  emit("loadingFinished", { requestId: "r", timestamp: 1000 });
  emit("webSocketCreated", { requestId: "1", url: "ws://feed.test/?token=a-token-of-the-page" });
  emit("webSocketWillSendHandshakeRequest", { requestId: "1", timestamp: 1000.5, wallTime: 1_800_000_000, request: { headers: {} } });
  emit("webSocketFrameReceived", { requestId: "1", timestamp: 1001, response: { opcode: 1, mask: false, payloadData: "kept" } });
  vi.spyOn(recording.log, "keepAnswers").mockImplementation(() => {
    throw new TypeError("no such answer");
  });
  await Promise.all([recording.end(), recording.end()]);

  expect(faults.list.map(({ what, count }) => [what, count])).toEqual([["TypeError: no such answer", 1]]);
  expect(ends).toHaveBeenCalledWith(starts.mock.results[0]?.value);
  const survey = surveyJournal(files.journal, files.payloads, "whole");
  let next = survey.next();
  while (next.done !== true) next = survey.next();
  expect(next.value).toMatchObject({ frames: 1, hasEnded: true, damaged: 0 });
});
