import { Search } from "lucide-react";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { useSession, useSilent } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

interface FindSilentProps {
  /** Where there is room for no more than the icon. */
  readonly isIcon?: boolean;
}

/** Offered while there may be connections from before the capture that are silent, and so are not listed. */
export function FindSilent({ isIcon = false }: FindSilentProps) {
  const session = useSession();
  const { words } = useSpeaker();
  const silent = useSilent();
  if (silent === "none") return null;
  const isLooking = silent === "being looked for";
  return (
    <Button
      ref={leavesKeyboardBeside}
      name={words("connections.find-silent")}
      title={`${words("connections.find-silent-about")} ${words("connections.stands-still")}`}
      isBusy={isLooking}
      look={isIcon ? "bar" : "plain"}
      {...(isIcon ? { icon: <Search />, className: "connections-find" } : { text: words(isLooking ? "connections.finding" : "connections.find-silent") })}
      onClick={() => session.capture.findSilentSockets()}
    />
  );
}
