import { describe, expect, it } from "vitest";
import { chooseLanguage } from "../../src/words/languages.ts";

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
