/** As far from the panel's edges as all that opens over the screen. */
const MARGIN = 8;

/**
 * For `ref` of what Radix hangs beside a point: moved sideways into the panel where it fits on neither side of it, which
 * Radix leaves sticking out. What is wider than the panel begins at its left edge.
 */
export function keepInside(box: HTMLElement | null): (() => void) | undefined {
  const place = box?.parentElement;
  if (box === null || place === null || place === undefined) return undefined;
  const move = (): void => {
    box.style.translate = "";
    const { left, right } = box.getBoundingClientRect();
    const out = Math.max(0, right - (innerWidth - MARGIN));
    const by = left - out < MARGIN ? MARGIN - left : -out;
    if (by !== 0) box.style.translate = `${by}px 0`;
  };
  // Radix places its wrapper, at first and whenever something moves, by its style.
  const observer = new MutationObserver(move);
  observer.observe(place, { attributeFilter: ["style"] });
  move();
  return () => observer.disconnect();
}
