import type { Command } from "commander";
import type { Speaker } from "../words/speaker.ts";
import type { CommandIo } from "./command-io.ts";

/** What a command has of the process around it. */
export interface CommandContext {
  readonly io: CommandIo;
  readonly speaker: Speaker;
  /** Framescope's. */
  readonly version: string;
  /** The exit code, where all went well and the answer is not yes. */
  readonly exitWith: (code: number) => void;
}

/** Puts a command on the command line. */
export type AddCommand = (program: Command, context: CommandContext) => void;

/** What a file is given as where the standard input is to be read, or the standard output written. */
export const STANDARD = "-";
