import { DropdownMenu } from "radix-ui";
import { useEffect, useState } from "react";
import type { ExportScope } from "../../contract/files.ts";
import { epochMilliseconds } from "../../model/units.ts";
import { MenuEntries } from "../context-menu/menu-entries.tsx";
import { askSnippets, connectionCopyAs, snippetChoices } from "../context-menu/snippet-entries.ts";
import { Menu, MenuCheck } from "../controls/popup.tsx";
import type { PanelSession } from "../state/panel-session.ts";
import { countPlaces } from "../state/place-ranges.ts";
import { useCount, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { TimelineClock } from "../timeline/timeline-clock.ts";
import { ExportButton } from "./export-button.tsx";
import { ExportForms } from "./export-forms.tsx";

export function ExportMenu({ isOpenAtFirst }: { readonly isOpenAtFirst: boolean }) {
  const session = useSession();
  const [scope, setScope] = useState<ScopeName>("all");
  const isWriting = useSelected(session.exports, ({ state }) => state === "writing");
  return (
    <Menu trigger={<ExportButton isBusy={isWriting} />} isOpenAtFirst={isOpenAtFirst} container={document.querySelector("main")}>
      <ExportEntries scope={scope} onChange={setScope} />
    </Menu>
  );
}

function ExportEntries({ scope, onChange }: Omit<ScopeChoiceProps, "time">) {
  const session = useSession();
  const time = useChosenTime();
  // The filter may have none any more.
  const chosen = scope === "time" && time === null ? "all" : scope;
  return (
    <>
      <ScopeChoice scope={chosen} time={time} onChange={onChange} />
      <DropdownMenu.Separator className="menu-separator" />
      <ExportForms onChoose={(form) => void session.exports.run({ ...form, scope: chosen === "time" ? (time ?? "all") : scopeOf(chosen, session) })} />
      <DropdownMenu.Separator className="menu-separator" />
      <AsScript />
    </>
  );
}

/** The connection chosen as a script, which is looked for here too; or how to have one. */
function AsScript() {
  const session = useSession();
  const speaker = useSpeaker();
  const { words } = speaker;
  const row = useSelected(session.connections, ({ list }) => list.chosen?.row);
  useSelected(snippetChoices, (state) => state);
  useEffect(() => askSnippets(session), [session]);
  const entries = row === undefined ? [] : connectionCopyAs({ session, speaker, target: { type: "connection", row }, from: null });
  return (
    <DropdownMenu.Group className="export-script">
      <MenuEntries entries={entries} />
      <DropdownMenu.Label className="menu-about">{words(entries.length === 0 ? "bar.export-no-script" : "bar.export-script")}</DropdownMenu.Label>
    </DropdownMenu.Group>
  );
}

type TimeSpan = Extract<ExportScope, { readonly from: unknown }>;

/** What the filter's own condition on time leaves, as it is when the menu opens; null where it has none, or the time of day is not known. */
function useChosenTime(): TimeSpan | null {
  const { engine } = useSession();
  const [time, setTime] = useState<TimeSpan | null>(null);
  useEffect(() => {
    engine.call("timeline", { range: null, buckets: 1 }).then(
      (view) => {
        if (view === null || view.window === null) return;
        const clock = new TimelineClock(view);
        const [from, to] = [clock.epochOf(view.window.from), clock.epochOf(view.window.to)];
        if (from !== undefined && to !== undefined) setTime({ from: epochMilliseconds(from), to: epochMilliseconds(to) });
      },
      // The menu is whole without it.
      () => undefined,
    );
  }, [engine]);
  return time;
}

type ScopeName = "all" | "shown" | "selected" | "connection" | "time";

/** The selection as it is when the export begins; without one, what is shown. */
function scopeOf(name: Exclude<ScopeName, "time">, { selection, scope }: PanelSession): ExportScope {
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
  readonly time: TimeSpan | null;
  readonly onChange: (scope: ScopeName) => void;
}

function ScopeChoice({ scope, time, onChange }: ScopeChoiceProps) {
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
    ...(time === null ? [] : [["time", words("menu.export-time"), null] as const]),
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
