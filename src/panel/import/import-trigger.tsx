import { Upload } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "../controls/button.tsx";
import { useSpeaker } from "../state/speaker-context.ts";

/** The Import button, before what it asks with is loaded and after, as wide: nothing beside it moves. */
export function ImportTrigger(rest: Omit<ComponentProps<typeof Button>, "name">) {
  const { words } = useSpeaker();
  return <Button {...rest} name={words("bar.import")} text={words("bar.import")} icon={<Upload className="only-narrow" />} />;
}
