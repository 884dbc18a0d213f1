import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { nameOfTab } from "../../model/browser-tab.ts";
import { hostOf } from "../../model/page-address.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** How the button of the captured tab looks, before its menu is loaded and after. */
export function TabButton(rest: ComponentProps<"button">) {
  const { tabs } = useSession();
  const { words } = useSpeaker();
  const captured = useSelected(tabs, (state) => state.captured);
  const title = captured === null ? words("bar.tab-choose") : nameOfTab(captured);
  const host = captured === null ? "" : hostOf(captured.url);
  return (
    <button {...rest} type="button" className="tabs-trigger" aria-label={captured === null ? title : words("bar.tab-captured", { title, host })} title={captured?.url}>
      <span className="tabs-title">{title}</span> {host !== "" && <span className="tabs-host">{host}</span>}
      <ChevronDown />
    </button>
  );
}
