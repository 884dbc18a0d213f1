import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { nameOfTab } from "../../model/browser-tab.ts";
import { hostOf } from "../figures/page-address.ts";
import { useSelected, useSession } from "../state/session-context.ts";

/** How the button of the captured tab looks, before its menu is loaded and after. */
export function TabButton(rest: ComponentProps<"button">) {
  const { tabs } = useSession();
  const captured = useSelected(tabs, (state) => state.captured);
  const name = captured === null ? "none" : nameOfTab(captured);
  return (
    <button {...rest} type="button" className="tabs-trigger" aria-label={`Captured tab: ${name}`} title={captured?.url}>
      <span className="tabs-title">{captured === null ? "Choose a tab" : name}</span>
      {captured !== null && <span className="tabs-host">{hostOf(captured.url)}</span>}
      <ChevronDown />
    </button>
  );
}
