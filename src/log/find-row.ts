/** Where a row stands in a column of rising rows; -1 for one that is not there. Cost: a binary search. */
export function placeOfRow(rows: { readonly length: number; at(place: number): number }, row: number): number {
  let low = 0;
  let high = rows.length - 1;
  if (high < 0 || row > rows.at(high)) return -1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const at = rows.at(middle);
    if (at === row) return middle;
    if (at < row) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
