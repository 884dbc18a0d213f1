import type { KeyboardEvent, RefObject } from "react";
import { takeKey } from "../controls/take-key.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { FilterKeys } from "./filter-handle.ts";

interface FilterPlainProps {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly keys: FilterKeys;
}

/** The box until its editor is loaded: as large, and of the same name. */
export function FilterPlain({ inputRef, keys }: FilterPlainProps) {
  const session = useSession();
  const { words } = useSpeaker();
  const text = useSelected(session.scope, (state) => state.text);
  const hasProblem = useSelected(session.scope, (state) => state.problem !== null);

  function pressed(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const act = { Enter: keys.enter, ArrowDown: keys.down, ArrowUp: keys.up, Escape: keys.escape }[event.key];
    if (act?.() === true) takeKey(event);
  }

  return (
    <input
      ref={inputRef}
      className="filter-input"
      type="text"
      aria-label={words("filter.name")}
      aria-invalid={hasProblem}
      aria-describedby={hasProblem ? "filter-problem" : undefined}
      placeholder={words("filter.hint")}
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="off"
      value={text}
      onChange={(event) => session.scope.typeFilter(event.target.value)}
      onKeyDown={pressed}
    />
  );
}
