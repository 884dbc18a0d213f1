import { DEFAULT_SETTINGS } from "../../model/settings.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { Offer } from "./offer.tsx";

/** Where captures are listed and none is kept: the setting that keeps them. */
export function KeepCaptures() {
  const { settings } = useSession();
  const { words } = useSpeaker();
  const n = DEFAULT_SETTINGS.keptCaptures;
  const isNoneKept = useSelected(settings, ({ keptCaptures }) => keptCaptures === 0);
  return isNoneKept && <Offer text={words("offers.keep-captures", { n })} about={words("offers.none-kept")} onTake={() => settings.change({ keptCaptures: n })} />;
}
