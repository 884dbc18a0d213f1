import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { Offer } from "./offer.tsx";
import { useIsRunning } from "./reload-page.tsx";

/** At a navigation, which has deleted what was before it: the setting that keeps it the next time. */
export function PreserveLog() {
  const { settings } = useSession();
  const { words } = useSpeaker();
  const isRunning = useIsRunning();
  const isKept = useSelected(settings, ({ keepLog }) => keepLog);
  return isRunning && !isKept && <Offer text={words("settings.preserve-log")} about={words("settings.preserve-log-about")} onTake={() => settings.change({ keepLog: true })} />;
}
