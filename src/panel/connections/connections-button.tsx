import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { MiddleCut } from "../figures/middle-cut.tsx";
import { urlParts } from "../figures/row-words.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** The button that says which connection is chosen, before its list is loaded and after. */
export function ConnectionsButton(rest: ComponentProps<"button">) {
  const { connections } = useSession();
  const { words } = useSpeaker();
  const row = useSelected(connections, ({ list }) => list.chosen?.row);
  const name = row === undefined ? words("connections.all") : urlParts(row.url, words).path;
  return (
    <button {...rest} type="button" className="connections-trigger" aria-label={words("connections.chosen", { name })} title={row?.url}>
      {row !== undefined && <span className={`connections-dot connections-${row.state}`} />}
      <span className="connections-path"><MiddleCut text={name} /></span>
      <ChevronDown />
    </button>
  );
}
