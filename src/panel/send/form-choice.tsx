import { FileUp } from "lucide-react";
import { useRef } from "react";
import { useStore } from "zustand";
import { Button } from "../controls/button.tsx";
import { useSpeaker } from "../state/speaker-context.ts";
import type { Draft } from "./draft.ts";
import type { SendStore } from "./send-store.ts";

const TYPED = ["text", "hex", "base64"] as const;

/** How what is typed is meant, and a file in its place. */
export function FormChoice({ store }: { readonly store: SendStore }) {
  const { words } = useSpeaker();
  const { draft } = useStore(store.store);
  const file = useRef<HTMLInputElement>(null);
  const choose = (form: string): void => {
    const typed = TYPED.find((one) => one === form);
    if (typed !== undefined) store.write({ form: typed, text: draft.form === "file" ? "" : draft.text });
  };
  return (
    <>
      <select className="field send-choice" aria-label={words("live.format")} value={draft.form} onChange={({ target }) => choose(target.value)}>
        {TYPED.map((form) => (
          <option key={form} value={form}>
            {words(`live.form-${form}`)}
          </option>
        ))}
        <OwnForm draft={draft} />
      </select>
      <input
        ref={file}
        type="file"
        hidden
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen !== undefined) void store.takeFile(chosen);
          // The same file can be chosen again.
          target.value = "";
        }}
      />
      <Button name={words("live.file")} text={words("live.file-short")} icon={<FileUp />} onClick={() => file.current?.click()} />
    </>
  );
}

function OwnForm({ draft }: { readonly draft: Draft }) {
  const { words } = useSpeaker();
  if (draft.form === "value") return <option value="value">{words("live.form-value", { decoder: draft.decoder })}</option>;
  return draft.form === "file" ? <option value="file">{words("live.form-file", { name: draft.name })}</option> : null;
}
