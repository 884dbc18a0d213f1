import { createElement, type ComponentProps } from "react";
import { expect, it } from "vitest";
import { Button } from "../../../src/panel/controls/button.tsx";
import { drawn } from "../frames/drawn.ts";

const button = (props: Partial<ComponentProps<typeof Button>>): string => drawn(createElement(Button, { name: "Find next", ...props }));

it("one that is off has its reason as its description and tip, and stays where the keyboard comes", () => {
  const off = button({ reason: "Type what to find first." });
  const [, id] = /aria-describedby="([^"]+)"/.exec(off) ?? [];
  expect(off).toContain('aria-disabled="true"');
  expect(off).not.toMatch(/\sdisabled\b/);
  expect(off).toContain(`<span id="${id}" class="reason" popover="manual">Type what to find first.</span>`);
  expect(off).toContain('title="Find next\nType what to find first."');
  expect(button({ text: "Next", reason: "Type what to find first." })).toContain('title="Type what to find first."');
});

it("one that is on has neither, and its own tip", () => {
  for (const reason of [null, undefined]) expect(button({ reason, title: "Ctrl+G" })).toMatch(/^<button type="button" class="[^"]+" aria-label="Find next" title="Ctrl\+G"><\/button>$/);
});

it("one whose work goes on takes no press, and needs no reason", () => {
  const busy = button({ isBusy: true });
  expect(busy).toContain('aria-disabled="true"');
  expect(busy).not.toContain("aria-describedby");
});
