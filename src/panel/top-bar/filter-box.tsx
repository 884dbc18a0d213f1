import { X } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import type { FilterProblem } from "../../engine/contract.ts";
import { takeKey } from "../controls/take-key.ts";
import { formatCount, formatShare } from "../figures/figures.ts";
import { useCount, useSelected, useSession } from "../state/session-context.ts";

interface FilterBoxProps {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  /** Enter or Down: the user goes on to the table. */
  readonly onLeave: () => void;
}

export function FilterBox({ inputRef, onLeave }: FilterBoxProps) {
  const session = useSession();
  const text = useSelected(session.scope, (state) => state.text);
  const problem = useSelected(session.scope, (state) => state.problem);

  function pressed(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" || event.key === "ArrowDown") {
      takeKey(event);
      onLeave();
    } else if (event.key === "Escape" && text !== "") {
      takeKey(event);
      session.scope.setFilter("");
    }
  }

  return (
    <div className={problem === null ? "filter" : "filter filter-wrong"}>
      <input
        ref={inputRef}
        className="filter-input"
        type="text"
        aria-label="Filter frames"
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : "filter-problem"}
        placeholder="Filter: text or /regex/"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        value={text}
        onChange={(event) => session.scope.setFilter(event.target.value)}
        onKeyDown={pressed}
      />
      <Matches />
      {text !== "" && (
        <button
          type="button"
          className="filter-clear"
          aria-label="Empty the filter box"
          title="Empty the filter box"
          onClick={() => {
            session.scope.setFilter("");
            inputRef.current?.focus();
          }}
        >
          <X />
        </button>
      )}
      {problem !== null && <FilterAlert text={text} problem={problem} />}
    </div>
  );
}

/** Rows that take long enough to test for their share to be read. */
const LONG_REST = 5_000;

/** How many frames the table shows. Not spoken on each of sixty changes a second: aria-live is off. */
function Matches() {
  const matches = useCount((changed) => changed.matches, 0);
  const frames = useCount((changed) => changed.frames, 0);
  const scanned = useCount((changed) => changed.scanned, 1);
  return (
    <span className="filter-matches" role="status" aria-label="Matches" aria-live="off">
      {formatCount(matches)} of {formatCount(frames)}
      {/* Of a short rest the share would only flicker. */}
      {(1 - scanned) * frames > LONG_REST && ` · ${formatShare(scanned)}`}
    </span>
  );
}

/** What is wrong with the filter, with the place marked in its text. */
function FilterAlert({ text, problem }: { readonly text: string; readonly problem: FilterProblem }) {
  const from = Math.min(problem.from, text.length);
  const to = Math.min(Math.max(problem.to, from), text.length);
  return (
    <div className="filter-alert popup" role="alert" id="filter-problem">
      <span>{problem.message}</span>
      {to > from && (
        <code className="filter-place">
          {text.slice(Math.max(0, from - 40), from)}
          <em>{text.slice(from, to)}</em>
          {text.slice(to, to + 40)}
        </code>
      )}
    </div>
  );
}
