/** What the rest of the panel may do with the filter box, whichever of its two forms it has now. */
export interface FilterHandle {
  focus(): void;
  selectAll(): void;
}

/** Keys of the filter box, the same in both forms. Each answers whether it did something. */
export interface FilterKeys {
  /** Enter: on to the table. */
  readonly enter: () => boolean;
  /** Down: to the filter used after, or on to the table. */
  readonly down: () => boolean;
  readonly up: () => boolean;
  /** Escape: empties the box. */
  readonly escape: () => boolean;
}

/** What the plain input hands over to the editor that takes its place. */
export interface FilterStart {
  readonly hasFocus: boolean;
  readonly from: number;
  readonly to: number;
}
