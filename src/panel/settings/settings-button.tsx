import { Settings as SettingsIcon } from "lucide-react";
import { Button } from "../controls/button.tsx";
import { Popup } from "../controls/popup.tsx";
import { useSpeaker } from "../state/speaker-context.ts";
import { SettingsForm } from "./settings-form.tsx";
import "./settings.css";

export function SettingsButton({ isOpenAtFirst }: { readonly isOpenAtFirst: boolean }) {
  const { words } = useSpeaker();
  return (
    <Popup
      trigger={<Button name={words("bar.settings")} icon={<SettingsIcon />} className="settings-button" />}
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
