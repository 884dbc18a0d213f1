import { ArrowDown, ArrowUp, ChevronLeft, ChevronRight, Copy } from "lucide-react";
import { useCallback, useEffect, useState, type KeyboardEvent, type MouseEvent } from "react";
import type { CompareLine, Comparison } from "../../contract/compare.ts";
import type { InspectedFrame, LookedAt } from "../../contract/inspect.ts";
import { toldBy } from "../told-by.ts";
import { say, type Told } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { stepForKey } from "../controls/step-for-key.ts";
import { takeKey } from "../controls/take-key.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { TREE_ROW } from "../virtual/row-heights.ts";
import { useVirtualRows } from "../virtual/use-virtual-rows.ts";
import { compareLineId, CompareTreeLine } from "./compare-line.tsx";
import { useLines } from "./use-lines.ts";
import "./compare.css";

interface Asked {
  readonly other: LookedAt | null;
  readonly step: -1 | 0 | 1;
}

/** What stands for a while is told to take long. */
const SOON_MS = 300;

/** What is different between a message and another, most often the one before it of its type. */
export function CompareTab({ details }: { readonly details: InspectedFrame }) {
  const session = useSession();
  const { words, tell } = useSpeaker();
  const { index: frame, message, kind, treeRevision } = details;
  const wanted = useSelected(session.inspector, (state) => state.compareWith);
  const [asked, setAsked] = useState<Asked & { readonly wanted: LookedAt | null }>({ other: wanted, step: 0, wanted });
  const [answer, setAnswer] = useState<{ readonly comparison: Comparison; readonly version: number } | null>(null);
  const [problem, setProblem] = useState<Told | null>(null);
  const [share, setShare] = useState<number | null>(null);
  if (asked.wanted !== wanted) setAsked({ other: wanted, step: 0, wanted });
  const { other, step } = asked;

  useEffect(() => {
    if (kind !== "message") return undefined;
    const begin = (): (() => void) => {
      let isLeft = false;
      let done = 0;
      const soon = setTimeout(() => setShare(done), SOON_MS);
      const running = session.engine.run("compare", { frame, message, other, step }, { onProgress: (told) => { done = told; setShare((before) => (before === null ? null : told)); } });
      const end = (): void => {
        clearTimeout(soon);
        setShare(null);
      };
      running.answer.then(
        (comparison) => {
          if (isLeft) return;
          end();
          setProblem(null);
          if (comparison !== null) setAnswer((before) => ({ comparison, version: (before?.version ?? 0) + 1 }));
        },
        (why: unknown) => {
          if (isLeft) return;
          end();
          setProblem(toldBy(why));
        },
      );
      return () => {
        isLeft = true;
        clearTimeout(soon);
        running.cancel();
      };
    };
    // What is compared is not waited for by the next frame, which takes the same thread to be read.
    return session.inspector.whileShown(frame, begin);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another revision is another value
  }, [session, frame, message, kind, other, step, treeRevision]);

  if (kind !== "message") return <p className="inspector-note">{words("compare.messages-only")}</p>;
  if (problem !== null) return <p className="inspector-note">{tell(problem)}</p>;
  if (answer === null) return share === null ? null : <p className="inspector-note">{words("compare.comparing", { share })}</p>;
  const { comparison, version } = answer;
  if (comparison.other === null) return <p className="inspector-note">{words("compare.none")}</p>;
  const walk = (by: -1 | 1): void => setAsked({ other: comparison.other, step: by, wanted });
  return <Difference key={version} comparison={comparison} walk={walk} share={share} />;
}

interface DifferenceProps {
  readonly comparison: Comparison;
  readonly walk: (by: -1 | 1) => void;
  /** How far another comparison is. */
  readonly share: number | null;
}

