import { Braces, Trash2 } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { isVariableName, MOST_VARIABLES } from "../../replay/transcript.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { FieldForm } from "../controls/field-form.tsx";
import { Popup } from "../controls/popup.tsx";
import { useSpeaker } from "../state/speaker-context.ts";
import type { TranscriptStore } from "./transcript-store.ts";

/** Values that the user gives a name. */
export function VariablesMenu({ store }: { readonly store: TranscriptStore }) {
  const { words } = useSpeaker();
  const { transcript, progress } = useStore(store.store);
  const [name, setName] = useState("");
  const variables = transcript?.variables ?? [];
  const isOdd = name !== "" && (!isVariableName(name) || variables.some((one) => one.name === name));
  const add = (): void => {
    store.setVariables([...variables, { name, value: "", isSecret: false }]);
    setName("");
  };
  const change = (place: number, part: { readonly value?: string; readonly isSecret?: boolean }): void => store.setVariables(variables.map((one, i) => (i === place ? { ...one, ...part } : one)));
  return (
    <Popup trigger={<Button name={words("replay.variables")} text={words("replay.variables")} icon={<Braces />} reason={progress === null ? null : words("replay.runs")} />} side="top" className="send-kept" aria-label={words("replay.variables")}>
      <FieldForm name={words("replay.variable")} maxLength={60} spellCheck={false} value={name} aria-invalid={isOdd} onChange={(typed) => setName(typed.trim())} take={{ name: words("replay.add-variable"), reason: variables.length >= MOST_VARIABLES ? words("replay.most-variables", { most: MOST_VARIABLES }) : name === "" ? words("replay.name-first") : isOdd ? words("replay.variable-name") : null }} onTake={add} />
      {isOdd && <p role="alert">{words("replay.variable-name")}</p>}
      <ul>
        {variables.map((one, place) => (
          <li key={one.name} ref={leavesKeyboardBeside} className="send-variable">
            <code>{one.name}</code>
            <input
              className="field"
              type={one.isSecret ? "password" : "text"}
              autoComplete="off"
              spellCheck={false}
              aria-label={`${words("replay.value")} ${one.name}`}
              placeholder={words("replay.value")}
              value={one.value}
              onChange={({ target }) => change(place, { value: target.value })}
            />
            <label>
              <input type="checkbox" checked={one.isSecret} onChange={({ target }) => change(place, { isSecret: target.checked })} />
              {words("replay.secret")}
            </label>
            <Button name={words("replay.remove-variable", { name: one.name })} icon={<Trash2 />} onClick={() => store.setVariables(variables.toSpliced(place, 1))} />
          </li>
        ))}
      </ul>
      <p>{words("replay.variables-about")}</p>
    </Popup>
  );
}
