import { useRef, useState } from "react";
import { DEFAULT_SETTINGS } from "../../model/settings.ts";
import type { Told } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { toldBy } from "../told-by.ts";
import { exportSettings, importSettings, SETTINGS_TYPES } from "./settings-transfer.ts";

/** What can be done with all settings at once. */
export function SettingsActions() {
  const session = useSession();
  const { settings } = session;
  const { words, tell } = useSpeaker();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<Told | null>(null);
  const isDefault = useSelected(settings, (state) => JSON.stringify(state) === JSON.stringify(DEFAULT_SETTINGS));
  const imported = (file: File): Promise<void> => importSettings(session, file).then(() => setProblem(null), (error: unknown) => setProblem(toldBy(error)));
  return (
    <div className="settings-actions">
      <Button name={words("settings.reset")} text={words("settings.reset")} look="plain" reason={isDefault ? words("settings.reset-nothing") : null} title={words("settings.reset-about")} onClick={() => settings.change(DEFAULT_SETTINGS)} />
      <Button name={words("settings.export")} text={words("settings.export")} look="plain" title={words("settings.export-about")} onClick={() => exportSettings(session)} />
      <Button name={words("settings.import")} text={words("settings.import")} look="plain" onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        accept={SETTINGS_TYPES}
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
