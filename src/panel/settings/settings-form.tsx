import { useId, type ReactNode } from "react";
import { CONNECTION_GROUPINGS, KEPT_CAPTURES, KEPT_SIZE, MEMORY_BUDGET } from "../../model/settings.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { DecoderSettings } from "./decoder-settings.tsx";
import { CheckSetting, ChoiceSetting, LanguageSetting, NumberSetting } from "./setting-fields.tsx";
import { SettingsActions } from "./settings-actions.tsx";

/** All settings, by what they are about. */
export function SettingsForm() {
  const { settings } = useSession();
  const { words } = useSpeaker();
  const { language, groupConnections, keepLog, captureWithDevTools, capturePopups, observeClosings, memoryBudget, keptCaptures, keptSize } = useSelected(settings, (state) => state);
  return (
    <>
      <SettingsGroup name={words("settings.group-panel")}>
        <LanguageSetting value={language} onChange={(value) => settings.change({ language: value })} />
        <ChoiceSetting
          name={words("settings.group-by")}
          choices={CONNECTION_GROUPINGS.map((value) => ({ value, name: words(`settings.group-by-${value}`) }))}
          value={groupConnections}
          onChange={(value) => settings.change({ groupConnections: value })}
        />
      </SettingsGroup>
      <SettingsGroup name={words("settings.group-capture")}>
        <CheckSetting name={words("settings.preserve-log")} about={words("settings.preserve-log-about")} isOn={keepLog} onChange={(on) => settings.change({ keepLog: on })} />
        <CheckSetting
          name={words("settings.with-devtools")}
          about={words("settings.with-devtools-about")}
          isOn={captureWithDevTools}
          onChange={(on) => settings.change({ captureWithDevTools: on })}
        />
        <CheckSetting name={words("settings.popups")} about={words("settings.popups-about")} isOn={capturePopups} onChange={(on) => settings.change({ capturePopups: on })} />
        <CheckSetting
          name={words("settings.close-codes")}
          about={words("settings.close-codes-about")}
          isOn={observeClosings}
          onChange={(on) => settings.change({ observeClosings: on })}
        />
      </SettingsGroup>
      <SettingsGroup name={words("settings.group-storage")}>
        <NumberSetting
          name={words("settings.memory")}
          unit={words("settings.mebibytes")}
          about={words("settings.memory-about", MEMORY_BUDGET)}
          range={MEMORY_BUDGET}
          step={16}
          value={memoryBudget}
          onChange={(value) => settings.change({ memoryBudget: value })}
        />
        <NumberSetting
          name={words("settings.kept")}
          unit=""
          about={words("settings.kept-about", KEPT_CAPTURES)}
          range={KEPT_CAPTURES}
          step={1}
          value={keptCaptures}
          onChange={(value) => settings.change({ keptCaptures: value })}
        />
        <NumberSetting
          name={words("settings.disk")}
          unit={words("settings.mebibytes")}
          about={words("settings.disk-about", KEPT_SIZE)}
          range={KEPT_SIZE}
          step={1}
          value={keptSize}
          onChange={(value) => settings.change({ keptSize: value })}
        />
      </SettingsGroup>
      <SettingsGroup name={words("own.group")}>
        <DecoderSettings />
      </SettingsGroup>
      <SettingsActions />
    </>
  );
}

function SettingsGroup({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="settings-group" aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      {children}
    </section>
  );
}
