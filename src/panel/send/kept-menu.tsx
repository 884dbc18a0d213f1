import { Clock, Trash2 } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { FieldForm } from "../controls/field-form.tsx";
import { Popup } from "../controls/popup.tsx";
import { useSpeaker } from "../state/speaker-context.ts";
import type { KeptMessage } from "./kept-messages.ts";
import type { SendStore } from "./send-store.ts";
import { templateProblem, tellReason } from "./why-not.ts";

const SHOWN = 120;

/** Messages that were sent before, and templates. */
export function KeptMenu({ store }: { readonly store: SendStore }) {
  const { words, tell } = useSpeaker();
  const { history, templates } = useStore(store.kept.store);
  const { draft } = useStore(store.store);
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const use = (message: KeptMessage): void => {
    store.replace(message);
    setOpen(false);
  };
  const save = (): void => {
    store.saveTemplate(name);
    setName("");
  };
  return (
    <Popup
      trigger={<Button name={words("live.kept")} text={words("live.kept")} icon={<Clock />} title={words("live.kept-about")} />}
      isOpen={isOpen}
      onOpenChange={setOpen}
      side="top"
      className="send-kept"
      aria-label={words("live.kept")}
    >
      <FieldForm name={words("live.template-name")} maxLength={60} value={name} onChange={setName} take={{ name: words("live.save-template"), reason: tellReason(templateProblem(draft), tell) }} onTake={save} />
      {templates.length > 0 && (
        <>
          <h2>{words("live.templates")}</h2>
          <ul>
            {templates.map((template) => (
              <li key={template.name} ref={leavesKeyboardBeside}>
                <button type="button" className="send-kept-one" title={template.text.slice(0, SHOWN)} onClick={() => use({ form: template.form, text: template.text })}>
                  {template.name}
                </button>
                <Button name={words("live.remove-template", { name: template.name })} icon={<Trash2 />} onClick={() => store.removeTemplate(template.name)} />
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>{words("live.sent-before")}</h2>
      {history.length === 0 ? (
        <p>{words("live.kept-none")}</p>
      ) : (
        <ul>
          {history.map((message) => (
            <li key={`${message.form} ${message.text}`}>
              <button type="button" className="send-kept-one send-kept-text" onClick={() => use(message)}>
                {message.text.slice(0, SHOWN)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Popup>
  );
}
