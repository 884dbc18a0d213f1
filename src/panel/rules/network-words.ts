import { NETWORK_PRESETS, type NetworkEffect, type RuleInForce } from "../../model/network-rule.ts";
import type { Speaker } from "../../words/speaker.ts";
import { urlParts } from "../figures/row-words.ts";

/** What Chrome can do to connections, as it is offered. */
export const networkEffects = (words: Speaker["words"]): readonly (readonly [string, NetworkEffect])[] => [
  [words("live.network-freeze"), { type: "freeze" }],
  [words("live.network-refuse"), { type: "refuse" }],
  [words("live.network-hold"), { type: "hold" }],
  [words("live.network-outage"), { type: "outage" }],
  [words("live.network-flaky"), { type: "flaky" }],
  [words("live.network-2g"), NETWORK_PRESETS["2g"]],
  [words("live.network-3g"), NETWORK_PRESETS["3g"]],
  [words("live.network-trickle"), NETWORK_PRESETS.trickle],
];

/** What a rule does now, to which connections, and how many of these are open. */
export function describeNetworkRule({ meets, url, met, phase, effect }: RuleInForce, words: Speaker["words"]): string {
  const n = met.length;
  const what = effect.type === "slow" ? describeSpeeds(effect, words) : words(`live.phase-${phase}`);
  if (meets === "pattern") return words("live.rule-of-pattern", { what, pattern: url, n });
  const { path, host } = urlParts(url, words);
  return meets === "host" ? words("live.rule-of-host", { what, host, n }) : words("live.rule-of", { what, path, host, n });
}

/** What a rule does not do, though it sounds so. */
export const networkLimits = ({ phase, met }: RuleInForce, words: Speaker["words"]): readonly string[] => (phase === "refusing" && met.length > 0 ? [words("rules.note-refuse")] : []);

function describeSpeeds({ down, up }: Extract<NetworkEffect, { readonly type: "slow" }>, words: Speaker["words"]): string {
  if (down === null) return words("live.slowed-up", { up: up ?? 0 });
  return up === null ? words("live.slowed-down", { down }) : words("live.slowed", { down, up });
}
