import { useState } from "react";
import type { HandshakeView } from "../../contract/inspect.ts";
import { exchangeOf } from "../../model/connection.ts";
import { useAbility, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { Offer } from "./offer.tsx";
import { ReloadPage, useIsRunning } from "./reload-page.tsx";

/** What opens its connections anew when the page is loaded again. */
const ENDS_WITH_PAGE: ReadonlySet<HandshakeView["target"]> = new Set(["page", "frame", "worker"]);

/**
 * Of a connection whose opening was not seen: how to see it. The page loaded again opens it anew; a capture that begins with
 * DevTools has those that a page opens before the panel is first shown.
 */
export function CaptureFromStart({ view: { connection, target } }: { readonly view: HandshakeView }) {
  const { settings } = useSession();
  const { words } = useSpeaker();
  const isRunning = useIsRunning();
  const isBesideDevTools = useAbility("open source");
  const [isTakenHere, setTaken] = useState(false);
  const isOn = useSelected(settings, ({ captureWithDevTools }) => captureWithDevTools);
  if (connection.seenFromStart || exchangeOf(connection).requestHeaders.length > 0 || !isRunning) return null;
  const start = (): void => {
    setTaken(true);
    settings.change({ captureWithDevTools: true });
  };
  return (
    <>
      {connection.state === "open" && ENDS_WITH_PAGE.has(target) && <ReloadPage about={words("offers.reload-about")} />}
      {isBesideDevTools && (!isOn || isTakenHere) && <Offer text={words("settings.with-devtools")} about={words(isOn ? "offers.with-devtools-on" : "offers.with-devtools-about")} isTaken={isOn} onTake={start} />}
    </>
  );
}
