import { X } from "lucide-react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { SpokenStatus } from "../controls/spoken-status.tsx";
import { WhenWhole } from "../controls/when-whole.tsx";
import type { PanelSession } from "../state/panel-session.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Whether the user wants no more of it, as long as the session lasts. */
const DISMISSALS = new WeakMap<PanelSession, StoreApi<boolean>>();

function dismissalOf(session: PanelSession): StoreApi<boolean> {
  const dismissal = DISMISSALS.get(session) ?? createStore<boolean>(() => false);
  DISMISSALS.set(session, dismissal);
  return dismissal;
}

/** Below the list: that tabs which the page opens are not captured, and the setting that has them captured. */
export const UncapturedTabs = () => (
  <WhenWhole>
    <UncapturedLine />
  </WhenWhole>
);

export function UncapturedLine() {
  const session = useSession();
  const { opensTabs, settings } = session;
  const { words } = useSpeaker();
  const dismissal = dismissalOf(session);
  const isDismissed = useStore(dismissal);
  const areCaptured = useSelected(settings, ({ capturePopups }) => capturePopups);
  const isOpening = useStore(opensTabs);
  if (!isOpening || areCaptured || isDismissed) return null;
  return (
    <div ref={leavesKeyboardBeside} className="connections-foot">
      <SpokenStatus text={words("offers.tabs-not-captured")} />
      <Button name={words("offers.capture-tabs-name")} text={words("offers.capture-tabs")} title={words("offers.capture-tabs-about")} look="plain" onClick={() => settings.change({ capturePopups: true })} />
      <Button name={words("offers.dismiss-tabs")} title={words("offers.dismiss")} icon={<X />} onClick={() => dismissal.setState(true, true)} />
    </div>
  );
}
