import { useEffect } from "react";
import { PANES } from "./palette/panes.ts";

const CONTROLS = 'button, input, select, textarea, [tabindex="0"]';

export function KeepFocus() {
  useEffect(keepFocus, []);
  return null;
}

/**
 * The keyboard is never nowhere: where what had it goes (an undo that is done, a filter that is taken back) or takes no
 * press any more, what stands nearest has it. Not where the user put it away, nor while another page has it. Answers how to
 * end that.
 */
function keepFocus(): () => void {
  /** What has the keyboard, and all that it stands in, from the inside out; none: the user put it away. */
  let path: readonly Element[] = [];
  let frame: number | undefined;

  function check(): void {
    frame = undefined;
    const [held] = path;
    const { activeElement } = document;
    if (held === undefined || !document.hasFocus() || (activeElement !== document.body && activeElement !== held)) return;
    if (!takesKeys(held)) heirOf(path)?.focus({ preventScroll: true });
    else if (activeElement !== held) path = [];
  }
  // A moment later: what closes gives it back by itself, and Chrome takes it from what is disabled with the next picture.
  const ask = (): void => void (frame ??= requestAnimationFrame(check));
  const focused = ({ target }: FocusEvent): void => {
    path = target instanceof Element ? ancestorsOf(target) : [];
  };
  const changed = (): void => {
    const [held] = path;
    if (held !== undefined && !takesKeys(held)) ask();
  };

  const observer = new MutationObserver(changed);
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ["disabled"] });
  addEventListener("focusin", focused);
  addEventListener("focusout", ask);
  return () => {
    observer.disconnect();
    removeEventListener("focusin", focused);
    removeEventListener("focusout", ask);
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}

const takesKeys = (element: Element): boolean => element.isConnected && !element.matches(":disabled");

function ancestorsOf(element: Element): readonly Element[] {
  const path: Element[] = [];
  for (let at: Element | null = element; at !== null; at = at.parentElement) path.push(at);
  return path;
}

/** From the inside out, the first that is still there and takes keys, or holds what does. */
function heirOf([, ...around]: readonly Element[]): HTMLElement | undefined {
  for (const element of around) {
    if (!element.isConnected) continue;
    if (element instanceof HTMLElement && element.tabIndex >= 0) return element;
    const within = [...PANES, CONTROLS].flatMap((selector) => [...element.querySelectorAll<HTMLElement>(selector)]);
    const heir = within.find((one) => takesKeys(one) && one.checkVisibility({ visibilityProperty: true }));
    if (heir !== undefined) return heir;
  }
  return undefined;
}
