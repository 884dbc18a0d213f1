/** Typed access to the page's elements. */

/**
 * The element with this id; throws where it is missing or of another kind, as the page's own mistake.
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function byId(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no ${type.name} with the id ${id}.`);
  return element;
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Partial<Pick<HTMLElement, "className" | "textContent" | "title">>} properties
 * @param {readonly (Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(name, properties = {}, children = []) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Faster than this nobody reads figures, and drawing them takes the time of whoever watches the page. */
const DRAWN_APART_MS = 200;

/**
 * Answers a function that has `draw` called soon, in a painted frame, and no more often than is read.
 * @param {() => void} draw
 * @returns {() => void}
 */
export function drawnSoon(draw) {
  let isDue = false;
  let drawnAt = -DRAWN_APART_MS;
  const drawNow = () => {
    isDue = false;
    drawnAt = performance.now();
    draw();
  };
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => requestAnimationFrame(drawNow), Math.max(0, drawnAt + DRAWN_APART_MS - performance.now()));
  };
}
