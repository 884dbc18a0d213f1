/** What the user put on a row. */
export interface UserMark {
  readonly pinned: boolean;
  /** Empty for none. */
  readonly note: string;
}

/** A mark as the journal keeps it: the last one of a row counts. */
export interface UserMarkEvent extends UserMark {
  readonly type: "mark";
  readonly frame: number;
}

/** Pins and notes, by row. */
export class UserMarks {
  readonly #marks = new Map<number, UserMark>();
  #revision = 0;

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  get(frame: number): UserMark | undefined {
    return this.#marks.get(frame);
  }

  /** The rows that are pinned, in no order. */
  *pinned(): Iterable<number> {
    for (const [row, { pinned }] of this.#marks) if (pinned) yield row;
  }

  /** Takes all marks of another log's rows, which stand `by` rows further on here. */
  addAll(other: UserMarks, by: number): void {
    for (const [frame, mark] of other.#marks) this.apply({ type: "mark", frame: frame + by, ...mark });
  }

  apply({ frame, pinned, note }: UserMarkEvent): void {
    this.#revision++;
    if (pinned || note !== "") this.#marks.set(frame, { pinned, note });
    else this.#marks.delete(frame);
  }
}
