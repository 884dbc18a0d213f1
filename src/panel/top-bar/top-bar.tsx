import { ArrowDown, ArrowUp, Ban, History } from "lucide-react";
import type { RefObject } from "react";
import { Button } from "../controls/button.tsx";
import { FilterBox } from "../filter/filter-box.tsx";
import { FilterChips } from "../filter/filter-chips.tsx";
import type { FilterHandle } from "../filter/filter-handle.ts";
import { useAbility, useCapture, useSelected, useSession } from "../state/session-context.ts";
import { LateConnectionsMenu, LateExportMenu, LateSettingsButton, LateTabsMenu } from "./late-menus.tsx";
import { RecordButton } from "./record-button.tsx";
import "./top-bar.css";

interface TopBarProps {
  readonly isNarrow: boolean;
  readonly filterRef: RefObject<FilterHandle | null>;
  readonly onLeaveFilter: () => void;
}

export function TopBar({ isNarrow, filterRef, onLeaveFilter }: TopBarProps) {
  const session = useSession();
  const canChooseTab = useAbility("choose tab");
  return (
    <header className="top-bar">
      <h1 className="spoken">Framescope</h1>
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
        <LateExportMenu />
        <Button name="Captures" title="Captures on this computer" icon={<History />} onClick={() => session.captures.open()} />
        <LateSettingsButton />
      </div>
      <FilterChips />
    </header>
  );
}

function ClearButton() {
  const session = useSession();
  const isKept = useCapture().state === "kept";
  return (
    <Button
      name="Clear"
      icon={<Ban />}
      disabled={isKept}
      title={isKept ? "A kept capture is not cleared; delete it in the list of captures" : "Clear: remove this capture’s frames for good"}
      onClick={() => session.clear()}
    />
  );
}

function DirectionToggle({ direction }: { readonly direction: "sent" | "received" }) {
  const session = useSession();
  const isOn = useSelected(session.scope, (state) => state[direction]);
  const name = direction === "sent" ? "Sent" : "Received";
  return (
    <Button
      name={name}
      text={name}
      icon={direction === "sent" ? <ArrowUp /> : <ArrowDown />}
      isPressed={isOn}
      title={`${isOn ? "Hide" : "Show"} frames that the page ${direction}`}
      onClick={() => session.scope.toggle(direction)}
    />
  );
}
