import { Settings } from "lucide-react";
import { lazy, Suspense } from "react";
import { Button } from "../controls/button.tsx";
import { EXPORT_BUTTON } from "./export-button.tsx";

const menus = () => import("./menus.ts");
const ExportMenu = lazy(async () => ({ default: (await menus()).ExportMenu }));
const SettingsButton = lazy(async () => ({ default: (await menus()).SettingsButton }));
const ConnectionsMenu = lazy(async () => ({ default: (await menus()).ConnectionsMenu }));

/** The menus, drawn as plain buttons of the same size until their chunk is here. */
export function LateExportMenu() {
  return (
    <Suspense fallback={<Button {...EXPORT_BUTTON} />}>
      <ExportMenu />
    </Suspense>
  );
}

export function LateSettingsButton() {
  return (
    <Suspense fallback={<Button name="Settings" icon={<Settings />} />}>
      <SettingsButton />
    </Suspense>
  );
}

export function LateConnectionsMenu() {
  return (
    <Suspense fallback={<span className="connections-trigger" />}>
      <ConnectionsMenu />
    </Suspense>
  );
}
