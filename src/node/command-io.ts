/** Where a command's text goes, and what is known of who reads it. */
export interface CommandIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** The standard output, for bytes. */
  readonly write: (bytes: Uint8Array) => void;
  /** The standard input. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Characters that a line holds. */
  readonly columns: number;
  /** Languages wanted, the first first: BCP 47. */
  readonly languages: readonly string[];
  /** What goes to `err` is read by a person, as it comes: how far a command is may be told over what was told before. */
  readonly isTerminal: boolean;
  /** Calls back where the user wants it to end, with Ctrl+C; answers what forgets that. */
  readonly whenInterrupted: (callback: () => void) => () => void;
  /** Framescope's own. */
  readonly version: string;
}
