import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { readUrlPattern, type NetworkEffect, type RuleScope } from "../../model/network-rule.ts";
import { say } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { SpokenStatus } from "../controls/spoken-status.tsx";
import { Form } from "../controls/form.tsx";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { TimeLeft } from "../figures/time-left.tsx";
import { describeNetworkRule, networkEffects, networkLimits } from "./network-words.ts";

/** What the network does to connections: by a pattern of URLs; of one connection its menu has the same. */
export function NetworkForm() {
  const session = useSession();
  const { words } = useSpeaker();
  const rules = useStore(session.rules);
  const [pattern, setPattern] = useState("");
  const [chosen, setChosen] = useState(0);
  const [speeds, setSpeeds] = useState({ down: "20000", up: "20000" });
  const met = useMet(pattern);
  const isPattern = readUrlPattern(pattern) !== undefined;
  const effects = networkEffects(words);
  const isSlow = chosen === effects.length;
  const effect = isSlow ? slowTo(speeds.down, speeds.up) : effects[chosen]?.[1];
  const set = (scope: RuleScope, wanted: NetworkEffect | null): void =>
    void session.capture.live("setRule", { scope, effect: wanted }).catch((problem: unknown) => session.refusals.tell((why) => say("live.no-rule", { why }), problem));
  const apply = (): void => {
    if (isPattern && effect !== undefined) set({ meets: "pattern", url: pattern.trim() }, effect);
  };
  return (
    <section aria-label={words("rules.network")}>
      <Form className="rules-network" onSubmit={apply}>
        <b>{words("rules.network")}</b>
        <input type="text" className="field rules-code" aria-label={words("rules.pattern")} placeholder={words("rules.pattern-example")} value={pattern} spellCheck={false} onChange={({ target }) => setPattern(target.value)} />
        <select className="field" aria-label={words("rules.condition")} value={chosen} onChange={({ target }) => setChosen(Number(target.value))}>
          {effects.map(([text], at) => (
            <option key={text} value={at}>
              {text}
            </option>
          ))}
          <option value={effects.length}>{words("rules.slow")}</option>
        </select>
        {isSlow &&
          (["down", "up"] as const).map((way) => (
            <label key={way}>
              {words(`rules.slow-${way}`)}
              <input type="number" className="field rules-speed" min={1} placeholder={words("rules.slow-no-limit")} value={speeds[way]} onChange={({ target }) => setSpeeds({ ...speeds, [way]: target.value })} />
            </label>
          ))}
        <Button name={words("rules.apply")} text={words("rules.apply")} look="plain" reason={pattern.trim() === "" ? words("rules.pattern-first") : !isPattern ? words("rules.no-pattern") : effect === undefined ? words("rules.speed-first") : null} isSubmit />
        <SpokenStatus className="rules-met" name={words("rules.met")} text={met !== null ? words("rules.meets", { n: met }) : pattern.trim() !== "" && !isPattern ? words("rules.no-pattern") : ""} />
      </Form>
      {rules.length > 0 && (
        <ul>
          {rules.map((rule) => (
            <li key={`${rule.meets} ${rule.url}`} ref={leavesKeyboardBeside} className="rules-one">
              <span className="rules-text">
                <span>
                  {describeNetworkRule(rule, words)}
                  <TimeLeft until={rule.until} />
                </span>
                {networkLimits(rule, words).map((limit) => (
                  <span key={limit} className="rules-limit">
                    {limit}
                  </span>
                ))}
              </span>
              <Button name={words("rules.lift", { rule: rule.url })} text={words("live.rules-lift")} look="plain" onClick={() => set(rule, null)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Bytes a second each way, as they are typed: nothing for no limit. Undefined: no such speeds, or no limit at all. */
function slowTo(down: string, up: string): NetworkEffect | undefined {
  const [a, b] = [readSpeed(down), readSpeed(up)];
  return a === undefined || b === undefined || (a === null && b === null) ? undefined : { type: "slow", down: a, up: b };
}

function readSpeed(text: string): number | null | undefined {
  const speed = Number(text);
  return text === "" ? null : Number.isFinite(speed) && speed >= 1 ? speed : undefined;
}

/** How many open connections a pattern meets; null where it is none. Asked for anew while it is shown: they come and go. */
function useMet(pattern: string): number | null {
  const session = useSession();
  const [met, setMet] = useState<{ readonly pattern: string; readonly connections: number } | null>(null);
  useEffect(() => {
    if (readUrlPattern(pattern) === undefined) return;
    let isCurrent = true;
    const ask = (): void =>
      void session.capture.live("countMet", { scope: { meets: "pattern", url: pattern } }).then(
        ({ connections }) => isCurrent && setMet({ pattern, connections }),
        () => undefined,
      );
    ask();
    const asking = setInterval(ask, 1000);
    return () => {
      isCurrent = false;
      clearInterval(asking);
    };
  }, [session, pattern]);
  return met?.pattern === pattern ? met.connections : null;
}
