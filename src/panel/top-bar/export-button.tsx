import { Download } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "../controls/button.tsx";
import { useSpeaker } from "../state/speaker-context.ts";

/** The Export button, before its menu is loaded and after. */
export function ExportButton(rest: Omit<ComponentProps<typeof Button>, "name">) {
  const { words } = useSpeaker();
  return <Button {...rest} name={words("bar.export")} text={words("bar.export")} title={words("bar.export-about")} icon={<Download className="only-narrow" />} className="button-menu" />;
}
