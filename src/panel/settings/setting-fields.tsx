import { useId, useState } from "react";
import { AUTO_LANGUAGE } from "../../model/settings.ts";
import { LANGUAGES } from "../../words/languages.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Each language by its own name for itself: who cannot read the one that is spoken finds theirs. */
export function LanguageSetting({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { words } = useSpeaker();
  const id = useId();
  return (
    <div className="setting">
      <span />
      <label htmlFor={id}>
        {words("settings.language")}{" "}
        <select className="field" id={id} value={Object.hasOwn(LANGUAGES, value) ? value : AUTO_LANGUAGE} onChange={({ target }) => onChange(target.value)}>
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

interface ChoiceSettingProps<Value extends string> {
  readonly name: string;
  readonly choices: readonly { readonly value: Value; readonly name: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

export function ChoiceSetting<Value extends string>({ name, choices, value, onChange }: ChoiceSettingProps<Value>) {
  const id = useId();
  return (
    <div className="setting">
      <span />
      <label htmlFor={id}>
        {name}{" "}
        <select className="field" id={id} value={value} onChange={({ target }) => onChange(target.value as Value)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.name}
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

export function CheckSetting({ name, about, isOn, onChange }: CheckSettingProps) {
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

export function NumberSetting({ name, unit, about, range: { least, most }, step, value, onChange }: NumberSettingProps) {
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
          className="field"
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
