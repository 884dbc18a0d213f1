import { isRuleDeed, type RuleDeed } from "../../model/message-rule.ts";
import type { ImportedRow } from "../import-format.ts";

/** What rules keep from the wire, or make up behind it: all else that they sent went over it, masked (RFC 6455 §5.3). */
const NEVER_SENT: ReadonlySet<RuleDeed> = new Set(["dropped", "replaced", "answered", "made"]);

/** Who made a message, as a file of Framescope's own says it; of anything else nothing. */
export function readMadeBy(origin: unknown, rule: unknown, did: unknown): Pick<ImportedRow, "origin" | "ruled" | "isMasked"> {
  const ruled = typeof rule === "string" && isRuleDeed(did) ? { rule, did } : undefined;
  if (origin !== "user" && origin !== "rule") return ruled === undefined ? {} : { ruled };
  return { origin, ...(ruled && { ruled }), isMasked: ruled !== undefined && !NEVER_SENT.has(ruled.did) };
}
