import { useCapture, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { Offer } from "./offer.tsx";

/** Whether what happens from now on is seen here. */
export function useIsRunning(): boolean {
  const { state } = useCapture();
  return state === "capturing" || state === "paused";
}

/** The page loaded again, as long as one is captured. `about`: what is left open, and how that answers it. */
export function ReloadPage({ about }: { readonly about: string }) {
  const { capture } = useSession();
  const { words } = useSpeaker();
  return <Offer text={words("table.reload")} about={about} isTaken={!useIsRunning()} onTake={() => capture.reloadPage()} />;
}
