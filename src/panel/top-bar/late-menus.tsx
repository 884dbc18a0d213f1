import { Settings } from "lucide-react";
import { Suspense, useState } from "react";
import { ConnectionsButton } from "../connections/connections-button.tsx";
import { Button } from "../controls/button.tsx";
import { late } from "../late.ts";
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
  const [wasPressed, setPressed] = useState(false);
  return (
    <Suspense fallback={<ExportButton onClick={() => setPressed(true)} />}>
      <ExportMenu isOpenAtFirst={wasPressed} />
    </Suspense>
  );
}

export function LateImportButton() {
  const { words } = useSpeaker();
  return (
    <Suspense fallback={<Button name={words("bar.import")} text={words("bar.import")} />}>
      <ImportButton />
    </Suspense>
  );
}

export function LateSettingsButton() {
  const { words } = useSpeaker();
  const [wasPressed, setPressed] = useState(false);
  return (
    <Suspense fallback={<Button name={words("bar.settings")} icon={<Settings />} onClick={() => setPressed(true)} />}>
      <SettingsButton isOpenAtFirst={wasPressed} />
    </Suspense>
  );
}

export function LateTabsMenu() {
  const { tabs } = useSession();
  return (
    <Suspense fallback={<TabButton onClick={() => tabs.setOpen(true)} />}>
      <TabsMenu />
    </Suspense>
  );
}

export function LateConnectionsMenu() {
  const [wasPressed, setPressed] = useState(false);
  return (
    <Suspense fallback={<ConnectionsButton onClick={() => setPressed(true)} />}>
      <ConnectionsMenu isOpenAtFirst={wasPressed} />
    </Suspense>
  );
}
