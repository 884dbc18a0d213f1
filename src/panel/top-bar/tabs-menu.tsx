import { DropdownMenu } from "radix-ui";
import { nameOfTab, type BrowserTab } from "../../model/browser-tab.ts";
import { Menu, MenuCheck } from "../controls/popup.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { tabAddresses } from "./tab-addresses.ts";
import { TabButton } from "./tab-button.tsx";
import "./tabs-menu.css";

/** Which tab is captured, and all others to capture instead. */
export function TabsMenu() {
  const { tabs: store } = useSession();
  const { words } = useSpeaker();
  const { tabs, captured, isOpen } = useSelected(store, (state) => state);
  const addresses = tabAddresses(tabs);
  return (
    <Menu trigger={<TabButton />} isOpen={isOpen} onOpenChange={(open) => store.setOpen(open)} className="tabs-menu" align="start" container={document.querySelector("main")}>
      {tabs.length === 0 && <DropdownMenu.Label className="tabs-none">{words("bar.tabs-none")}</DropdownMenu.Label>}
      <DropdownMenu.RadioGroup value={String(captured?.id)} onValueChange={(id) => store.choose(Number(id))}>
        {tabs.map((tab, i) => (
          <TabItem key={tab.id} tab={tab} address={addresses[i] ?? ""} isCaptured={tab.id === captured?.id} />
        ))}
      </DropdownMenu.RadioGroup>
      <DropdownMenu.Separator className="menu-separator" />
      <DropdownMenu.Item className="menu-item" title={words("bar.no-page-about")} onSelect={() => store.chooseNoPage()}>
        <MenuCheck />
        {words("bar.no-page")}
      </DropdownMenu.Item>
    </Menu>
  );
}

function TabItem({ tab, address, isCaptured }: { readonly tab: BrowserTab; readonly address: string; readonly isCaptured: boolean }) {
  const name = nameOfTab(tab);
  return (
    <DropdownMenu.RadioItem
      ref={(item) => {
        if (isCaptured) item?.scrollIntoView({ block: "nearest" });
      }}
      value={String(tab.id)}
      className="menu-item"
      textValue={name}
      title={tab.url}
    >
      <MenuCheck />
      <span className="tabs-title">{name}</span>
      <span className="tabs-host">{address}</span>
    </DropdownMenu.RadioItem>
  );
}
