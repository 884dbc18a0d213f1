import { assertNever } from "../../model/assert-never.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside, leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { useWhole } from "../controls/use-whole.ts";
import { showHidden } from "../connections/hidden-line.tsx";
import { Corrections } from "../filter/corrections.tsx";
import { urlParts } from "../figures/row-words.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { useCount, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { narrowingsOf, type Narrowing } from "./narrowings.ts";

interface Reason {
  readonly by: Narrowing["by"];
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
      <strong>{words("place.no-matches")}</strong>
      <Corrections text={text} />
      {reasons.length === 1 && only?.by === "filter" ? (
        <>
          <p>{words("place.no-matches-about", { n: frames })}</p>
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
  const scope = useSelected(session.scope, (state) => state);
  const saved = useSelected(session.filters, (state) => state.saved);
  const list = useSelected(session.connections, (state) => state.list);
  return narrowingsOf(scope, saved, list).map((narrowing): Reason => {
    const { by } = narrowing;
    switch (by) {
      case "filter":
        return { by, text: words("place.filter-hides", { filter: narrowing.filter }), cure: words("place.clear-filter"), run: () => clearFilter(session) };
      case "connection":
        return { by, text: words("place.only-connection", { path: urlParts(narrowing.url, words).path }), cure: words("place.all-connections"), run: () => session.chooseConnection(null, false) };
      case "hidden connections":
        return { by, text: words("place.connections-hidden"), cure: words("menu.show-hidden"), run: () => showHidden(session) };
      case "sent":
      case "received":
        return { by, text: words(`place.${by}-hidden`), cure: words(`place.show-${by}`), run: () => session.scope.toggle(by) };
      default:
        return assertNever(by);
    }
  });
}

function clearFilter({ scope, filters }: PanelSession): void {
  scope.setFilter("");
  filters.allOff();
}
