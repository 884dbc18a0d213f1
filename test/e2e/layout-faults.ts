import type { Frame } from "puppeteer-core";

/**
 * What is cut off, covered or out of reach of a view as it is drawn now: nothing, for one where all can be read and pressed.
 * What scrolls may be scrolled to; what ends in “…” says so, has all of it as its title, and has no room left beside it.
 */
export async function layoutFaults(view: Frame): Promise<string[]> {
  return await view.evaluate(() => {
    const faults: string[] = [];
    /** What opens over the screen, and goes. */
    const OVER = ".popup, .cm-tooltip, [data-radix-popper-content-wrapper]";
    const nameOf = (element: Element): string => `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 60)}`;
    const scrolls = (element: Element): boolean => {
      for (let at = element.parentElement; at !== null; at = at.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(at);
        if (/auto|scroll/.test(overflowX + overflowY) && (at.scrollHeight > at.clientHeight + 1 || at.scrollWidth > at.clientWidth + 1)) return true;
      }
      return false;
    };
    /** More than stands between two things of a line: something that is not seen takes it. */
    const MOST_APART = 20;
    const says = (element: Element): boolean => (element.textContent ?? "").trim() !== "" || element.querySelector("svg, img, input") !== null || element.matches("svg, img, input");
    /** What of the line in which something is cut off nothing uses. */
    const roomBeside = (element: HTMLElement): number => {
      const line = element.parentElement as HTMLElement;
      const { display, flexDirection, flexWrap, paddingRight } = getComputedStyle(line);
      const { maxWidth, flexShrink } = getComputedStyle(element);
      if (!/flex/.test(display) || flexDirection !== "row" || flexWrap !== "nowrap" || maxWidth !== "none" || flexShrink === "0") return 0;
      const boxes = [...line.children].filter((one) => one.checkVisibility({ visibilityProperty: true }) && says(one)).map((one) => one.getBoundingClientRect()).filter(({ width }) => width > 1);
      const ends = line.getBoundingClientRect().right - Number.parseFloat(paddingRight);
      return Math.max(...boxes.map(({ right }, i) => (boxes[i + 1]?.left ?? ends) - right));
    };
    const modal = document.querySelector('[role="dialog"], [role="menu"]');
    for (const element of document.querySelectorAll<HTMLElement>('button, input, select, textarea, [role="tab"], [role="menuitem"], [role="option"], [role="columnheader"]')) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest(".spoken, [aria-hidden=true], [inert]") !== null) continue;
      const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
      if (width < 2 || height < 2 || getComputedStyle(element).clipPath !== "none") continue;
      const isOut = left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
      if (isOut) {
        if (!scrolls(element)) faults.push(`out of the view: ${nameOf(element)} at ${Math.round(left)}, ${Math.round(top)}, ${Math.round(width)} × ${Math.round(height)}`);
        continue;
      }
      // What a menu or a dialog is over is covered by it.
      if (modal !== null && !modal.contains(element)) continue;
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      if (hit === null || element.contains(hit) || hit.contains(element) || scrolls(element) || hit.closest(OVER) !== null) continue;
      faults.push(`covered: ${nameOf(element)} by ${nameOf(hit)}`);
    }
    for (const element of document.body.querySelectorAll<HTMLElement>("*")) {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest(".spoken, [aria-hidden=true], textarea, .cm-editor, canvas, svg") !== null) continue;
      if (element.offsetWidth <= 1 || element.offsetHeight <= 1) continue;
      if (![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim() !== "")) continue;
      const style = getComputedStyle(element);
      const isCut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && style.overflowX !== "visible" && !/auto|scroll/.test(style.overflowX);
      // Chrome draws no “…” in the text of a flexible box or a grid itself.
      const saysSo = style.textOverflow === "ellipsis" && !/flex|grid/.test(style.display);
      if (isCut && !saysSo) faults.push(`cut off: ${nameOf(element)}`);
      // The letters reach below the line that their font calls normal.
      if (style.lineHeight === "normal" && /hidden|clip/.test(style.overflowY) && style.fontFamily.includes("Mono")) faults.push(`cut off below: ${nameOf(element)}`);
      if (isCut && saysSo && roomBeside(element) > MOST_APART) faults.push(`cut off with ${Math.round(roomBeside(element))} px left beside it: ${nameOf(element)}`);
      const mark = saysSo ? element.querySelector("mark") : null;
      if (mark !== null && mark.getBoundingClientRect().right > element.getBoundingClientRect().right + 1 && mark.getBoundingClientRect().left > element.getBoundingClientRect().right - MOST_APART) faults.push(`what was found is out of sight: ${nameOf(element)}`);
      const range = document.createRange();
      range.selectNodeContents(element);
      const box = range.getBoundingClientRect();
      if ((box.right > innerWidth + 2 || box.left < -2) && !scrolls(element) && style.textOverflow !== "ellipsis" && element.closest('[class*="cell"]') === null) {
        let held = false;
        for (let at: Element | null = element; at !== null; at = at.parentElement) held ||= getComputedStyle(at).textOverflow === "ellipsis";
        if (!held) faults.push(`runs out of the view: ${nameOf(element)}`);
      }
    }
    for (const page of document.querySelectorAll(".connection-page, .handshake, .rules-body")) if (page.scrollWidth > page.clientWidth + 1) faults.push(`scrolls sideways: ${nameOf(page)}`);
    if (document.documentElement.scrollWidth > innerWidth) faults.push("the page scrolls sideways");
    return [...new Set(faults)];
  });
}
