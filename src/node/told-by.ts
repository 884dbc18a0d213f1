import { Refusal } from "../model/refusal.ts";
import { say, type Said, type Told } from "../model/said.ts";

/** What the system says most often when a file or a folder cannot be had. */
const SYSTEM: Readonly<Record<string, Said>> = {
  ENOENT: say("node.missing"),
  ENOTDIR: say("node.missing"),
  EACCES: say("node.denied"),
  EPERM: say("node.denied"),
  EISDIR: say("node.is-folder"),
  ENOSPC: say("engine.disk-full"),
  EDQUOT: say("engine.disk-full"),
};

/** What a failure tells on a terminal: a refusal's own words, else what the operating system says. */
export function toldBy(error: unknown): Told {
  if (error instanceof Refusal) return error.told;
  const said = error instanceof Error && "code" in error && typeof error.code === "string" && Object.hasOwn(SYSTEM, error.code) ? SYSTEM[error.code] : undefined;
  return said ?? (error instanceof Error ? error.message : String(error));
}

/** Of a file or folder that cannot be written. */
export const cannotWrite = (path: Told, error: unknown): Refusal => (error instanceof Refusal ? error : new Refusal(say("node.no-output", { path, why: toldBy(error) }), { cause: error }));
