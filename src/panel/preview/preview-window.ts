/** The part of a preview that a cell shows. */
export interface PreviewWindow {
  readonly from: number;
  readonly to: number;
}

/** Characters before the first mark that stay with it, so that it is read in its place. */
const BEFORE = 16;
/** Of the characters that could be on view, those that are in any font. */
const SURELY_ON_VIEW = 0.75;

/** The head of a preview, as much as a cell can hold; where the first mark would be cut off there, what is around that. */
export function windowOf(preview: string, marks: readonly number[], characters: number): PreviewWindow {
  const [first, end] = marks;
  const isOnView = first === undefined || end === undefined || end <= characters * SURELY_ON_VIEW;
  const from = isOnView ? 0 : Math.max(0, first - BEFORE);
  return { from, to: Math.min(preview.length, from + characters) };
}
