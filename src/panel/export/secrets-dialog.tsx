import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useId, useState, type FormEvent } from "react";
import type { FoundSecrets } from "../../contract/files.ts";
import { Button } from "../controls/button.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./secrets-dialog.css";

interface SecretsDialogProps {
  /** The id of the format. */
  readonly format: string;
  readonly found: readonly FoundSecrets[];
}

/** Which of the secrets that were found are masked: all, unless the user says otherwise. Enter writes the file. */
export function SecretsDialog({ format, found }: SecretsDialogProps) {
  const { exports } = useSession();
  const { words, tell } = useSpeaker();
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const name = useSelected(exports.forms, (forms) => forms.find((form) => form.format === format)?.name ?? format);
  const title = words("menu.export-title", { format: name });

  function write(event: FormEvent): void {
    event.preventDefault();
    exports.answer([...kept]);
  }

  function toggle(kind: string): void {
    const next = new Set(kept);
    if (!next.delete(kind)) next.add(kind);
    setKept(next);
  }

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && exports.answer(null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="secrets-back" />
        <Dialog.Content className="secrets popup" onEscapeKeyDown={(event) => event.stopPropagation()}>
          <form onSubmit={write}>
            <div className="secrets-head">
              <Dialog.Title>{title}</Dialog.Title>
              <Dialog.Close asChild>
                <Button name={words("menu.cancel")} icon={<X />} />
              </Dialog.Close>
            </div>
            <Dialog.Description className="secrets-about">{words("menu.export-found")}</Dialog.Description>
            <fieldset>
              <legend className="spoken">{words("menu.export-mask")}</legend>
              {found.map((secrets) => (
                <Kind key={secrets.kind} secrets={secrets} isMasked={!kept.has(secrets.kind)} onToggle={() => toggle(secrets.kind)} />
              ))}
            </fieldset>
            <div className="secrets-foot">
              <span role="status" className={kept.size === 0 ? "" : "secrets-warning"}>
                {kept.size === 0 ? "" : words("menu.export-kept", { kinds: found.filter(({ kind }) => kept.has(kind)).map((secrets) => tell(secrets.name)) })}
              </span>
              <Button name={words("menu.cancel")} text={words("menu.cancel")} look="plain" onClick={() => exports.answer(null)} />
              <button type="submit" className="button secrets-write" autoFocus>
                {words("bar.export")}
              </button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface KindProps {
  readonly secrets: FoundSecrets;
  readonly isMasked: boolean;
  readonly onToggle: () => void;
}

function Kind({ secrets: { name, found, distinct }, isMasked, onToggle }: KindProps) {
  const { words, tell } = useSpeaker();
  const about = useId();
  return (
    <label className="secrets-kind">
      <input type="checkbox" checked={isMasked} onChange={onToggle} aria-label={tell(name)} aria-describedby={about} />
      <span className="secrets-name">{tell(name)}</span>
      <span className="secrets-count" id={about}>
        {words("menu.export-count", { n: found, different: distinct })}
      </span>
    </label>
  );
}
