import { describe, expect, it } from "vitest";
import { explainAttachError, explainDetach, TAB_CLOSED } from "../../../src/capture/attach/attach-errors.ts";
import { readForbiddenPlace, type ForbiddenPlace } from "../../../src/capture/attach/forbidden-place.ts";
import { Refusal } from "../../../src/model/refusal.ts";
import { say } from "../../../src/model/said.ts";
import { settle, setUpCapture, TAB } from "../set-up-capture.ts";
import { en } from "../../words/speakers.ts";

const OTHER = "abcdefghijklmnopabcdefghijklmnop";
const FOREIGN = "Cannot access a chrome-extension:// URL of different extension";
const place = (part: Partial<ForbiddenPlace> = {}): ForbiddenPlace => ({ url: "http://page.test/", extension: undefined, only: undefined, ...part });

describe("what Chrome's refusal means", () => {
  it.each([
    ["Cannot access a chrome:// URL", /does not allow extensions to debug chrome:\/\/ pages/],
    [FOREIGN, /A frame in this page belongs to another extension\. .*nothing of the page/],
    ["The extensions gallery cannot be scripted.", /Web Store/],
    ["This page cannot be scripted due to an ExtensionsSettings policy.", /policy/],
    ["Debugger is not attached to the tab with id: 7.", /Another extension is debugging this tab/],
    ["Cannot attach to this target.", /^Chrome refused: “Cannot attach to this target”\. Press Resume/],
    ['{"code":-32000,"message":"Cannot attach to this \\"target\\""}', /^Chrome refused: “Cannot attach to this .*”\. Press Resume/],
    ["Cannot access contents of the page. Extension manifest must request permission to access the respective host.", /^Chrome refused: “Cannot access contents/],
  ])("“%s” is told as what it is", (said, why) => {
    expect(en.tell(explainAttachError(new Error(said)).why)).toMatch(why);
  });

  it("is what we say ourselves of what could not be done behind it", () => {
    expect(explainAttachError(new Refusal(say("capture.not-lifted", { seconds: 5 })))).toEqual({ why: say("capture.not-lifted", { seconds: 5 }), canResume: true });
  });

  it("is that the tab was closed", () => {
    expect(explainAttachError(new Error("No tab with given id 7."))).toEqual(TAB_CLOSED);
  });

  it("names the extension whose page it is, or whose frame, where that is known, and what is not captured", () => {
    expect(en.tell(explainAttachError(new Error(FOREIGN), place({ url: `chrome-extension://${OTHER}/page.html`, extension: OTHER })).why)).toContain(`This page belongs to another extension (${OTHER})`);
    expect(en.tell(explainAttachError(new Error(FOREIGN), place({ only: OTHER })).why)).toContain(`A frame in this page belongs to another extension (${OTHER}). While it is there`);
    expect(en.tell(explainDetach("target_closed", place({ extension: OTHER })).why)).toContain(`A frame in this page belongs to another extension (${OTHER}).`);
  });

  it("blames no extension whose frame may be in another tab", () => {
    expect(en.tell(explainDetach("target_closed", place({ only: OTHER })).why)).toMatch(/^Chrome ended debugging of this page/);
    expect(en.tell(explainDetach("target_closed", place({ url: "chrome://version/", extension: OTHER })).why)).toContain("debug chrome:// pages");
  });

  it("is read off the page where Chrome gives no reason", () => {
    expect(en.tell(explainAttachError(new Error("Cannot attach to this target."), place({ url: "file:///a.html" })).why)).toContain("The page is a file");
  });
});

describe("the place where Chrome would not let us debug", () => {
  const page = { id: "P", type: "page", title: "", url: "http://page.test/", tabId: TAB };
  const frame = (id: string) => ({ id: `frame of ${id}`, type: "other", title: "", url: `chrome-extension://${id}/frame.html` });

  it("is the page's own extension, or the one that a frame was on its way to; the only one that shows frames is known too", () => {
    expect(readForbiddenPlace([page, frame(OTHER), frame(OTHER), frame("own")], TAB, "own", undefined)).toEqual({ url: page.url, extension: undefined, only: OTHER });
    expect(readForbiddenPlace([page, frame(OTHER), frame("third")], TAB, "own", OTHER)).toEqual({ url: page.url, extension: OTHER, only: undefined });
    expect(readForbiddenPlace([page], TAB, "own", "own")).toEqual({ url: page.url, extension: undefined, only: undefined });
    expect(readForbiddenPlace([{ ...page, url: `chrome-extension://${OTHER}/` }], TAB, "own", undefined)).toMatchObject({ extension: OTHER });
    expect(readForbiddenPlace([], TAB, "own", undefined)).toMatchObject({ url: undefined });
  });

  it("is known when a frame goes to an extension's page and Chrome ends the debugging, and forgotten when it went elsewhere", async () => {
    const { api, capture, emit, states } = setUpCapture();
    api.browserTargets = [page];
    await capture.start();
    const why = async () => {
      api.debuggees.splice(0);
      api.emitDetach({ tabId: TAB }, "target_closed");
      await settle();
      const last = states.at(-1);
      return last?.state === "stopped" ? en.tell(last.why) : "";
    };
    emit("Page.frameRequestedNavigation", { frameId: "f", url: `chrome-extension://${OTHER}/frame.html` });
    expect(await why()).toContain(`(${OTHER})`);
    await capture.resume();
    // A page that looks for an extension that is not there, or does not let itself be shown.
    emit("Page.frameRequestedNavigation", { frameId: "f", url: `chrome-extension://${OTHER}/frame.html` });
    emit("Page.frameStoppedLoading", { frameId: "f" });
    expect(await why()).toMatch(/^Chrome ended debugging of this page/);
  });
});
