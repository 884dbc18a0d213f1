import type { Told } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { WhenWhole } from "../controls/when-whole.tsx";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Beside why a file's page is not captured: Chrome's own page, which has the switch for it. */
export const AllowFiles = ({ why }: { readonly why: Told }) =>
  typeof why !== "string" && why.code === "capture.file" && (
    <WhenWhole>
      <ExtensionPage />
    </WhenWhole>
  );

export function ExtensionPage() {
  const { capture } = useSession();
  const { words } = useSpeaker();
  return <Button name={words("offers.extension-page")} text={words("offers.extension-page")} title={words("offers.extension-page-about")} look="plain" onClick={() => capture.openExtensionPage()} />;
}
