import { useCallback, useEffect, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from "react";
import type { FrameDetails, FoundText, LaidText, TextForm, TextLine } from "../../contract/inspect.ts";
import { takeKey } from "../controls/take-key.ts";
import { shown } from "../figures/hidden-characters.tsx";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { TEXT_ROW } from "../virtual/row-heights.ts";
import { useVirtualRows } from "../virtual/use-virtual-rows.ts";
import { lineParts, type LineOf } from "./line-parts.ts";
import { useLines } from "./use-lines.ts";
import "./lines.css";

interface TextViewProps {
  readonly details: Pick<FrameDetails, "index" | "message">;
  readonly form: TextForm;
  readonly laid: LaidText;
  /** Lines that are longer than the pane are scrolled to; else they were broken at its width. */
  readonly isWide?: boolean;
  /** What is marked wherever it stands, and the place of it that was found last. */
  readonly sought?: string;
  readonly found?: FoundText | null;
  /** Some were folded or unfolded: so many are on view now. */
  readonly onFold?: (lines: number) => void;
}

/**
 * Text with line numbers, and what hangs below a line by its indentation to be folded; only the lines on view are here.
 * Another form of it is another component, by its key.
 */
export function TextView({ details: { index: frame, message }, form: { form, columns }, laid, isWide = false, sought = "", found = null, onFold }: TextViewProps) {
  const { engine } = useSession();
  const { words, tell } = useSpeaker();
  const { lines, longest } = laid;
  const [count, setCount] = useState(lines);
  const [version, setVersion] = useState(0);
  /** What was found stands on its line until something else is folded. */
  const [told, setTold] = useState({ lines, found, version });
  if (told.lines !== lines || told.found !== found) {
    const now = told.found !== found && found !== null ? found.lines : told.lines === lines ? count : lines;
    const isOther = now !== count;
    if (isOther) {
      setCount(now);
      setVersion(version + 1);
    }
    setTold({ lines, found, version: isOther ? version + 1 : version });
  }
  const { from, to, slots, scroller, height, y, setElement } = useVirtualRows({ count, rowHeight: TEXT_ROW });
  const ask = useCallback(
    (start: number, end: number) => engine.call("textLines", { frame, message, form, columns, from: start, to: end }),
    [engine, frame, message, form, columns],
  );
  const { at, problem } = useLines<TextLine>(ask, { from, to, count }, version);
  useEffect(() => {
    if (found !== null) scroller.scrollToRow(found.line);
  }, [scroller, found]);

  async function fold(line: number, all: boolean): Promise<void> {
    const answered = await engine.call("foldText", { frame, message, form, columns, line, all }).catch(() => null);
    if (answered === null) return;
    setCount(answered);
    setVersion((now) => now + 1);
    onFold?.(answered);
  }

  function clicked(event: MouseEvent): void {
    const head = headOf(event);
    if (head !== null) void fold(Number(head.dataset["line"]), event.altKey);
  }

  /** From head to head, folding and unfolding. */
  function pressed(event: KeyboardEvent<HTMLElement>): void {
    const head = headOf(event);
    if (head === null || event.ctrlKey || event.metaKey) return;
    const isOpen = head.getAttribute("aria-expanded") === "true";
    const heads = [...event.currentTarget.querySelectorAll<HTMLElement>(".text-fold")];
    const place = heads.indexOf(head);
    if (event.key === "ArrowDown") heads[place + 1]?.focus();
    else if (event.key === "ArrowUp") heads[place - 1]?.focus();
    else if ((event.key === "ArrowLeft" && isOpen) || (event.key === "ArrowRight" && !isOpen)) void fold(Number(head.dataset["line"]), event.altKey);
    else return;
    takeKey(event);
  }

  const drawn = [];
  let hasHead = false;
  for (let place = from; place < to; place++) {
    const line = at(place);
    const isHead = line !== undefined && line.hidden !== null;
    drawn.push(
      <div key={place % slots} className="text-line">
        <span className="text-number">{line?.number ?? ""}</span>
        {isHead && (
          <button
            type="button"
            className="text-fold"
            data-line={place}
            aria-expanded={line.hidden === 0}
            aria-label={words("raw.below", { n: line.number ?? 0 })}
            title={words("raw.fold-about")}
            tabIndex={hasHead ? -1 : 0}
          />
        )}
        {line === undefined ? "" : drawLine(line.text, form === "sent" ? "text" : line.number === null ? "rest of json" : "json", sought, found?.line === place && told.version === version ? found.from : null)}
        {isHead && line.hidden !== 0 && <span className="text-hidden">{words("raw.hidden", { n: line.hidden ?? 0 })}</span>}
      </div>,
    );
    hasHead ||= isHead;
  }
  return (
    <div ref={setElement} className={`inspector-scroll text-view ${isWide ? "text-wide" : ""}`} role="region" aria-label={words("inspector.text")} tabIndex={0} onClick={clicked} onKeyDown={pressed}>
      {problem !== null && <p className="inspector-note">{tell(problem)}</p>}
      <div className="inspector-spacer" style={isWide ? { height, minWidth: `calc(62px + ${longest}ch)` } : { height }}>
        <div style={{ transform: `translateY(${y}px)` }}>{drawn}</div>
      </div>
    </div>
  );
}

const headOf = ({ target }: { readonly target: EventTarget }): HTMLElement | null => (target as Element).closest<HTMLElement>(".text-fold");

function drawLine(text: string, of: LineOf, sought: string, found: number | null): ReactNode {
  return lineParts(text, of, sought).map(({ from, text: part, colour, isFound }) => {
    if (isFound) {
      return (
        <mark key={from === found ? "found" : from} ref={from === found ? bringOnView : undefined} className={from === found ? "text-found" : undefined}>
          {shown(part)}
        </mark>
      );
    }
    return colour === null ? (
      shown(part)
    ) : (
      <span key={from} className={colour}>
        {shown(part)}
      </span>
    );
  });
}

/** A line may be longer than the pane. */
function bringOnView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
