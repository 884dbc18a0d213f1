import { Settings } from "lucide-react";
import { Suspense } from "react";
import { ConnectionsButton } from "../connections/connections-button.tsx";
import { Button } from "../controls/button.tsx";
import { ImportTrigger } from "../import/import-trigger.tsx";
import { late, onPress, usePressed } from "../late.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { ExportButton } from "./export-button.tsx";
import { TabButton } from "./tab-button.tsx";

const menus = () => import("./menus.ts");
const ExportMenu = late(async () => (await menus()).ExportMenu);
const ImportButton = late(async () => (await menus()).ImportButton);
const SettingsButton = late(async () => (await menus()).SettingsButton);
const ConnectionsMenu = late(async () => (await menus()).ConnectionsMenu);
const TabsMenu = late(async () => (await menus()).TabsMenu);

/** The menus, drawn as plain buttons of the same size until their chunk is here; pressed before, they open with it. */
export function LateExportMenu() {
  const [pressed, press] = usePressed();
  return (
    <Suspense fallback={<ExportButton {...onPress(() => press(true))} />}>
      <ExportMenu isOpenAtFirst={pressed !== null} />
    </Suspense>
  );
}

export function LateImportButton() {
  const [pressed, press] = usePressed();
  return (
    <Suspense fallback={<ImportTrigger {...onPress(() => press(true))} />}>
      <ImportButton asksAtFirst={pressed !== null} />
    </Suspense>
  );
}

export function LateSettingsButton() {
  const { words } = useSpeaker();
  const [pressed, press] = usePressed();
  return (
    <Suspense fallback={<Button name={words("bar.settings")} icon={<Settings />} {...onPress(() => press(true))} />}>
      <SettingsButton isOpenAtFirst={pressed !== null} />
    </Suspense>
  );
}

export function LateTabsMenu() {
  const { tabs } = useSession();
  const [, press] = usePressed();
  const open = (): void => {
    press(true);
    tabs.setOpen(true);
  };
  return (
    <Suspense fallback={<TabButton {...onPress(open)} />}>
      <TabsMenu />
    </Suspense>
  );
}

export function LateConnectionsMenu() {
  const [pressed, press] = usePressed();
  return (
    <Suspense fallback={<ConnectionsButton {...onPress(() => press(true))} />}>
      <ConnectionsMenu isOpenAtFirst={pressed !== null} />
    </Suspense>
  );
}
