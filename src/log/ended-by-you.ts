import type { Said, Value } from "../model/said.ts";

const BY_YOU: ReadonlySet<string> = new Set<Said["code"]>(["log.closed-by-you", "log.closed-by-you-code", "log.lost-by-you"]);

/** Whether an ending says that the user ended the connection: alone, with a reason, or with the code that the page was told. */
export function isEndedByYou(ending: Value | undefined): boolean {
  if (typeof ending !== "object" || !("code" in ending)) return false;
  const { code, values } = ending;
  return BY_YOU.has(code) || isEndedByYou(code === "log.closed-reason" ? values["closed"] : code === "log.failed-closed" ? values["ending"] : undefined);
}
