import type { ElementType } from "react";
import { shown, shownAsText } from "./hidden-characters.tsx";

/** An element's properties without characters that nobody sees, in what stands in it and in what is shown or spoken of it; mostly the same object. Cost: a pass over its text. */
export function legible(type: ElementType, props: unknown): unknown {
  const own = props as Readonly<Record<string, unknown>>;
  let changed: Record<string, unknown> | undefined;
  for (const name of ["children", "title", "aria-label", "placeholder"]) {
    // A list to choose from holds characters alone, as attributes do.
    const now = drawn(own[name], name === "children" && type !== "option" ? shown : shownAsText);
    if (now !== own[name]) (changed ??= { ...own })[name] = now;
  }
  return changed ?? props;
}

function drawn(value: unknown, show: (text: string) => unknown): unknown {
  if (typeof value === "string") return show(value);
  if (!Array.isArray(value)) return value;
  const now = value.map((one: unknown) => drawn(one, show));
  return now.some((one, i) => one !== value[i]) ? now : value;
}
