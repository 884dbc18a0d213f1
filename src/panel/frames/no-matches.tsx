import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside, leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { useWhole } from "../controls/use-whole.ts";
import { showHidden } from "../connections/hidden-line.tsx";
import { Corrections } from "../filter/corrections.tsx";
import { urlParts } from "../figures/row-words.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { useCount, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

interface Reason {
  readonly text: string;
  readonly cure: string;
  readonly run: () => void;
}

/** Instead of rows that are captured and not shown: all that keeps them from it, each with its cure, and what may be meant. */
export function NoMatches() {
  const session = useSession();
  const { words } = useSpeaker();
  const frames = useCount((changed) => changed.frames, 0);
  const text = useSelected(session.scope, (state) => state.problem?.instead ?? state.text);
  const reasons = useReasons();
  const isWhole = useWhole();
  const [only] = reasons;
  if (!isWhole) return null;
  return (
    <div ref={leavesKeyboardToTable} className="frames-empty">
      <strong>{words("table.no-matches")}</strong>
      <Corrections text={text} />
      {reasons.length === 1 && only !== undefined ? (
        <>
          <p>{words("table.no-matches-about", { n: frames })}</p>
          <Button name={only.cure} text={only.cure} look="plain" onClick={only.run} />
        </>
      ) : (
        <>
          <p>{words("place.nothing-passes", { n: frames })}</p>
          <ul className="frames-reasons">
            {reasons.map(({ text: reason, cure, run }) => (
              <li key={cure} ref={leavesKeyboardBeside}>
                <span>{reason}</span>
                <Button name={cure} text={cure} look="plain" onClick={run} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function useReasons(): readonly Reason[] {
  const session = useSession();
  const { words } = useSpeaker();
  const { text, connection, sent, received } = useSelected(session.scope, (state) => state);
  const saved = useSelected(session.filters, (state) => state.saved);
  const isHiding = useSelected(session.connections, ({ list }) => list.hidden !== undefined);
  const url = useSelected(session.connections, (state) => state.list.chosen?.row.url);
  const filter = [text.trim(), ...saved.filter(({ isOn }) => isOn).map(({ name }) => name)].filter((part) => part !== "").join(" · ");
  const reasons: Reason[] = [];
  if (filter !== "") reasons.push({ text: words("place.filter-hides", { filter }), cure: words("table.clear-filter"), run: () => clearFilter(session) });
  if (connection !== null) {
    const { path } = urlParts(url ?? "", words);
    reasons.push({ text: words("place.only-connection", { path }), cure: words("place.all-connections"), run: () => session.chooseConnection(null, false) });
  } else if (isHiding) reasons.push({ text: words("place.connections-hidden"), cure: words("menu.show-hidden"), run: () => showHidden(session) });
  for (const direction of ["sent", "received"] as const) {
    if (direction === "sent" ? sent : received) continue;
    reasons.push({ text: words(`place.${direction}-hidden`), cure: words(`place.show-${direction}`), run: () => session.scope.toggle(direction) });
  }
  return reasons;
}

function clearFilter({ scope, filters }: PanelSession): void {
  scope.setFilter("");
  filters.allOff();
}
