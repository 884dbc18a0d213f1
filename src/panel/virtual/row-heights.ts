/** Heights in CSS pixels, as tokens.css has them: rows are placed before they are drawn. */
export const FRAME_ROW = 22;
export const TREE_ROW = 19;
export const TEXT_ROW = 17;
