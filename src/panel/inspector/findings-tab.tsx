import { useState } from "react";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { FindingList } from "./finding-list.tsx";
import { useFindings } from "./use-findings.ts";

/** So many are drawn at first, and with each click. */
const PAGE = 100;

/** What is wrong or costly in all of the capture. */
export function FindingsTab() {
  const { words, tell } = useSpeaker();
  const [most, setMost] = useState(PAGE);
  const { list, problem, share } = useFindings(null, most);
  if (list === null) return <p className="inspector-note">{problem === null ? words("findings.reading", { share }) : tell(problem)}</p>;
  if (list.total === 0) return <p className="inspector-note">{words("findings.none")}</p>;
  return (
    <div className="inspector-scroll" role="region" aria-label={words("findings.name")} tabIndex={0}>
      <FindingList items={list.items} />
      {list.total > list.items.length && (
        <p className="inspector-note">
          <Button ref={leavesKeyboardBeside} name={words("findings.show-more")} text={words("findings.show-more")} onClick={() => setMost(most + PAGE)} />
        </p>
      )}
      {list.more > 0 && <p className="inspector-note">{words("findings.more", { n: list.more })}</p>}
    </div>
  );
}
