import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./newer-connection.css";

/** That one opened after the connection shown, and the way to it. Below what is read, which so stays in its place. */
export function NewerConnection() {
  const { inspector } = useSession();
  const { words } = useSpeaker();
  return (
    <footer ref={leavesKeyboardBeside} className="newer-connection">
      <span role="status">{words("inspector.newer-connection")}</span>
      <Button name={words("inspector.show-latest")} text={words("inspector.show-latest")} look="plain" onClick={() => inspector.setMember(null)} />
    </footer>
  );
}
