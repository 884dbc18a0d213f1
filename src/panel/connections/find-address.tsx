import { Button } from "../controls/button.tsx";
import { useCapture, useSession, useSilent } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** In the place of an address that is not known. */
export function FindAddress() {
  const session = useSession();
  const { words } = useSpeaker();
  const { state } = useCapture();
  const isLooking = useSilent() === "being looked for";
  if (state !== "capturing" && state !== "paused") return null;
  const name = words("connections.find-address");
  return (
    <>
      <Button name={name} text={isLooking ? words("connections.finding") : name} isBusy={isLooking} look="plain" onClick={() => session.capture.findSilentSockets()} />
      <span className="connections-stands-still">{words("connections.stands-still")}</span>
    </>
  );
}
