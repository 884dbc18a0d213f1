import { ChevronUp, Pencil, Trash2 } from "lucide-react";
import type { MessageRule } from "../../model/message-rule.ts";
import type { RulesInForce } from "../../model/rules-in-force.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { Speaker } from "../../words/speaker.ts";
import { limitsOf } from "./rule-notes.ts";
import type { RulesStore } from "./rules-store.ts";

interface RuleLineProps {
  readonly rule: MessageRule;
  /** Undefined: it is off. */
  readonly state: RulesInForce["on"][number] | undefined;
  readonly isFirst: boolean;
  readonly store: RulesStore;
  readonly onEdit: () => void;
}

export function RuleLine({ rule, state, isFirst, store, onEdit }: RuleLineProps) {
  const { words, tell, figures } = useSpeaker();
  const { id, name } = rule;
  const applied = state?.applied ?? 0;
  return (
    <li ref={leavesKeyboardBeside} className="rules-one">
      <input type="checkbox" role="switch" className="rules-switch" aria-label={words("rules.on", { rule: name })} checked={state !== undefined} onChange={({ target }) => void store.turn(id, target.checked)} />
      <div className="rules-text">
        <span className="rules-title">{name}</span>
        <span className="rules-says" title={saysOf(rule, words)}>
          {rule.direction === "sent" ? "↑" : "↓"} {rule.filter === "" ? "*" : rule.filter} → {saysOf(rule, words)}
        </span>
        {limitsOf(rule, words).map((limit) => (
          <span key={limit} className="rules-limit">
            {limit}
          </span>
        ))}
        {state !== undefined && state.aside !== null && <span className="rules-aside">{tell(state.aside)}</span>}
        {state !== undefined && state.passed > 0 && <span className="rules-aside">{words("rules.passed", { n: state.passed })}</span>}
      </div>
      {applied > 0 && (
        <span className="rules-applied" title={words("rules.applied", { n: applied })}>
          {figures.count(applied)}
        </span>
      )}
      {!isFirst && <Button ref={leavesKeyboardBeside} name={words("rules.up", { rule: name })} icon={<ChevronUp />} onClick={() => void store.moveUp(id)} />}
      <Button name={words("rules.edit", { rule: name })} icon={<Pencil />} onClick={onEdit} />
      <Button name={words("rules.remove", { rule: name })} icon={<Trash2 />} onClick={() => void store.remove(id)} />
    </li>
  );
}

function saysOf({ action }: MessageRule, words: Speaker["words"]): string {
  switch (action.type) {
    case "drop":
      return words("rules.says-drop");
    case "hold":
      return words("rules.says-hold");
    case "edit":
      return words("rules.says-edit", { edits: action.edits.trim().split("\n").join(", ") });
    case "delay":
      return words("rules.says-delay", { ms: action.milliseconds });
    case "answer":
      return words("rules.says-answer", { text: action.text });
  }
}
