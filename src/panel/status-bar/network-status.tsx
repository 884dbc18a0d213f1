import { use } from "react";
import type { RuleInForce } from "../../model/network-rule.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { useSpoken } from "../controls/spoken-status.tsx";
import { TimeLeft } from "../figures/time-left.tsx";
import { liftNetworkRules } from "../rules/end-rules.ts";
import { describeNetworkRule, networkLimits } from "../rules/network-words.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Which connections Chrome freezes or slows, and the button that ends it. */
export function NetworkStatus({ rules }: { readonly rules: readonly RuleInForce[] }) {
  const session = useSession();
  const { words, whole } = useSpeaker();
  use(whole());
  // Not how long a phase still lasts, second by second.
  useSpoken(words("live.rules-on", { n: rules.length }));
  const timed = rules.find(({ until }) => until !== null);
  return (
    <span ref={leavesKeyboardToTable} className="status-warning" role="status" aria-live="off" aria-label={words("live.rules")} title={rules.flatMap((rule) => [describeNetworkRule(rule, words), ...networkLimits(rule, words)]).join("\n")}>
      {words("live.rules-on", { n: rules.length })}
      {timed !== undefined && (
        <span className="status-phase">
          {` · ${words(`live.phase-${timed.phase}`)}`}
          <TimeLeft until={timed.until} />
        </span>
      )}
      <Button name={words("live.rules-lift")} text={words("live.rules-lift")} onClick={() => liftNetworkRules(session)} />
    </span>
  );
}
