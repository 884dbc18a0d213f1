import { X } from "lucide-react";
import { EventCount } from "../controls/event-count.tsx";
import { whenIdle } from "../first-rows.ts";
import { shapeOf } from "../controls/with-figure.tsx";
import { lazy, Suspense, useEffect, useRef, useState, type ComponentType, type RefObject } from "react";
import { useCount, useLongScan, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { isTableEmpty } from "./enter-key.ts";
import { FilterButton } from "./filter-button.tsx";
import type { FilterEditor } from "./filter-editor.tsx";
import type { FilterHandle, FilterKeys, FilterStart } from "./filter-handle.ts";
import { FilterHistory } from "./filter-history.ts";
import { FilterPlain } from "./filter-plain.tsx";
import { LateFilterButtons } from "./late-filter-buttons.tsx";
import { PatientProblem } from "./patient-problem.ts";
import "./filter.css";

const FilterAlert = lazy(async () => ({ default: (await import("./filter-alert.tsx")).FilterAlert }));

interface FilterBoxProps {
  readonly handleRef: RefObject<FilterHandle | null>;
  /** Enter or Down: the user goes on to the table. */
  readonly onLeave: () => void;
}

type Editor = ComponentType<Parameters<typeof FilterEditor>[0]>;

export function FilterBox({ handleRef, onLeave }: FilterBoxProps) {
  const session = useSession();
  const { words, whole } = useSpeaker();
  const text = useSelected(session.scope, (state) => state.text);
  const problem = useSelected(session.scope, (state) => state.problem);
  const [patient] = useState(() => new PatientProblem());
  const shown = useSelected(patient, (state) => state.shown);
  const [isCompleting, setIsCompleting] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const editor = useEditor(input, whole);
  const keys = useFilterKeys(() => {
    patient.settle();
    if (!isTableEmpty(session.counts.getState().changed)) onLeave();
  });
  useEffect(() => patient.follow(session.scope.store), [patient, session]);

  useEffect(() => {
    if (editor !== null) return;
    handleRef.current = { focus: () => input.current?.focus(), selectAll: () => input.current?.select() };
  }, [editor, handleRef]);

  return (
    <div
      className={shown === null ? "filter" : "filter filter-wrong"}
      onBlur={() => {
        patient.settle();
        session.scope.settle();
        session.filters.used(text);
      }}
    >
      {editor === null ? (
        <FilterPlain inputRef={input} keys={keys} />
      ) : (
        <editor.Editor start={editor.start} keys={keys} handleRef={handleRef} onCompleting={setIsCompleting} />
      )}
      <Matches />
      {text !== "" && (
        <FilterButton
          name={words("filter.clear")}
          onClick={() => {
            session.scope.setFilter("");
            handleRef.current?.focus();
          }}
        >
          <X />
        </FilterButton>
      )}
      <LateFilterButtons canKeep={text.trim() !== "" && problem === null} onDone={() => handleRef.current?.focus()} />
      {shown !== null && (
        <Suspense fallback={null}>
          <FilterAlert problem={shown} text={text} isBehindList={isCompleting} />
        </Suspense>
      )}
    </div>
  );
}

interface LoadedEditor {
  readonly Editor: Editor;
  readonly start: FilterStart;
}

/** The editor, once it is loaded: after the first rows, and not in the middle of a composition. */
function useEditor(input: RefObject<HTMLInputElement | null>, whole: () => Promise<void>): LoadedEditor | null {
  const [loaded, setLoaded] = useState<LoadedEditor | null>(null);
  useEffect(() => {
    const ending = new AbortController();
    let isComposing = false;
    const field = input.current;
    const options = { signal: ending.signal };
    field?.addEventListener("compositionstart", () => (isComposing = true), options);
    field?.addEventListener("compositionend", () => (isComposing = false), options);
    const stopWaiting = whenIdle(() => void load());
    async function load(): Promise<void> {
      // It tells of fields and values. Where their words fail to load, whatever needs them says so.
      const [{ FilterEditor: Editor }] = await Promise.all([import("./filter-editor.tsx"), whole().catch(() => undefined)]);
      const swap = (): void => {
        if (ending.signal.aborted) return;
        if (isComposing) field?.addEventListener("compositionend", () => setTimeout(swap), { ...options, once: true });
        else setLoaded({ Editor, start: startOf(field) });
      };
      swap();
    }
    return () => {
      ending.abort();
      stopWaiting();
    };
  }, [input, whole]);
  return loaded;
}

const startOf = (field: HTMLInputElement | null): FilterStart => ({
  hasFocus: field !== null && document.activeElement === field,
  from: field?.selectionStart ?? 0,
  to: field?.selectionEnd ?? 0,
});

function useFilterKeys(onLeave: () => void): FilterKeys {
  const { scope, filters } = useSession();
  const [history] = useState(() => new FilterHistory());
  // A text that the history did not put there was typed.
  const put = useRef<string | null>(null);
  useEffect(
    () =>
      scope.store.subscribe(({ text }, before) => {
        if (text !== before.text && text !== put.current) history.typed();
      }),
    [scope, history],
  );
  const go = (text: string | null): boolean => {
    if (text === null) return false;
    put.current = text;
    scope.setFilter(text);
    return true;
  };
  const leave = (): boolean => {
    filters.used(scope.store.getState().text);
    scope.settle();
    onLeave();
    return true;
  };
  return {
    enter: leave,
    up: () => go(history.older(filters.store.getState().used, scope.store.getState().text)),
    down: () => (history.isBrowsing ? go(history.newer(filters.store.getState().used)) : leave()),
    escape: () => {
      if (scope.store.getState().text === "") return false;
      scope.setFilter("");
      return true;
    },
  };
}

/** How many frames the table shows. Not spoken on each of sixty changes a second: aria-live is off. */
function Matches() {
  const { words } = useSpeaker();
  const matches = useCount((changed) => changed.matches, 0);
  const frames = useCount((changed) => changed.frames, 0);
  const scanned = useCount((changed) => changed.scanned, 1);
  const sorted = useCount((changed) => changed.sorted, 1);
  const isLong = useLongScan();
  const isAll = useIsAll();
  // Events are no frames; rows of nothing else would contradict the figure.
  const events = useCount(({ matches: found, rows }) => (found === 0 ? rows : 0), 0);
  const text = isLong ? words("filter.matches-so-far", { n: matches }) : isAll ? words("filter.matches-all", { n: frames }) : words("filter.matches-some", { matches, frames });
  return (
    // At the right edge a longer one begins elsewhere: it is put there anew, and nothing moves.
    <span key={shapeOf(text)} className="filter-matches" role="status" aria-label={words("filter.matches")} aria-live="off">
      {text}
      {!isAll && events > 0 && <EventCount n={events} />}
      {(isLong || sorted < 1) && <span className="filter-progress" style={{ scale: `${isLong ? scanned : sorted} 1` }} />}
    </span>
  );
}

/** Whether nothing keeps rows from the table. */
function useIsAll(): boolean {
  const { scope, filters, connections } = useSession();
  const isHiding = useSelected(connections, ({ list }) => list.hidden !== undefined);
  const isUnfiltered = useSelected(scope, ({ text, connection, sent, received }) => text.trim() === "" && connection === null && sent && received);
  const hasSaved = useSelected(filters, ({ saved }) => saved.some(({ isOn }) => isOn));
  return isUnfiltered && !hasSaved && !isHiding;
}
