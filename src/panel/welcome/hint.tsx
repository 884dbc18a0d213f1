import { X } from "lucide-react";
import { Button } from "../controls/button.tsx";
import { useWhole } from "../controls/use-whole.ts";
import { useCount, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { hintOf } from "./hint-store.ts";
import { tourOf } from "./tour-store.ts";
import "./welcome.css";

/** What one does not see: said once, when there are frames to try it on. */
export function Hint() {
  const session = useSession();
  const { words } = useSpeaker();
  const isDue = useSelected(hintOf(session), (state) => state.isDue);
  const hasFrames = useCount(({ frames }) => frames > 0, false);
  const isWhole = useWhole();
  if (!isWhole || !isDue || !hasFrames) return null;
  return (
    <section className="hint" aria-label={words("welcome.hint-name")}>
      <p>{words("welcome.hint")}</p>
      <div className="hint-buttons">
        <Button
          name={words("welcome.tour")}
          text={words("welcome.tour")}
          look="plain"
          onClick={() => {
            hintOf(session).close();
            tourOf(session).begin(document.querySelector<HTMLElement>('.frames [role="grid"]'));
          }}
        />
        <Button name={words("welcome.hint-close")} icon={<X />} onClick={() => hintOf(session).close()} />
      </div>
    </section>
  );
}
