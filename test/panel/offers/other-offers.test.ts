import { createElement, type ReactElement } from "react";
import { expect, it } from "vitest";
import { createStore } from "zustand";
import type { CaptureState } from "../../../src/contract/capturing.ts";
import type { ListedFinding } from "../../../src/contract/findings.ts";
import type { FrameDetails } from "../../../src/contract/inspect.ts";
import { say, type Told } from "../../../src/model/said.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../src/model/settings.ts";
import { connectionId } from "../../../src/model/units.ts";
import { UncapturedLine } from "../../../src/panel/connections/uncaptured-tabs.tsx";
import { FindingList } from "../../../src/panel/inspector/finding-list.tsx";
import { AllowFiles, ExtensionPage } from "../../../src/panel/offers/allow-files.tsx";
import { KeepCaptures } from "../../../src/panel/offers/keep-captures.tsx";
import { ObserveClosings } from "../../../src/panel/offers/observe-closings.tsx";
import { PreserveLog } from "../../../src/panel/offers/preserve-log.tsx";
import { UnpackFromStart } from "../../../src/panel/offers/unpack-from-start.tsx";
import { StorageOffer } from "../../../src/panel/status-bar/storage-offer.tsx";
import { aConnection } from "../../model/a-connection.ts";
import { drawn } from "../frames/drawn.ts";

/** What can be pressed in a part of the panel. */
function offeredBy(part: ReactElement, { settings, state = "capturing" }: { readonly settings?: Partial<Settings>; readonly state?: CaptureState["state"] } = {}): string[] {
  const html = drawn(part, { settings: { store: createStore(() => ({ ...DEFAULT_SETTINGS, ...settings })) }, captureState: createStore(() => ({ state })) });
  return [...html.matchAll(/<button[^>]*aria-label="([^"]*)"/g)].map(([, name = ""]) => name);
}

it("what Chrome does not report offers to be observed, and once it is, for what is open now, to load the page again", () => {
  const part = createElement(ObserveClosings);
  expect(offeredBy(part)).toEqual(["Show close codes from now on"]);
  expect(offeredBy(part, { settings: { observeClosings: true } })).toEqual(["Reload page"]);
  expect(offeredBy(part, { settings: { observeClosings: true }, state: "stopped" })).toEqual([]);
  expect(offeredBy(part, { state: "kept" })).toEqual([]);
});

it("a navigation that deleted what was before it offers to keep that the next time", () => {
  const part = createElement(PreserveLog);
  expect(offeredBy(part, { settings: { keepLog: false } })).toEqual(["Preserve log"]);
  expect(offeredBy(part)).toEqual([]);
  expect(offeredBy(part, { settings: { keepLog: false }, state: "kept" })).toEqual([]);
});

it("a compressed stream whose start was not seen offers to load the page again, as far as that began before the capture", () => {
  const late = (seenFromStart: boolean, code: "decode.packed-late" | "decode.json-escape" = "decode.packed-late"): ReactElement => {
    const details = { connection: aConnection({ seenFromStart }), layers: [{ problem: null }, { problem: say(code) }] } as unknown as FrameDetails;
    return createElement(UnpackFromStart, { details });
  };
  expect(offeredBy(late(false))).toEqual(["Reload page"]);
  expect(offeredBy(late(true))).toEqual([]);
  expect(offeredBy(late(false, "decode.json-escape"))).toEqual([]);
  expect(offeredBy(late(false), { state: "kept" })).toEqual([]);
});

it("where nothing is saved, the captures are offered that take the space, or the setting that bounds the memory", () => {
  const offered = (why: Told): string[] => offeredBy(createElement(StorageOffer, { why }));
  expect(offered(say("engine.disk-refused", { why: say("engine.disk-full") }))).toEqual(["Open Captures"]);
  expect(offered(say("engine.no-storage", { why: "no room" }))).toEqual(["Open Captures"]);
  expect(offered(say("pages.incognito"))).toEqual(["Open settings"]);
  expect(offered(say("engine.disk-bug"))).toEqual([]);
});

it("a page that Chrome would let be captured but for a switch offers Chrome's own page, which has it; no other does", () => {
  expect(AllowFiles({ why: say("capture.file") })).not.toBe(false);
  for (const why of [say("capture.policy"), say("capture.web-store"), "in Chrome's words"]) expect(AllowFiles({ why })).toBe(false);
  expect(offeredBy(createElement(ExtensionPage))).toEqual(["Open extension settings"]);
});

it("that tabs which the page opens are not captured is said where it opens any, and offers to capture them", () => {
  const offered = (opens: boolean, capturePopups: boolean): string[] => {
    const session = { opensTabs: createStore(() => opens), settings: { store: createStore(() => ({ ...DEFAULT_SETTINGS, capturePopups })) }, ended: new AbortController().signal };
    return [...drawn(createElement(UncapturedLine), session).matchAll(/<button[^>]*aria-label="([^"]*)"/g)].map(([, name = ""]) => name);
  };
  expect(offered(true, false)).toEqual(["Capture tabs that this page opens", "Do not capture tabs that this page opens"]);
  expect(offered(true, true)).toEqual([]);
  expect(offered(false, false)).toEqual([]);
});

it("where no capture is kept, the list of captures offers to keep some", () => {
  expect(offeredBy(createElement(KeepCaptures), { settings: { keptCaptures: 0 } })).toEqual(["Keep 20 captures"]);
  expect(offeredBy(createElement(KeepCaptures))).toEqual([]);
});

it("a finding whose close codes would tell more offers to show them, once, where nothing beside the list does", () => {
  const storm = { weight: "note", title: say("findings.storm"), said: [say("findings.storm-unknown", { n: 3 })], connections: [connectionId(1)], url: "", frames: [], frameCount: 0, link: "" } as unknown as ListedFinding;
  const list = (offersCodes: boolean): string[] => offeredBy(createElement(FindingList, { items: [{ ...storm, said: [] }, storm, { ...storm }], offersCodes }));
  expect(list(true)).toEqual(["Show close codes from now on"]);
  expect(list(false)).toEqual([]);
});
