import type { Said, Told } from "./said.ts";
import type { ConnectionId, FrameIndex } from "./units.ts";

export const FINDING_GROUPS = ["handshake", "life", "traffic"] as const;
export type FindingGroup = (typeof FINDING_GROUPS)[number];

/** From what does not work, or is against a standard, over what will hurt, to what is worth knowing. */
export const FINDING_WEIGHTS = ["problem", "warning", "note"] as const;
export type FindingWeight = (typeof FINDING_WEIGHTS)[number];

/** Something of a capture that is wrong or costly, and what proves it. */
export interface Finding {
  /** The rule that found it. */
  readonly rule: string;
  readonly group: FindingGroup;
  readonly weight: FindingWeight;
  readonly title: Told;
  readonly said: readonly Said[];
  /** Those that it is about, the first of them first. */
  readonly connections: readonly ConnectionId[];
  /** The first rows that prove it, and how many there are. */
  readonly frames: readonly FrameIndex[];
  readonly frameCount: number;
  /** The part of a standard, or the page of MDN, that says more. */
  readonly link: string;
}
