import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { SpokenStatus } from "../controls/spoken-status.tsx";
import { useWhole } from "../controls/use-whole.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Below the list: how many connections are hidden, and the way back. Nothing where none is. */
export function HiddenLine() {
  const session = useSession();
  const { words } = useSpeaker();
  const hidden = useSelected(session.connections, ({ list }) => list.hidden);
  const isWhole = useWhole();
  if (hidden === undefined || !isWhole) return null;
  return (
    <div ref={leavesKeyboardBeside} className="connections-foot">
      <SpokenStatus text={words("menu.hidden-connections", { n: hidden.connections })} />
      <Button name={words("menu.show-hidden")} text={words("menu.show-hidden-short")} look="plain" onClick={() => showHidden(session)} />
    </div>
  );
}

/** What hides a connection of this capture is forgotten; what is hidden of other sites stays. */
export function showHidden({ settings, connections }: PanelSession): void {
  const { hidden, list } = connections.store.getState();
  settings.change({ hiddenConnections: hidden.filter((_, at) => list.hidden?.by.includes(at) !== true) });
}
