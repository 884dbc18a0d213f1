import { X } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { SpokenStatus } from "../controls/spoken-status.tsx";
import { useWhole } from "../controls/use-whole.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Below the list: that tabs which the page opens are not captured, and the setting that has them captured. */
export function UncapturedTabs() {
  const { opensTabs, settings } = useSession();
  const { words } = useSpeaker();
  const [isDismissed, setDismissed] = useState(false);
  const areCaptured = useSelected(settings, ({ capturePopups }) => capturePopups);
  const isOpening = useStore(opensTabs);
  const isWhole = useWhole();
  if (!isOpening || areCaptured || isDismissed || !isWhole) return null;
  return (
    <div ref={leavesKeyboardBeside} className="connections-foot">
      <SpokenStatus text={words("offers.tabs-not-captured")} />
      <Button name={words("offers.capture-tabs-name")} text={words("offers.capture-tabs")} title={words("offers.capture-tabs-about")} look="plain" onClick={() => settings.change({ capturePopups: true })} />
      <Button name={words("offers.dismiss-tabs")} title={words("offers.dismiss")} icon={<X />} onClick={() => setDismissed(true)} />
    </div>
  );
}
