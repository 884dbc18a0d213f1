import type { Told } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { useWhole } from "../controls/use-whole.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Beside why a file's page is not captured: Chrome's own page, which has the switch for it. */
export function AllowFiles({ why }: { readonly why: Told }) {
  const { capture } = useSession();
  const { words } = useSpeaker();
  const isWhole = useWhole();
  if (!isWhole || typeof why === "string" || why.code !== "capture.file") return null;
  return <Button name={words("offers.extension-page")} text={words("offers.extension-page")} title={words("offers.extension-page-about")} look="plain" onClick={() => capture.openExtensionPage()} />;
}
