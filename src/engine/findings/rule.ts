import type { Connection } from "../../model/connection.ts";
import type { Finding, FindingGroup, FindingWeight } from "../../model/finding.ts";
import type { Said, Told } from "../../model/said.ts";
import type { FrameIndex, MonotonicSeconds } from "../../model/units.ts";
import type { CloseFrames } from "./gather/close-frames.ts";
import type { Counters } from "./gather/counters.ts";
import type { Heartbeats } from "./gather/heartbeats.ts";
import type { Pace } from "./gather/pace.ts";
import type { Repeats } from "./gather/repeats.ts";
import type { Requests } from "./gather/requests.ts";
import type { Tally } from "./gather/tally.ts";
import type { TextSample } from "./gather/text-sample.ts";

/** What was gathered of one connection: the facts that rules judge. A part is there once there was something for it. */
export interface Gathered {
  readonly connection: Connection;
  /** See `familyName` (model/url-pattern.ts); where the address is not known it is alone in one. */
  readonly family: string;
  /** The rows of its opening and of its end. */
  readonly opening: FrameIndex | undefined;
  readonly end: FrameIndex | undefined;
  readonly tally: Tally;
  readonly pace: Pace;
  readonly requests: Requests | undefined;
  readonly heartbeats: Heartbeats | undefined;
  readonly counters: Counters;
  readonly repeats: Repeats;
  readonly closeFrames: CloseFrames | undefined;
  readonly sample: TextSample | undefined;
}

/** The address of a family: what is so of each room that a query names is said once. */
export const placeOf = (family: string): string => family.split("?", 1)[0] as string;

/** What was gathered altogether. */
export interface Whole {
  /** The time of the last row. */
  readonly until: MonotonicSeconds;
  /** Frames that are missing somewhere. */
  readonly lost: number;
  /** A label by its number. */
  readonly nameOf: (label: number) => string;
  /** When a row came. */
  readonly timeOf: (row: FrameIndex) => MonotonicSeconds;
}

/** What a rule found. */
export interface Found extends Pick<Finding, "said"> {
  readonly weight: FindingWeight;
  readonly title: Told;
  /** Rows that prove it, in their order; `frameCount`: how many there are, where these are only the first. */
  readonly frames: readonly FrameIndex[];
  readonly frameCount?: number;
  /** Where it is another than the rule's. */
  readonly link?: string | undefined;
}

/** What is found in several connections together. */
export interface FoundTogether extends Found {
  /** Those that it is about: not others of the family. */
  readonly connections: Finding["connections"];
}

interface RuleAbout {
  /** The name of its file. */
  readonly id: string;
  readonly group: FindingGroup;
  /** The part of a standard, or the page of MDN, that says more. */
  readonly link: string;
}

/**
 * What is looked for: one file in rules/, under its id, and one line in registry.ts. A pure function of what was gathered.
 * **Silent unless sure**: what could be as it should be is not found.
 */
export type FindingRule = RuleAbout &
  (
    | { ofConnection(one: Gathered, whole: Whole): readonly Found[] }
    /** Connections that the same place opened to addresses of one pattern, two or more, in their order. */
    | { ofFamily(family: readonly Gathered[], whole: Whole): readonly FoundTogether[] }
  );

export const NONE: readonly never[] = [];

/** One finding: its weight, its name, and what it says. */
export const found = (weight: FindingWeight, title: Told, said: readonly Said[], frames: readonly (FrameIndex | undefined)[], frameCount?: number): readonly Found[] => {
  const known = frames.filter((frame) => frame !== undefined);
  return [{ weight, title, said, frames: known, ...(frameCount !== undefined && { frameCount }) }];
};

/** The same of several connections. */
export const foundTogether = (members: readonly Gathered[], ...one: Parameters<typeof found>): readonly FoundTogether[] =>
  found(...one).map((each) => ({ ...each, connections: members.map(({ connection }) => connection.id) }));
