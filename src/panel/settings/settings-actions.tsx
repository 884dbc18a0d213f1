import { useRef, useState } from "react";
import { DEFAULT_SETTINGS } from "../../model/settings.ts";
import type { Told } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { saveText } from "../save-file.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { viewsOf } from "../state/views-store.ts";
import { toldBy } from "../told-by.ts";
import { readSettingsFile, SETTINGS_FILE, writeSettingsFile } from "./settings-file.ts";

/** What can be done with all settings at once. */
export function SettingsActions() {
  const session = useSession();
  const { settings, filters, columns } = session;
  const views = viewsOf(session);
  const { words, tell } = useSpeaker();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<Told | null>(null);
  const isDefault = useSelected(settings, (state) => JSON.stringify(state) === JSON.stringify(DEFAULT_SETTINGS));
  const exported = (): void =>
    saveText(SETTINGS_FILE, "application/json", writeSettingsFile({ settings: settings.store.getState(), filters: filters.store.getState(), columns: columns.store.getState(), views: views.store.getState() }));
  const imported = async (file: File): Promise<void> => {
    try {
      const read = readSettingsFile(await file.text());
      if (read.settings !== undefined) settings.change(read.settings);
      if (read.filters !== undefined) filters.replace(read.filters);
      if (read.columns !== undefined) columns.change(read.columns);
      if (read.views !== undefined) views.replace(read.views);
      setProblem(null);
    } catch (error) {
      setProblem(toldBy(error));
    }
  };
  return (
    <div className="settings-actions">
      <Button name={words("settings.reset")} text={words("settings.reset")} look="plain" disabled={isDefault} title={words(isDefault ? "settings.reset-nothing" : "settings.reset-about")} onClick={() => settings.change(DEFAULT_SETTINGS)} />
      <Button name={words("settings.export")} text={words("settings.export")} look="plain" title={words("settings.export-about")} onClick={exported} />
      <Button name={words("settings.import")} text={words("settings.import")} look="plain" onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file !== undefined) void imported(file);
          // The same file, chosen again, is another change.
          currentTarget.value = "";
        }}
      />
      {problem !== null && (
        <p role="alert" className="settings-problem">
          {tell(problem)}
        </p>
      )}
    </div>
  );
}
