import { addressOf, hostOf, isSameAddress } from "../model/alike-addresses.ts";
import type { HiddenAddress } from "../model/hidden-address.ts";
import type { ConnectionFacts } from "../query/query-row.ts";

/** Tells which of `hidden` a connection meets, -1 for none: found out once for each connection as it is. */
export function hiddenBy(hidden: readonly HiddenAddress[]): (facts: ConnectionFacts) => number {
  const known = new WeakMap<ConnectionFacts, number>();
  return (facts) => {
    const before = known.get(facts);
    if (before !== undefined) return before;
    const address = addressOf(facts.url, hostOf(facts.targetUrl));
    const at = hidden.findIndex((one) => isSameAddress(one, address));
    known.set(facts, at);
    return at;
  };
}
