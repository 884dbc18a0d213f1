/** Where a record stands in its frame: `from` up to but without `to`, without the space around it. */
export interface RecordRange {
  readonly from: number;
  readonly to: number;
}
