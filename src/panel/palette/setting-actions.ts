import { say, type Code } from "../../model/said.ts";
import { AUTO_LANGUAGE, DEFAULT_SETTINGS, type Settings } from "../../model/settings.ts";
import { LANGUAGES } from "../../words/languages.ts";
import { chooseFile } from "../controls/choose-file.ts";
import { openSettings } from "../settings/open-settings.ts";
import { exportSettings, importSettings, SETTINGS_TYPES } from "../settings/settings-transfer.ts";
import type { PanelSession } from "../state/panel-session.ts";
import type { ActionGroup } from "./action.ts";

type Switch = { readonly [Key in keyof Settings]: Settings[Key] extends boolean ? Key : never }[keyof Settings];

const SWITCHES = { keepLog: "settings.preserve-log", captureWithDevTools: "settings.with-devtools", capturePopups: "settings.popups", observeClosings: "settings.close-codes" } as const satisfies Readonly<Record<Switch, Code>>;

/** What is switched and chosen in the settings; numbers are typed there. */
export const settingActions: ActionGroup = ({ session, speaker: { words } }) => {
  const { settings } = session;
  const now = settings.store.getState();
  const languages: readonly (readonly [string, string])[] = [[AUTO_LANGUAGE, words("settings.language-auto")], ...Object.entries(LANGUAGES).map(([language, { name }]) => [language, name] as const)];
  return [
    { id: "settings", name: words("palette.settings"), run: openSettings },
    ...(Object.entries(SWITCHES) as readonly (readonly [Switch, (typeof SWITCHES)[Switch]])[]).map(([key, code]) => ({
      id: `setting ${key}`,
      name: words(now[key] ? "palette.setting-off" : "palette.setting-on", { name: words(code) }),
      run: () => settings.change({ [key]: !now[key] }),
    })),
    ...languages.filter(([language]) => language !== now.language).map(([language, name]) => ({ id: `language ${language}`, name: `${words("settings.language")} › ${name}`, run: () => settings.change({ language }) })),
    ...(JSON.stringify(now) === JSON.stringify(DEFAULT_SETTINGS) ? [] : [{ id: "reset settings", name: words("settings.reset"), run: () => settings.change(DEFAULT_SETTINGS) }]),
    { id: "export settings", name: words("settings.export"), run: () => exportSettings(session) },
    { id: "import settings", name: words("settings.import"), run: () => chooseFile(SETTINGS_TYPES, (file) => void take(session, file)) },
  ];
};

async function take(session: PanelSession, file: File): Promise<void> {
  try {
    await importSettings(session, file);
  } catch (problem) {
    session.refusals.tell((why) => say("palette.not-imported", { why }), problem);
  }
}
