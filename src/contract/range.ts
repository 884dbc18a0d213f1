/** Places of a list that can be long: from one up to another, which is not in it. */
export interface Range {
  readonly from: number;
  readonly to: number;
}
