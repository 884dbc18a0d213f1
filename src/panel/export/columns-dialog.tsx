import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState, type FormEvent } from "react";
import { Button } from "../controls/button.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./secrets-dialog.css";

interface ColumnsDialogProps {
  /** The id of the format. */
  readonly format: string;
  /** Ids of all, in their order; they stand in the file as they are. */
  readonly columns: readonly string[];
  /** Those that are chosen at first. */
  readonly chosen: readonly string[];
}

/** Which columns a file has. Enter goes on. */
export function ColumnsDialog({ format, columns, chosen: before }: ColumnsDialogProps) {
  const { exports } = useSession();
  const { words } = useSpeaker();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(before));
  const name = useSelected(exports.forms, (forms) => forms.find((form) => form.format === format)?.name ?? format);

  function write(event: FormEvent): void {
    event.preventDefault();
    exports.answer(columns.filter((column) => chosen.has(column)));
  }

  function toggle(column: string): void {
    const next = new Set(chosen);
    if (!next.delete(column)) next.add(column);
    setChosen(next);
  }

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && exports.answer(null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="secrets-back" />
        <Dialog.Content className="secrets popup" onEscapeKeyDown={(event) => event.stopPropagation()}>
          <form onSubmit={write}>
            <div className="secrets-head">
              <Dialog.Title>{words("menu.export-title", { format: name })}</Dialog.Title>
              <Dialog.Close asChild>
                <Button name={words("menu.cancel")} icon={<X />} />
              </Dialog.Close>
            </div>
            <Dialog.Description className="secrets-about">{words("menu.export-columns-about")}</Dialog.Description>
            <fieldset className="secrets-columns">
              <legend className="spoken">{words("menu.export-columns-name")}</legend>
              {columns.map((column) => (
                <label key={column} className="secrets-kind">
                  <input type="checkbox" checked={chosen.has(column)} onChange={() => toggle(column)} />
                  <span className="secrets-name">{column}</span>
                </label>
              ))}
            </fieldset>
            <div className="secrets-foot">
              <span>
                <Button name={words("menu.export-columns-all")} text={words("menu.export-columns-all")} look="plain" onClick={() => setChosen(new Set(columns))} />
                <Button name={words("menu.export-columns-none")} text={words("menu.export-columns-none")} look="plain" onClick={() => setChosen(new Set())} />
              </span>
              <Button name={words("menu.cancel")} text={words("menu.cancel")} look="plain" onClick={() => exports.answer(null)} />
              <button type="submit" className="button secrets-write" autoFocus disabled={chosen.size === 0}>
                {words("bar.export")}
              </button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
