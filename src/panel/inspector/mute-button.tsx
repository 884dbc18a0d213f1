import { VolumeX } from "lucide-react";
import type { FrameDetails } from "../../contract/inspect.ts";
import { fieldCondition } from "../../query/edit.ts";
import { Button } from "../controls/button.tsx";
import { muteOf } from "../state/mute.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

const ICON = <VolumeX />;

/** Hides messages of the type that is looked at (a heartbeat, say), of a developer's tool such as hot reload all that it tells, or shows them again. Nothing of a message that nobody decoded. */
export function MuteButton({ details: { kind, label, layers, protocol, isOfTool } }: { readonly details: FrameDetails }) {
  const { filters } = useSession();
  const { words } = useSpeaker();
  useSelected(filters, ({ saved }) => saved);
  if (kind !== "message" || layers.length === 0) return null;
  const { filter, isOn, toggle } = muteOf(filters, isOfTool && protocol !== null ? fieldCondition("protocol", protocol) : fieldCondition("type", label));
  return <Button name={words("menu.mute", { filter })} icon={ICON} isPressed={isOn} onClick={toggle} />;
}
