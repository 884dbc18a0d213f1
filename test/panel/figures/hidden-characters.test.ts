import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { shown } from "../../../src/panel/figures/hidden-characters.tsx";

const drawn = (text: string): string => renderToStaticMarkup(shown(text)).replaceAll(/<span[^>]*>(.*?)<\/span>/g, "[$1]");

describe("characters that nobody would see", () => {
  it("are marks with their numbers: of direction, without width, controls", () => {
    expect(drawn("user\u202Egnp.exe")).toBe("user[U+202E]gnp.exe");
    expect(drawn("a\u200Bb\uFEFFc\u2066d\u0000e\u001Ef\u00ADg")).toBe("a[U+200B]b[U+FEFF]c[U+2066]d[U+0000]e[U+001E]f[U+00AD]g");
    expect(drawn("pay\u200Dpal")).toBe("pay[U+200D]pal");
  });

  it("are none that a script or an emoji is written with, nor any that is seen", () => {
    for (const text of ["👩‍👩‍👧", "🏳️‍🌈", "می‌خواهم", "क्‍ष", "日本語", "שלום", "a\tb", "", "<b>&"]) expect(shown(text)).toBe(text);
  });
});
