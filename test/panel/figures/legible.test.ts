import fc from "fast-check";
import { createElement, type ElementType, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { jsxDEV } from "../../../src/panel/figures/jsx-dev-runtime.ts";
import { jsx, jsxs } from "../../../src/panel/figures/jsx-runtime.ts";
import { legible } from "../../../src/panel/figures/legible.ts";

// oxlint-disable-next-line no-control-regex -- controls are some of what this looks for
const HIDDEN = /[\u0000-\u0008\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
const texts = fc.string({ unit: fc.constantFrom("a", "é", "中", "<", " ", "\u202E", "\u200B", "\u2066", "\u0085", "\uFEFF") });

it("no element is drawn with a character that nobody sees, however its text stands in it: bare, in a list, in a list of lists, as its title or its name", () => {
  const children = fc.letrec<{ child: unknown }>((tie) => ({ child: fc.oneof({ depthSize: "small" }, texts, fc.integer(), fc.constant(null), fc.array(tie("child"), { maxLength: 3 })) })).child;
  fc.assert(
    fc.property(fc.constantFrom("p", "b", "option"), children, texts, texts, (type, child, title, name) => {
      const inner = jsx("i", { children: child });
      for (const element of [jsx(type, { title, "aria-label": name, children: child }), jsxs("div", { children: [title, child, inner] }), jsxDEV("p", { title, children: child }, undefined, false)]) {
        expect(renderToStaticMarkup(element as ReactNode)).not.toMatch(HIDDEN);
      }
    }),
  );
});

it("each is a mark in an element, and characters where only those have room", () => {
  const drawn = (type: ElementType, props: object): string => renderToStaticMarkup(jsx(type, props) as ReactNode);
  expect(drawn("b", { children: "user\u202Egnp.exe" })).toBe('<b>user<span class="hidden-character">U+202E</span>gnp.exe</b>');
  expect(drawn("option", { children: ["1  ", "a\u200Bb"] })).toBe("<option>1  a⟨U+200B⟩b</option>");
  expect(drawn("b", { title: "a\u202Eb", "aria-label": "\u2066c" })).toBe('<b title="a⟨U+202E⟩b" aria-label="⟨U+2066⟩c"></b>');
  expect(drawn("input", { placeholder: "a\u202Eb" })).toBe('<input placeholder="a⟨U+202E⟩b"/>');
});

it("what hides nothing is left as it is, as are an input's own text and what is no text", () => {
  for (const props of [{ children: "type: tick" }, { children: ["a", ["b", 1], null] }, { title: "می‌خواهم", children: createElement("b") }, { value: "a\u202Eb", onClick: () => {} }, {}]) expect(legible("p", props)).toBe(props);
});
