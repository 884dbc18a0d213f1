import { useState } from "react";
import { Button } from "../controls/button.tsx";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { ExportDialog, toggled } from "./export-dialog.tsx";

interface ColumnsDialogProps {
  /** The id of the format. */
  readonly format: string;
  /** Ids of all, in their order; they stand in the file as they are. */
  readonly columns: readonly string[];
  /** Those that are chosen at first. */
  readonly chosen: readonly string[];
}

/** Which columns a file has. */
export function ColumnsDialog({ format, columns, chosen: before }: ColumnsDialogProps) {
  const { exports } = useSession();
  const { words } = useSpeaker();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(before));
  const foot = (
    <span>
      <Button name={words("menu.export-columns-all")} text={words("menu.export-columns-all")} look="plain" onClick={() => setChosen(new Set(columns))} />
      <Button name={words("menu.export-columns-none")} text={words("menu.export-columns-none")} look="plain" onClick={() => setChosen(new Set())} />
    </span>
  );
  return (
    <ExportDialog format={format} about={words("menu.export-columns-about")} foot={foot} reason={chosen.size === 0 ? words("menu.export-columns-first") : null} onGoOn={() => exports.answer(columns.filter((column) => chosen.has(column)))}>
      <fieldset className="secrets-columns">
        <legend className="spoken">{words("menu.export-columns-name")}</legend>
        {columns.map((column) => (
          <label key={column} className="secrets-kind">
            <input type="checkbox" checked={chosen.has(column)} onChange={() => setChosen(toggled(chosen, column))} />
            <span className="secrets-name">{column}</span>
          </label>
        ))}
      </fieldset>
    </ExportDialog>
  );
}
