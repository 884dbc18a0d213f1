/** What the user has Chrome do to connections of one URL, without any script in the page. */
export interface NetworkRule {
  /** The whole URL, with its query. */
  readonly url: string;
  readonly effect: NetworkEffect;
}

export type NetworkEffect =
  /** Nothing passes either way, and no new connection opens. What waits comes once it is lifted, in order. */
  | { readonly type: "freeze" }
  /** Bytes a second each way; null: as fast as it goes. */
  | { readonly type: "slow"; readonly down: number | null; readonly up: number | null };

/** Slower networks by their names, in bytes a second. */
export const NETWORK_PRESETS = {
  "2g": { type: "slow", down: 35_000, up: 10_000 },
  "3g": { type: "slow", down: 200_000, up: 90_000 },
  trickle: { type: "slow", down: 1000, up: 1000 },
} as const satisfies Readonly<Record<string, NetworkEffect>>;

/** A rule, and how many open connections it meets: Chrome knows them by their URL alone. */
export interface RuleInForce extends NetworkRule {
  readonly connections: number;
}
