/**
 * Where rows of one height stand in an element that may not be as tall as all of them together.
 *
 * Chrome cuts an element at 33,554,432 px, and places in it are exact only up to 2^24 px. So the element is never
 * taller than `TALLEST`; past that, the rows in the middle share its height. Three promises hold at any number of rows:
 *
 * - a small step (wheel, keys, a click beside the thumb) moves the rows by exactly as many pixels,
 * - the thumb at an end shows that end exactly,
 * - dragging the thumb reaches every region, in order.
 *
 * A place is the scroll position and the `shift` between the element's pixels and the rows' own (`top`). A small step
 * keeps the shift, so the rows stay where they are drawn; a jump takes the shift that belongs to its scroll position.
 * After small steps in the shared middle the thumb is a little off: `settled` puts it right without moving the rows.
 */
export interface ScrollMap {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewport: number;
}

export interface ScrollPlace {
  readonly scrollTop: number;
  /** Never above 0; whole pixels, so that text stays sharp. */
  readonly shift: number;
}

export const START: ScrollPlace = { scrollTop: 0, shift: 0 };

export const TALLEST = 15_000_000;
/** At both ends, this many pixels are never shared: there a step, a jump and the thumb always agree. */
const UNSHARED = 1_000_000;
/** The thumb may be off by this much before it is put right while rows are being added. */
const DRIFT = 20_000;

const fullHeight = (map: ScrollMap): number => map.rows * map.rowHeight;

/** The height of the element that scrolls. */
export const heightOf = (map: ScrollMap): number => Math.min(fullHeight(map), TALLEST);

const lastScrollTop = (map: ScrollMap): number => Math.max(0, heightOf(map) - map.viewport);

/** The largest `top`: with it the last row stands at the lower edge. */
export const lastTop = (map: ScrollMap): number => Math.max(0, fullHeight(map) - map.viewport);

/** How far the rows' own pixels are scrolled. */
export const topOf = (place: ScrollPlace): number => place.scrollTop - place.shift;

/** The place for a position of the thumb. */
export function placeAtScrollTop(map: ScrollMap, scrollTop: number): ScrollPlace {
  const last = lastScrollTop(map);
  const at = clamp(scrollTop, last);
  const shared = last - 2 * UNSHARED;
  const share = shared <= 0 ? (at < last / 2 ? 0 : 1) : clamp((at - UNSHARED) / shared, 1);
  return { scrollTop: at, shift: Math.round(share * fullShift(map)) };
}

/** The place that shows `top`, with the thumb where it belongs. */
export function placeAtTop(map: ScrollMap, top: number): ScrollPlace {
  const full = fullShift(map);
  const at = clamp(top, lastTop(map));
  if (full === 0) return { scrollTop: at, shift: 0 };
  const shared = lastTop(map) - 2 * UNSHARED;
  const share = clamp((at - UNSHARED) / shared, 1);
  const shift = Math.round(share * full);
  return { scrollTop: at + shift, shift };
}

/** The place after the element reported another scroll position. */
export function moved(map: ScrollMap, place: ScrollPlace, scrollTop: number): ScrollPlace {
  const step = scrollTop - place.scrollTop;
  if (Math.abs(step) > longestStep(map)) return placeAtScrollTop(map, scrollTop);
  const next = { scrollTop, shift: place.shift };
  return isBlocked(map, next) ? settled(map, next) : next;
}

/** The same rows on view after the map changed (rows were added, the pane was resized). */
export function kept(map: ScrollMap, place: ScrollPlace): ScrollPlace {
  const right = settled(map, place);
  return fullShift(map) === 0 || isBlocked(map, place) || Math.abs(right.scrollTop - place.scrollTop) > DRIFT ? right : place;
}

/** The same rows on view, with the thumb where it belongs. */
export const settled = (map: ScrollMap, place: ScrollPlace): ScrollPlace => placeAtTop(map, topOf(place));

export const isAtEnd = (map: ScrollMap, place: ScrollPlace): boolean => topOf(place) >= lastTop(map) - 2;

/** The place with `row` and `beside` pixels on either side of it on view, as far as they have room, moved no farther than needed. */
export function placeShowing(map: ScrollMap, place: ScrollPlace, row: number, beside = 0): ScrollPlace {
  const top = topOf(place);
  const margin = clamp(beside, Math.max(0, Math.floor((map.viewport - map.rowHeight) / 2)));
  const start = row * map.rowHeight - margin;
  const end = start + map.rowHeight + 2 * margin;
  if (start < top) return placeAtTop(map, start);
  if (end > top + map.viewport) return placeAtTop(map, end - map.viewport);
  return place;
}

/** The place with `row` in the middle, or as it is where the row is wholly on view and not among the `covered` pixels at the top. */
export function placeInMiddle(map: ScrollMap, place: ScrollPlace, row: number, covered: number): ScrollPlace {
  const start = row * map.rowHeight;
  const offset = start - topOf(place);
  if (offset >= covered && offset + map.rowHeight <= map.viewport) return place;
  return placeAtTop(map, Math.round(start - (map.viewport - map.rowHeight) / 2));
}

/** Elements' pixels minus the rows' own, at the last row. */
const fullShift = (map: ScrollMap): number => heightOf(map) - fullHeight(map);

/** A scroll position at an end whose rows are not: no further step would be reported. */
function isBlocked(map: ScrollMap, place: ScrollPlace): boolean {
  const top = topOf(place);
  const last = lastTop(map);
  return (
    top < 0 ||
    top > last ||
    (place.scrollTop <= 0 && top > 0) ||
    (place.scrollTop >= lastScrollTop(map) - 1 && top < last - 1)
  );
}

/**
 * The thumb of a list this tall moves by at least `height / viewport` pixels for one pixel of the mouse (half that on
 * a screen of double density), so anything well under that is a wheel, a key or a click beside the thumb.
 */
const longestStep = (map: ScrollMap): number =>
  fullShift(map) === 0 ? 0 : Math.max(map.viewport, heightOf(map) / Math.max(1, map.viewport) / 4);

const clamp = (value: number, most: number): number => Math.min(Math.max(0, value), most);
