import type { Span } from "../../contract/timeline.ts";
import type { Colours } from "./timeline-colours.ts";
import { toX, type Scale } from "./timeline-scale.ts";

/** From one dot of a line to the next. */
const DOTTED = 4;
/** A shorter one would be taken for a mark. */
const SHORTEST_STRETCH = 3;

/** Where nothing came for far longer than usual: a band, and a dotted line through it. */
export function drawSilences(context: CanvasRenderingContext2D, silences: readonly Span[], scale: Scale, { top, bottom, middle }: { readonly top: number; readonly bottom: number; readonly middle: number }, { line, warning }: Colours): void {
  for (const silence of silences) {
    const [left, right] = stretchOf(silence, scale);
    if (right - left < SHORTEST_STRETCH) continue;
    context.fillStyle = line;
    context.fillRect(left, top, right - left, bottom - top);
    context.fillStyle = warning;
    for (let x = left + 1; x < right - 1; x += DOTTED) context.fillRect(x, middle - 1, 2, 2);
  }
}

/** Where one connection of several said nothing for far longer than it does: a dotted line below the bars, one for all such connections. */
export function drawQuiet(context: CanvasRenderingContext2D, quiet: readonly Span[], scale: Scale, y: number, { warning }: Colours): void {
  context.fillStyle = warning;
  let drawn = 0;
  for (const one of quiet) {
    const [left, right] = stretchOf(one, scale);
    if (right - left < SHORTEST_STRETCH) continue;
    // All have their dots in the same places.
    for (let x = Math.max(drawn, Math.floor(left / DOTTED) * DOTTED); x < right; x += DOTTED) {
      context.fillRect(x, y, 2, 1);
      drawn = x + DOTTED;
    }
  }
}

/** From where to where a stretch without a message reaches, in whole pixels. */
function stretchOf({ from, to }: Span, scale: Scale): readonly [left: number, right: number] {
  return [Math.max(0, Math.round(toX(scale, from)) + 1), Math.min(scale.width, Math.round(toX(scale, to)))];
}
