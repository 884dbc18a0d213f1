import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chooseLanguage, LANGUAGES } from "../../src/words/languages.ts";

it("every language in words/ stands in the list, once, with the manifest's texts", () => {
  const foldersOf = (path: string): string[] => readdirSync(new URL(`../../${path}/`, import.meta.url), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).toSorted();
  const ids = Object.keys(LANGUAGES).toSorted();
  expect(foldersOf("src/words")).toEqual(ids);
  expect(foldersOf("public/_locales")).toEqual(ids);
  for (const [id, { load }] of Object.entries(LANGUAGES)) expect(load.toString(), id).toContain(`/${id}/`);
});

describe("the language", () => {
  it("is the one that was set", () => {
    expect(chooseLanguage("zh_CN", ["en-US"])).toBe("zh_CN");
    expect(chooseLanguage("en", ["zh-CN"])).toBe("en");
  });

  it("is else the first of the browser's that is spoken", () => {
    expect(chooseLanguage("auto", ["zh-CN", "en"])).toBe("zh_CN");
    expect(chooseLanguage("auto", ["de-AT", "zh-Hans-SG", "en"])).toBe("zh_CN");
    expect(chooseLanguage("auto", ["en-GB", "zh"])).toBe("en");
  });

  it("is not the same language in a script that its reader may not read", () => {
    expect(chooseLanguage("auto", ["zh-TW"])).toBe("en");
    expect(chooseLanguage("auto", ["zh-HK", "zh-CN"])).toBe("zh_CN");
  });

  it("is English for everybody else, also where a setting or a browser tells nonsense", () => {
    expect(chooseLanguage("auto", [])).toBe("en");
    expect(chooseLanguage("auto", ["no language", "ja"])).toBe("en");
    expect(chooseLanguage("toString", ["zh-CN"])).toBe("zh_CN");
  });
});
