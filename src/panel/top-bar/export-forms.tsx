import { DropdownMenu } from "radix-ui";
import { Fragment, useEffect } from "react";
import type { ExportForm } from "../../contract/files.ts";
import type { ChosenForm } from "../state/export-store.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

interface ExportFormsProps {
  readonly onChoose: (form: ChosenForm) => void;
}

/** The items of a menu that exports: every form there is. */
export function ExportForms({ onChoose }: ExportFormsProps) {
  const { words, tell } = useSpeaker();
  const { exports } = useSession();
  const forms = useSelected(exports.forms, (all) => all);
  useEffect(() => exports.askForms(), [exports]);
  return forms.map(({ format, name, sensitive, columns }: ExportForm) => {
    const id = `export-${format}-${sensitive === true ? "sensitive" : "sanitised"}`;
    return (
      <Fragment key={id}>
        <DropdownMenu.Item
          className="menu-item menu-indented"
          aria-describedby={sensitive === null ? undefined : id}
          onSelect={() => onChoose({ format, sensitive: sensitive === true })}
        >
          {sensitive === true ? words("bar.export-sensitive", { format: name }) : tell(name)}
        </DropdownMenu.Item>
        {columns !== undefined && (
          <DropdownMenu.Item className="menu-item menu-indented" onSelect={() => onChoose({ format, sensitive: sensitive === true, choosesColumns: true })}>
            {words("menu.export-columns", { format: name })}
          </DropdownMenu.Item>
        )}
        {sensitive !== null && (
          <DropdownMenu.Label className="menu-about" id={id}>
            {words(sensitive ? "bar.export-sensitive-about" : "bar.export-sanitised-about")}
          </DropdownMenu.Label>
        )}
      </Fragment>
    );
  });
}
