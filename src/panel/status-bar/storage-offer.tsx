import type { Code, Told } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { openSettings } from "../settings/open-settings.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Space on the disk: captures can be deleted. */
const NEEDS_SPACE: ReadonlySet<Code> = new Set<Code>(["engine.disk-refused", "engine.no-storage"]);
/** Memory instead: how much of it, a setting says. */
const HAS_LIMIT: ReadonlySet<Code> = new Set<Code>(["pages.incognito", "pages.perhaps-incognito"]);

/** Beside why nothing is saved: where that, or how much is kept all the same, can be changed. */
export function StorageOffer({ why }: { readonly why: Told }) {
  const { captures } = useSession();
  const { words } = useSpeaker();
  if (typeof why === "string") return null;
  if (NEEDS_SPACE.has(why.code)) return <Button ref={leavesKeyboardToTable} name={words("offers.open-captures")} text={words("offers.open-captures")} title={words("offers.open-captures-about")} onClick={() => captures.open()} />;
  if (HAS_LIMIT.has(why.code)) return <Button ref={leavesKeyboardToTable} name={words("palette.settings")} text={words("palette.settings")} title={words("offers.memory-about")} onClick={openSettings} />;
  return null;
}
