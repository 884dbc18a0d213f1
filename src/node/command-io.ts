/** Where the text of a process goes, and what is known of who reads it. Where it cannot be written, what writes it throws what the system says. */
export interface ProcessIo {
  readonly out: (text: string) => void;
  /** Resolves once who reads has taken what `out` and `write` were given; rejects where it cannot be written, with what the system says. */
  readonly taken: () => Promise<void>;
  /** The standard error. */
  readonly errors: (text: string) => void;
  /** The same, over what was told so before; empty: nothing stands there. */
  readonly progress: (text: string) => void;
  /** The standard output, for bytes. */
  readonly write: (bytes: Uint8Array) => void;
  /** The standard input. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Characters that a line holds. */
  readonly columns: number;
  /** Languages wanted, the first first: BCP 47. */
  readonly languages: readonly string[];
  /** The standard error is read by a person, as it comes: how far a command is may be told. */
  readonly isTerminal: boolean;
  /** Calls back where the user wants it to end, with Ctrl+C; answers what forgets that. */
  readonly whenInterrupted: (callback: () => void) => () => void;
  /** Framescope's own. */
  readonly version: string;
}

/** The same as a command has it: the standard output that cannot be written is a `Refusal`. */
export interface CommandIo extends Omit<ProcessIo, "errors"> {
  /** Lines of the standard error; of what they quote a terminal obeys nothing. */
  readonly err: (lines: string) => void;
}
