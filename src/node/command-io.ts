/** Where a command's text goes, and what is known of who reads it. */
export interface CommandIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Characters that a line holds. */
  readonly columns: number;
  /** Languages wanted, the first first: BCP 47. */
  readonly languages: readonly string[];
}
