import { use } from "react";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { useFindings } from "../inspector/use-findings.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Here they are only counted: seldom, so that nothing else waits for it. */
const AGAIN_MS = 5000;

/** How much is wrong or costly, and the way to the list. Nothing where nothing is. */
export function FindingsStatus() {
  const { inspector } = useSession();
  const { words, whole } = useSpeaker();
  use(whole());
  const { list } = useFindings({ connection: null, most: 0, againIn: AGAIN_MS });
  if (list === null || list.total === 0) return null;
  const text = words("findings.count", { n: list.total + list.more });
  const open = (): void => {
    inspector.setTab("Findings");
    inspector.open();
  };
  return <Button ref={leavesKeyboardToTable} name={text} text={text} className={`status-findings ${list.problems > 0 ? "status-warning" : ""}`} title={words("findings.about")} onClick={open} />;
}
