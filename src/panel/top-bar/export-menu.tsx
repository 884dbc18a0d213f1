import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import type { ExportScope } from "../../contract/files.ts";
import { Menu, MenuCheck } from "../controls/popup.tsx";
import type { PanelSession } from "../state/panel-session.ts";
import { countPlaces } from "../state/place-ranges.ts";
import { useCount, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { ExportButton } from "./export-button.tsx";
import { ExportForms } from "./export-forms.tsx";

export function ExportMenu({ isOpenAtFirst }: { readonly isOpenAtFirst: boolean }) {
  const session = useSession();
  const [scope, setScope] = useState<ScopeName>("all");
  const isWriting = useSelected(session.exports, ({ state }) => state === "writing");
  return (
    <Menu trigger={<ExportButton disabled={isWriting} />} isOpenAtFirst={isOpenAtFirst}>
      <ScopeChoice scope={scope} onChange={setScope} />
      <DropdownMenu.Separator className="menu-separator" />
      <ExportForms onChoose={(form) => void session.exports.run({ ...form, scope: scopeOf(scope, session) })} />
    </Menu>
  );
}

type ScopeName = "all" | "shown" | "selected" | "connection";

/** The selection as it is when the export begins; without one, what is shown. */
function scopeOf(name: ScopeName, { selection, scope }: PanelSession): ExportScope {
  if (name === "connection") {
    const { connection } = scope.store.getState();
    return connection === null ? "shown" : { connection };
  }
  if (name !== "selected") return name;
  const { ranges } = selection.store.getState();
  return ranges.length === 0 ? "shown" : { places: ranges };
}

interface ScopeChoiceProps {
  readonly scope: ScopeName;
  readonly onChange: (scope: ScopeName) => void;
}

function ScopeChoice({ scope, onChange }: ScopeChoiceProps) {
  const session = useSession();
  const { words, figures } = useSpeaker();
  const frames = useCount((changed) => changed.frames, 0);
  const matches = useCount((changed) => changed.matches, 0);
  const selected = useSelected(session.selection, ({ ranges }) => countPlaces(ranges));
  const connection = useSelected(session.scope, (now) => now.connection);
  // Of the connection, the number stands in the list.
  const choices: readonly (readonly [ScopeName, string, number | null])[] = [
    ["all", words("bar.export-all"), frames],
    ["shown", words("bar.export-shown"), matches],
    ["selected", words("bar.export-selected"), selected],
    ...(connection === null ? [] : [["connection", words("menu.export-connection"), null] as const]),
  ];
  return (
    <DropdownMenu.RadioGroup value={scope} onValueChange={(value) => onChange(value as ScopeName)}>
      {choices.map(([value, name, count]) => (
        <DropdownMenu.RadioItem
          key={value}
          value={value}
          className="menu-item"
          disabled={value === "selected" && count === 0}
          // A choice keeps the menu open: the format is chosen next.
          onSelect={(event) => event.preventDefault()}
        >
          <MenuCheck />
          <span>{name}</span>
          <span className="menu-count">{count === null ? "" : figures.count(count)}</span>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