function Difference({ comparison: { other, as, changes, lines, hasEarlier, hasLater }, walk, share }: DifferenceProps) {
  const session = useSession();
  const { engine, clipboard } = session;
  const { words, tell } = useSpeaker();
  const [count, setCount] = useState(lines);
  const [version, setVersion] = useState(0);
  const [active, setActive] = useState(0);
  const { from, to, slots, scroller, screen, height, y, setElement } = useVirtualRows({ count, rowHeight: TREE_ROW });
  const ask = useCallback((start: number, end: number) => engine.call("compareLines", { from: start, to: end }), [engine]);
  const { at, problem } = useLines<CompareLine>(ask, { from, to, count }, version);

  function goTo(line: number): void {
    const next = Math.min(Math.max(0, line), count - 1);
    setActive(next);
    scroller.scrollToRow(next);
  }

  async function toggle(line: number): Promise<void> {
    const answered = await engine.call("toggleCompared", { line }).catch(() => null);
    if (answered === null) return;
    setCount(answered);
    setVersion((now) => now + 1);
  }

  async function goToChange(backwards: boolean): Promise<void> {
    const line = await engine.call("nextChange", { from: active, backwards }).catch(() => null);
    if (line !== null) goTo(line);
  }

  const copy = (): void => void clipboard.copy(say("compare.copied"), engine.call("comparedText", null));

  function pressed(event: KeyboardEvent): void {
    if (isCopyOfAll(event)) {
      if (changes > 0 && event.code === "KeyC") copy();
      return takeKey(event);
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const line = at(active);
    const isFolder = line !== undefined && line.children > 0;
    const step = stepForKey(event.key, Math.max(1, screen - 2));
    if (step !== undefined) goTo(active + step);
    else if (isFolder && (event.key === "Enter" || event.key === " " || (event.key === "ArrowRight" && !line.expanded) || (event.key === "ArrowLeft" && line.expanded))) void toggle(active);
    else return;
    takeKey(event);
  }

  function clicked(event: MouseEvent): void {
    const line = (event.target as Element).closest<HTMLElement>("[data-line]");
    if (line === null) return;
    const place = Number(line.dataset["line"]);
    setActive(place);
    if ((at(place)?.children ?? 0) > 0 && getSelection()?.isCollapsed !== false) void toggle(place);
  }

  const unchanged = changes === 0 ? words("compare.no-changes") : null;
  const drawn = [];
  for (let place = from; place < to; place++) drawn.push(<CompareTreeLine key={place % slots} line={at(place)} place={place} isActive={place === active} as={as} />);
  return (
    <>
      <div ref={leavesKeyboardBeside} className="compare-tools">
        <span className="compare-with">{words("compare.with")}</span>
        {other !== null && (
          <button type="button" className="compare-other" title={words("compare.go-to")} onClick={() => session.selection.goToFrame(other.frame, other.message)}>
            {words("compare.other", { n: other.frame + 1, label: other.label })}
          </button>
        )}
        <span className="compare-changes">
          {share === null ? words("compare.changes", { n: changes }) : words("compare.comparing", { share })}
          {as !== "value" && ` · ${words(as === "text" ? "compare.as-text" : "compare.as-bytes")}`}
        </span>
        <Button name={words("compare.previous")} icon={<ArrowUp />} reason={unchanged} onClick={() => void goToChange(true)} />
        <Button name={words("compare.next")} icon={<ArrowDown />} reason={unchanged} onClick={() => void goToChange(false)} />
        <Button name={words("compare.copy")} icon={<Copy />} reason={unchanged} onClick={copy} />
        <Button name={words("compare.earlier")} icon={<ChevronLeft />} reason={hasEarlier ? null : words("compare.no-earlier")} onClick={() => walk(-1)} />
        <Button name={words("compare.later")} icon={<ChevronRight />} reason={hasLater ? null : words("compare.no-later")} onClick={() => walk(1)} />
      </div>
      <div
        ref={setElement}
        className="inspector-scroll compare-tree"
        role="tree"
        aria-label={words("compare.difference")}
        aria-activedescendant={active >= from && active < to && at(active) !== undefined ? compareLineId(active) : undefined}
        tabIndex={0}
        onKeyDown={pressed}
        onClick={clicked}
      >
        {problem !== null && <p className="inspector-note">{tell(problem)}</p>}
        <div className="inspector-spacer" role="presentation" style={{ height }}>
          <div role="presentation" style={{ transform: `translateY(${y}px)` }}>
            {drawn}
          </div>
        </div>
      </div>
    </>
  );
}

/** All is selected as long as nothing is: only the lines on view are there for Chrome to select. */
function isCopyOfAll({ ctrlKey, metaKey, altKey, shiftKey, code }: KeyboardEvent): boolean {
  if ((!ctrlKey && !metaKey) || altKey || shiftKey) return false;
  if (code === "KeyA") getSelection()?.removeAllRanges();
  return code === "KeyA" || (code === "KeyC" && getSelection()?.isCollapsed !== false);
}
