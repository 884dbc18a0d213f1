import type { ConnectionId } from "../../model/units.ts";
import { useCapture, useConnection, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { Offer } from "./offer.tsx";
import { ReloadPage } from "./reload-page.tsx";

/** Where an ending says no code, because Chrome reports none: the setting that learns it, from now on. */
export function CloseCodes({ connection }: { readonly connection: ConnectionId }) {
  const row = useConnection(connection);
  return row?.end?.kind === "closed" && row.end.hasUnknownCode ? <ObserveClosings /> : null;
}

/** The setting that learns what Chrome does not report; nothing where nothing is captured. Once it is on, what else it takes. */
export function ObserveClosings() {
  const { settings } = useSession();
  const { words } = useSpeaker();
  const { state } = useCapture();
  const isObserving = useSelected(settings, ({ observeClosings }) => observeClosings);
  if (state === "kept") return null;
  if (isObserving) return <ReloadPage about={words("offers.codes-from-now")} />;
  return <Offer text={words("offers.show-codes")} about={words("settings.close-codes-about")} onTake={() => settings.change({ observeClosings: true })} />;
}
