import type { Tell } from "../../model/said.ts";
import type { GivenSecret, PacedStep, Script } from "./script.ts";

/** A tool or library for which a connection can be copied as code: one file in `targets/` and one line in `registry.ts`. */
export interface SnippetTarget {
  /** Lower case, as the command line has it. */
  readonly id: string;
  /** As the menu has it: a proper name, the same in every language. */
  readonly name: string;
  /** Of a file with it, without a dot. */
  readonly extension: string;
  /** Whose part it plays: it sends what the page sent, or answers as the server did. */
  readonly side: "client" | "server";
  /** Whether it asks for a secret anew where that came from. Left out: for none, and what such a request needs would be asked for in vain. */
  readonly fetchesSecrets?: ((given: GivenSecret) => boolean) | undefined;
  /** Whether it takes secrets from what the server sends before they are needed. */
  readonly hearsSecrets?: true;
  /** Of the messages that the client sends, those that stand in the file. Left out: all. */
  readonly sends?: (script: Script) => readonly PacedStep[];
  /**
   * The whole file. Whatever the capture holds stands in it as data alone. `tell` puts comments into words.
   */
  write(script: Script, tell: Tell): string;
}
