import { useEffect, useRef, useState, type ReactNode } from "react";
import { LONGEST_DELAY, RULE_ACTIONS, type MessageRule, type RuleAction } from "../../model/message-rule.ts";
import type { Told } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { Form } from "../controls/form.tsx";
import { useSpeaker } from "../state/speaker-context.ts";
import { noticeOf, readsLabels } from "./rule-notes.ts";
import type { RulesStore } from "./rules-store.ts";

interface RuleFormProps {
  readonly rule: MessageRule;
  readonly store: RulesStore;
  readonly onDone: () => void;
}

/** What is typed into each kind of action stays there while one tries another. */
const EMPTY = {
  drop: { type: "drop" },
  hold: { type: "hold" },
  edit: { type: "edit", edits: "" },
  delay: { type: "delay", milliseconds: 1000 },
  answer: { type: "answer", text: "", instead: true },
} as const satisfies { readonly [Type in RuleAction["type"]]: RuleAction };

/** One rule as it is written. */
export function RuleForm({ rule, store, onDone }: RuleFormProps) {
  const { words, tell } = useSpeaker();
  const [draft, setDraft] = useState(rule);
  const [actions, setActions] = useState<Readonly<Record<RuleAction["type"], RuleAction>>>({ ...EMPTY, [rule.action.type]: rule.action });
  const [problem, setProblem] = useState<Told | null>(null);
  const { action, direction } = draft;
  const filter = useRef<HTMLInputElement>(null);
  useEffect(() => filter.current?.focus(), []);
  const change = (part: Partial<MessageRule>): void => setDraft({ ...draft, ...part });
  const act = (next: RuleAction): void => {
    setActions({ ...actions, [next.type]: next });
    // An answer is given to what the page sends.
    change({ action: next, ...(next.type === "answer" && { direction: "sent" }) });
  };
  useEffect(() => {
    let isCurrent = true;
    void store.check(draft).then((told) => {
      if (isCurrent) setProblem(told);
    });
    return () => {
      isCurrent = false;
    };
  }, [store, draft]);
  const save = async (): Promise<void> => {
    if ((await store.check(draft)) !== null) return;
    await store.save(draft);
    onDone();
  };
  return (
    <Form className="rules-body rules-form" onSubmit={() => void save()}>
      <Field name={words("rules.title")}>
        <input className="field" type="text" value={draft.name} maxLength={80} onChange={({ target }) => change({ name: target.value })} />
      </Field>
      <Field name={words("rules.direction")}>
        <select className="field" value={direction} onChange={({ target }) => change({ direction: target.value === "sent" ? "sent" : "received" })}>
          {action.type !== "answer" && <option value="received">{words("rules.received")}</option>}
          <option value="sent">{words("rules.sent")}</option>
        </select>
      </Field>
      <Field name={words("rules.filter")} isWide>
        <input ref={filter} type="text" className="field rules-code" value={draft.filter} spellCheck={false} placeholder={words("rules.filter-example")} onChange={({ target }) => change({ filter: target.value })} />
      </Field>
      <Field name={words("rules.action")}>
        <select className="field" value={action.type} onChange={({ target }) => act(actions[RULE_ACTIONS.find((one) => one === target.value) ?? "drop"])}>
          {RULE_ACTIONS.map((type) => (
            <option key={type} value={type}>
              {words(`rules.do-${type}`)}
            </option>
          ))}
        </select>
      </Field>
      {action.type === "edit" && (
        <Field name={words("rules.edits")}>
          <textarea className="field rules-code" rows={2} value={action.edits} spellCheck={false} placeholder={words("rules.edits-example")} onChange={({ target }) => act({ type: "edit", edits: target.value })} />
        </Field>
      )}
      {action.type === "delay" && (
        <Field name={words("rules.milliseconds")}>
          <input className="field" type="number" min={0} max={LONGEST_DELAY} value={action.milliseconds} onChange={({ target }) => act({ type: "delay", milliseconds: Math.min(LONGEST_DELAY, Math.max(0, Number(target.value))) })} />
        </Field>
      )}
      {action.type === "answer" && (
        <>
          <Field name={words("rules.answer")}>
            <textarea className="field rules-code" rows={2} value={action.text} spellCheck={false} placeholder={words("rules.answer-example")} onChange={({ target }) => act({ ...action, text: target.value })} />
          </Field>
          <label className="rules-check">
            <input type="checkbox" checked={!action.instead} onChange={({ target }) => act({ ...action, instead: !target.checked })} />
            {words("rules.also-send")}
          </label>
        </>
      )}
      <Field name={words("rules.most")}>
        <input className="field" type="number" min={1} value={draft.most ?? ""} placeholder={words("rules.most-example")} onChange={({ target }) => change({ most: target.value === "" ? null : Math.max(1, Math.floor(Number(target.value))) })} />
      </Field>
      {[noticeOf(draft, words), ...(readsLabels(draft.filter) ? [words("rules.note-label")] : [])].map((note) => (
        <p key={note}>{note}</p>
      ))}
      {/* While nothing is written yet, it is what to do, and no fault. */}
      {problem !== null && <p role={draft === rule ? undefined : "alert"}>{tell(problem)}</p>}
      <div ref={leavesKeyboardBeside} className="rules-buttons">
        <Button name={words("rules.save")} text={words("rules.save")} look="plain" className="send-button" reason={problem === null ? null : tell(problem)} isSubmit />
        <Button name={words("rules.cancel")} text={words("rules.cancel")} look="plain" onClick={onDone} />
      </div>
    </Form>
  );
}

/** `isWide`: a line of its own. */
function Field({ name, isWide = false, children }: { readonly name: string; readonly isWide?: boolean; readonly children: ReactNode }) {
  return (
    <label className={isWide ? "rules-wide" : ""}>
      <span>{name}</span>
      {children}
    </label>
  );
}
