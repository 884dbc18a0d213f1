import type { Fault } from "../model/faults.ts";
import type { CommandIo } from "./command-io.ts";

/** Bugs that showed, where a person reads of what went wrong. */
export function tellFaults(faults: readonly Fault[], io: CommandIo): void {
  for (const { where, what, stack } of faults) io.err([where, what, ...stack].join("\n  "));
}
