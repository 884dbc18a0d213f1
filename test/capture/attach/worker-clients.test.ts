import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canBeOneSite, isOnlyUsedIn, topLevelSite } from "../../../src/capture/attach/worker-clients.ts";

const page = (tabId: number | undefined, url: string) => ({ id: url, type: "page", title: "", url, tabId });

describe("the pages under which the clients of a shared worker are", () => {
  it.each([
    ["http://a.test:81/", "http://a.test:81/"],
    ["http://a.test/^31", "http://a.test/"],
    ["https://chat.test/^0https://news.test", "https://news.test"],
    ["https://chat.test/^11234^25678", undefined],
    ["https://chat.test/^0https://news.test^31", undefined],
    ["", undefined],
  ])("are, by the storage key %s, of the site %s", (key, site) => {
    expect(topLevelSite(key)).toBe(site);
  });

  it("are only the captured tabs' where no other page can be of that site", () => {
    const own = new Set([7, 8]);
    const only = (...others: ReturnType<typeof page>[]): boolean => isOnlyUsedIn(own, "http://app.a.test/", [page(7, "http://www.a.test/"), page(8, "http://app.a.test/popup"), ...others]);
    expect(only()).toBe(true);
    expect(only(page(9, "http://b.test/"), page(9, "chrome://newtab/"), page(9, "chrome-extension://own/page.html"), page(9, "file:///a.test"))).toBe(true);
    for (const other of ["http://app.a.test/", "http://a.test:8080/", "https://x.y.a.test/", "blob:http://a.test/1", "about:blank", "about:srcdoc", ""]) expect([other, only(page(9, other))]).toEqual([other, false]);
    expect(only(page(undefined, "http://a.test/"))).toBe(false);
    expect(isOnlyUsedIn(own, "http://a.test/", [page(9, "http://b.test/")])).toBe(false);
  });

  it("say of hosts that can be of one site that they can: any two under one registrable domain do", () => {
    const label = fc.stringMatching(/^[a-z]{1,8}$/);
    const under = fc.array(label, { maxLength: 3 });
    fc.assert(
      fc.property(label, fc.constantFrom("test", "co.uk", "github.io"), under, under, (name, suffix, one, other) => {
        const [a, b] = [one, other].map((labels) => `https://${[...labels, name, suffix].join(".")}/`);
        expect(canBeOneSite(a ?? "", b ?? "")).toBe(true);
      }),
    );
    expect(canBeOneSite("http://127.0.0.1:1/", "http://127.0.0.1:2/")).toBe(true);
    for (const [a, b] of [["http://127.0.0.1/", "http://10.0.0.1/"], ["http://localhost/", "http://127.0.0.1/"], ["http://[::1]/", "http://[::2]/"], ["http://a.test/", "http://b.test/"], ["file:///a", "file:///a"]] as const) expect([a, canBeOneSite(a, b)]).toEqual([a, false]);
  });
});
