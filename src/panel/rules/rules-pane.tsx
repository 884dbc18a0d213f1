import { Download, Plus, Upload, X } from "lucide-react";
import { use, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { newRule } from "../../model/message-rule.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside, leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { HeldMessages } from "./held-messages.tsx";
import { NetworkForm } from "./network-form.tsx";
import { RuleForm } from "./rule-form.tsx";
import { RuleLine } from "./rule-line.tsx";
import { RulesStore } from "./rules-store.ts";
import "./rules.css";

/** The user's message rules: which there are, which are on, what they did, and what waits. */
export function RulesPane() {
  const session = useSession();
  const { words, tell, whole } = useSpeaker();
  use(whole());
  const [store] = useState(() => new RulesStore(session));
  useEffect(() => store.begin(), [store]);
  useEffect(() => () => session.editedRule.setState(null, true), [session]);
  const { rules } = useStore(store.kept.store);
  const { told } = useStore(store.told);
  const { on, held, waiting, awaited, sentOnly, beyond, refused } = useStore(session.messageRules);
  const edited = useStore(session.editedRule);
  const edit = (rule: typeof edited): void => session.editedRule.setState(rule, true);
  const file = useRef<HTMLInputElement>(null);
  const load = async (chosen: File | undefined): Promise<void> => {
    if (chosen !== undefined) await store.importFile(await chosen.text());
  };
  return (
    <section ref={leavesKeyboardToTable} className="rules" aria-label={words("rules.name")}>
      <div className="rules-bar">
        <b>{words("rules.name")}</b>
        <span className="rules-about">{words("rules.about")}</span>
        <span className="rules-space" />
        <Button name={words("rules.new")} text={words("rules.new")} icon={<Plus />} onClick={() => edit(newRule(crypto.randomUUID(), words("rules.untitled", { n: rules.length + 1 }), "received", ""))} />
        <Button name={words("rules.import")} text={words("rules.import-short")} title={words("rules.import")} className="rules-file" icon={<Upload />} onClick={() => file.current?.click()} />
        <Button name={words("rules.export")} text={words("rules.export-short")} title={words("rules.export")} className="rules-file" icon={<Download />} reason={rules.length === 0 ? words("rules.export-none") : null} onClick={() => saveText(store.exportText())} />
        <Button name={words("rules.hide")} icon={<X />} onClick={() => session.areRulesOpen.setState(false, true)} />
        <input
          ref={file}
          type="file"
          accept=".json,application/json"
          hidden
          onChange={({ target }) => {
            void load(target.files?.[0]);
            // The same file can be chosen again.
            target.value = "";
          }}
        />
      </div>
      {edited === null ? (
        <>
          <div className="rules-body">
            {rules.length === 0 && <p>{words("rules.none")}</p>}
            <ul>
              {rules.map((rule, at) => (
                <RuleLine key={rule.id} rule={rule} state={on.find(({ id }) => id === rule.id)} isFirst={at === 0} store={store} onEdit={() => edit(rule)} />
              ))}
            </ul>
          </div>
          {/* What comes and goes moves no rule. */}
          <div className="rules-body rules-foot">
            <HeldMessages held={held} waiting={waiting} store={store} />
            {(awaited > 0 || sentOnly > 0 || beyond > 0 || refused !== null) && (
              <p ref={leavesKeyboardBeside} role="status" aria-label={words("rules.reach")}>
                {awaited > 0 && <span>{words("rules.awaited", { n: awaited })}</span>}
                {sentOnly > 0 && <span>{words("rules.sent-only", { n: sentOnly })}</span>}
                {beyond > 0 && <span>{words("rules.beyond", { n: beyond })}</span>}
                {refused !== null && <span>{tell(refused)}</span>}
                <Button name={words("rules.reload")} text={words("rules.reload")} look="plain" onClick={() => session.capture.reloadPage()} />
              </p>
            )}
            {told !== null && <p role="alert">{tell(told)}</p>}
            <NetworkForm />
          </div>
        </>
      ) : (
        <RuleForm key={edited.id} rule={edited} store={store} onDone={() => edit(null)} />
      )}
    </section>
  );
}

function saveText(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "framescope-rules.json";
  link.click();
  // The click has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 30_000);
}
