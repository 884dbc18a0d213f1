import { Eye, EyeOff } from "lucide-react";
import { Suspense } from "react";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { late } from "../late.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

const FindSilent = late(async () => (await import("../frames/frames-late.ts")).FindSilent);

/** How many connections there are, and a button that hides those that are over. */
export function ConnectionsHead() {
  const session = useSession();
  const { words, figures } = useSpeaker();
  const all = useSelected(session.connections, (state) => state.all);
  const ended = useSelected(session.connections, (state) => state.ended);
  const hidesEnded = useSelected(session.connections, (state) => state.hidesEnded);
  return (
    <div className="pane-head">
      <span>{words("connections.name")}</span>
      {ended > 0 && (
        <Button
          ref={leavesKeyboardBeside}
          name={words("connections.hide-ended", { n: ended })}
          title={words(hidesEnded ? "connections.show-ended-about" : "connections.hide-ended-about")}
          text={words("connections.ended", { n: ended })}
          icon={hidesEnded ? <EyeOff /> : <Eye />}
          isPressed={hidesEnded}
          className="connections-hide"
          onClick={() => session.connections.hideEnded(!hidesEnded)}
        />
      )}
      <Suspense fallback={null}>
        <FindSilent isIcon />
      </Suspense>
      <span>{figures.count(all)}</span>
    </div>
  );
}
