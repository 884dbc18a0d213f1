import { useLayoutEffect, useState, type RefObject } from "react";

/** An element's inner width in whole pixels, kept up to date; 0 before it is laid out. */
export function useElementWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (element.current === null) return undefined;
    // Before the first paint: the observer tells it only after that.
    // oxlint-disable-next-line react/set-state-in-effect -- a measure taken in a layout effect is drawn with it
    setWidth(element.current.clientWidth);
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
