import { ArrowDown, ArrowUp, Ban, History, ListFilter, SendHorizontal } from "lucide-react";
import type { RefObject } from "react";
import { useStore } from "zustand";
import { Button } from "../controls/button.tsx";
import { FilterBox } from "../filter/filter-box.tsx";
import { FilterChips } from "../filter/filter-chips.tsx";
import type { FilterHandle } from "../filter/filter-handle.ts";
import { useAbility, useCapture, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { LateConnectionsMenu, LateExportMenu, LateImportButton, LateSettingsButton, LateTabsMenu } from "./late-menus.tsx";
import { RecordButton } from "./record-button.tsx";
import "./top-bar.css";

interface TopBarProps {
  readonly isNarrow: boolean;
  readonly filterRef: RefObject<FilterHandle | null>;
  readonly onLeaveFilter: () => void;
}

export function TopBar({ isNarrow, filterRef, onLeaveFilter }: TopBarProps) {
  const session = useSession();
  const { words } = useSpeaker();
  const canChooseTab = useAbility("choose tab");
  return (
    <header className="top-bar">
      <h1 className="spoken">{words("panel.name")}</h1>
      <div className="top-bar-line">
        {canChooseTab && <LateTabsMenu />}
        <RecordButton />
        <ClearButton />
        <span className="separator" />
        {isNarrow && <LateConnectionsMenu />}
        {/* Narrow, it goes to a line of its own by its css: it keeps cursor and focus when the panel's width changes. */}
        <FilterBox handleRef={filterRef} onLeave={onLeaveFilter} />
        <DirectionToggle direction="sent" />
        <DirectionToggle direction="received" />
        <span className="separator" />
        <SendButton />
        <RulesButton />
        <LateImportButton />
        <LateExportMenu />
        <Button name={words("bar.captures")} title={words("bar.captures-about")} icon={<History />} onClick={() => session.captures.open()} />
        <LateSettingsButton />
      </div>
      <FilterChips />
    </header>
  );
}

function ClearButton() {
  const session = useSession();
  const { words } = useSpeaker();
  const isKept = useCapture().state === "kept";
  return (
    <Button
      name={words("bar.clear")}
      icon={<Ban />}
      reason={isKept ? words("bar.clear-saved-capture") : null}
      title={words("bar.clear-about")}
      onClick={() => session.clear()}
    />
  );
}

function SendButton() {
  const { sending } = useSession();
  const { words } = useSpeaker();
  const isOpen = useSelected(sending, ({ wish }) => wish !== null);
  const canSend = useAbility("send");
  const name = words("bar.send");
  return <Button name={name} text={name} icon={<SendHorizontal />} reason={canSend ? null : words("bar.not-live")} isPressed={isOpen} title={words("bar.send-about")} onClick={() => (isOpen ? sending.close() : sending.open(null))} />;
}

function RulesButton() {
  const { areRulesOpen } = useSession();
  const { words } = useSpeaker();
  const isOpen = useStore(areRulesOpen);
  const canSend = useAbility("send");
  const name = words("bar.rules");
  return <Button name={name} text={name} icon={<ListFilter />} reason={canSend ? null : words("bar.not-live")} isPressed={isOpen} title={words("bar.rules-about")} onClick={() => areRulesOpen.setState(!isOpen, true)} />;
}

function DirectionToggle({ direction }: { readonly direction: "sent" | "received" }) {
  const session = useSession();
  const { words } = useSpeaker();
  const isOn = useSelected(session.scope, (state) => state[direction]);
  const name = words(`bar.${direction}`);
  return (
    <Button
      name={name}
      text={name}
      icon={direction === "sent" ? <ArrowUp /> : <ArrowDown />}
      isPressed={isOn}
      title={words(isOn ? `bar.${direction}-hide` : `bar.${direction}-show`)}
      onClick={() => session.scope.toggle(direction)}
    />
  );
}
