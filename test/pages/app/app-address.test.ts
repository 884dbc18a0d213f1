import { describe, expect, it } from "vitest";
import { say } from "../../../src/model/said.ts";
import { appAddressOf, appAddressOfCapture, isAppOf, readAppAddress } from "../../../src/pages/app/app-address.ts";

describe("the app page's address", () => {
  it("names the tab to capture, and reads back what it wrote", () => {
    expect(readAppAddress(new URL(appAddressOf(17), "chrome-extension://id").search)).toEqual({ type: "tab", tabId: 17 });
  });

  it("names a kept capture, whatever it is called", () => {
    for (const id of ["2026-11-20T14-02-11-123Z-1f0c9e5b", "../..", "a&tabId=7", "%2e#x"]) {
      expect(readAppAddress(new URL(appAddressOfCapture(id), "chrome-extension://id").search)).toEqual({ type: "capture", id });
    }
  });

  it("asks for none, in a plain sentence, where it has no number that can be a tab's", () => {
    for (const search of ["", "?", "?tabId=", "?tabId=x", "?tabId=-1", "?tabId=0", "?tabId=1.5", "?tabId=1e3", "?tabId=2147483648", "?tabId=%00"]) {
      const read = readAppAddress(search);
      expect(read, search).toMatchObject({ type: "none", why: say(new URLSearchParams(search).has("tabId") ? "pages.bad-address" : "pages.no-tab") });
    }
  });

  it("is known again whatever else stands in it, and no other page is taken for it", () => {
    const root = "chrome-extension://id/src/pages/";
    expect(isAppOf(`${root}app/index.html?tabId=17`, 17)).toBe(true);
    expect(isAppOf(`${root}app/index.html?x=1&tabId=17#there`, 17)).toBe(true);
    for (const other of [`${root}app/index.html?tabId=171`, `${root}app/index.html`, `${root}panel/index.html?tabId=17`, "no address"]) expect(isAppOf(other, 17), other).toBe(false);
  });
});
