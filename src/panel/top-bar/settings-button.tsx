import { Settings as SettingsIcon } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "../controls/button.tsx";
import { Popup } from "../controls/popup.tsx";
import { AUTO_LANGUAGE, KEPT_CAPTURES, KEPT_SIZE, MEMORY_BUDGET } from "../../model/settings.ts";
import { LANGUAGES } from "../../words/languages.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

export function SettingsButton({ isOpenAtFirst }: { readonly isOpenAtFirst: boolean }) {
  const { words } = useSpeaker();
  return (
    <Popup
      trigger={<Button name={words("bar.settings")} icon={<SettingsIcon />} />}
      isOpenAtFirst={isOpenAtFirst}
      className="settings"
      aria-label={words("bar.settings")}
      // The form goes before its box would lose the focus, and with it what was typed.
      onInteractOutside={() => document.activeElement instanceof HTMLInputElement && document.activeElement.blur()}
    >
      <SettingsForm />
    </Popup>
  );
}

function SettingsForm() {
  const { settings } = useSession();
  const { words } = useSpeaker();
  const { language, keepLog, captureWithDevTools, capturePopups, observeClosings, memoryBudget, keptCaptures, keptSize } = useSelected(settings, (state) => state);
  return (
    <>
      <LanguageSetting value={language} onChange={(value) => settings.change({ language: value })} />
      <CheckSetting
        name={words("settings.preserve-log")}
        about={words("settings.preserve-log-about")}
        isOn={keepLog}
        onChange={(on) => settings.change({ keepLog: on })}
      />
      <CheckSetting
        name={words("settings.with-devtools")}
        about={words("settings.with-devtools-about")}
        isOn={captureWithDevTools}
        onChange={(on) => settings.change({ captureWithDevTools: on })}
      />
      <CheckSetting name={words("settings.popups")} isOn={capturePopups} onChange={(on) => settings.change({ capturePopups: on })} />
      <CheckSetting
        name={words("settings.close-codes")}
        about={words("settings.close-codes-about")}
        isOn={observeClosings}
        onChange={(on) => settings.change({ observeClosings: on })}
      />
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
    </>
  );
}

/** Each language by its own name for itself: who cannot read the one that is spoken finds theirs. */
function LanguageSetting({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { words } = useSpeaker();
  const id = useId();
  return (
    <div className="setting">
      <span />
      <label htmlFor={id}>
        {words("settings.language")}{" "}
        <select id={id} value={Object.hasOwn(LANGUAGES, value) ? value : AUTO_LANGUAGE} onChange={({ target }) => onChange(target.value)}>
          <option value={AUTO_LANGUAGE}>{words("settings.language-auto")}</option>
          {Object.entries(LANGUAGES).map(([language, { name, tag }]) => (
            <option key={language} value={language} lang={tag}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

interface CheckSettingProps {
  readonly name: string;
  readonly about?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function CheckSetting({ name, about, isOn, onChange }: CheckSettingProps) {
  const id = useId();
  return (
    <div className="setting">
      <input
        id={id}
        type="checkbox"
        checked={isOn}
        aria-describedby={about === undefined ? undefined : `${id}-about`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{name}</label>
      {about !== undefined && <p id={`${id}-about`}>{about}</p>}
    </div>
  );
}

interface NumberSettingProps {
  readonly name: string;
  readonly unit: string;
  readonly about: string;
  readonly range: { readonly least: number; readonly most: number };
  readonly step: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function NumberSetting({ name, unit, about, range: { least, most }, step, value, onChange }: NumberSettingProps) {
  const id = useId();
  // “2” on the way to “25” would delete captures: what is typed counts once it is said to be all.
  const [draft, setDraft] = useState<string | null>(null);
  const keep = (input: HTMLInputElement): void => {
    if (draft !== null && input.value !== "" && input.validity.valid) onChange(input.valueAsNumber);
    setDraft(null);
  };
  return (
    <div className="setting">
      <span />
      <label htmlFor={id}>
        {name}{" "}
        <input
          id={id}
          type="number"
          min={least}
          max={most}
          step={step}
          value={draft ?? value}
          aria-describedby={`${id}-about`}
          onChange={({ target }) => setDraft(target.value)}
          onKeyDown={({ key, currentTarget }) => key === "Enter" && currentTarget.validity.valid && keep(currentTarget)}
          onBlur={({ currentTarget }) => keep(currentTarget)}
        />{" "}
        {unit}
      </label>
      <p id={`${id}-about`}>{about}</p>
    </div>
  );
}
