import { use } from "react";
import type { RulesInForce } from "../../model/rules-in-force.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { useSpoken } from "../controls/spoken-status.tsx";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { turnOffMessageRules } from "./end-rules.ts";

/** That rules are on, or are being turned on or off, and what waits for the user; always on view while it is so. */
export function RulesStatus({ rules: { isSettling, on, waiting } }: { readonly rules: RulesInForce }) {
  const session = useSession();
  const { words, whole } = useSpeaker();
  use(whole());
  const text = `${isSettling ? words(on.length === 0 ? "rules.turning-off" : "rules.applying") : words("rules.on-count", { n: on.length })}${waiting > 0 ? ` · ${words("rules.waiting", { n: waiting })}` : ""}`;
  useSpoken(text);
  return (
    <span ref={leavesKeyboardToTable} className="status-warning" role="status" aria-live="off" aria-label={words("rules.status")}>
      {text}
      <Button name={words("rules.show")} text={words("rules.show")} onClick={() => session.areRulesOpen.setState(true, true)} />
      <Button name={words("rules.all-off")} text={words("rules.all-off")} onClick={() => turnOffMessageRules(session)} />
    </span>
  );
}
