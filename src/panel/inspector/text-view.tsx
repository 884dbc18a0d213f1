import { useCallback, useEffect, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from "react";
import type { FrameDetails, FoundText, LaidText, TextForm, TextLine } from "../../contract/inspect.ts";
import type { Range } from "../../contract/range.ts";
import { findAskedBy, type FindAsked } from "../controls/find-key.ts";
import { takeKey } from "../controls/take-key.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { TEXT_ROW } from "../virtual/row-heights.ts";
import { useVirtualRows } from "../virtual/use-virtual-rows.ts";
import { cutParts, lineParts, type LineOf } from "./line-parts.ts";
import { useLines } from "./use-lines.ts";
import { useTextSelection } from "./use-text-selection.ts";
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
  /** A key asks to find something in it. */
  readonly onFind?: (asked: FindAsked) => void;
  /** Some were folded or unfolded: so many are on view now. */
  readonly onFold?: (lines: number) => void;
}

/**
 * Text with line numbers, and what hangs below a line by its indentation to be folded; only the lines on view are here.
 * Another form of it is another component, by its key.
 */
export function TextView({ details, form: textForm, laid, isWide = false, sought = "", found = null, onFind, onFold }: TextViewProps) {
  const { engine } = useSession();
  const { words, tell } = useSpeaker();
  const { index: frame, message } = details;
  const { form, columns } = textForm;
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
  const [element, setPane] = useState<HTMLDivElement | null>(null);
  const { from, to, slots, scroller, screen, height, y, setElement } = useVirtualRows({ count, rowHeight: TEXT_ROW });
  const ask = useCallback(
    (start: number, end: number) => engine.call("textLines", { frame, message, form, columns, from: start, to: end }),
    [engine, frame, message, form, columns],
  );
  const { at, problem } = useLines<TextLine>(ask, { from, to, count }, version);
  const { range, cursor, captured, pressed: pressedOn, moved, ended, keyed, menuAsked } = useTextSelection(details, textForm, { element, at, scroller, screen });
  const takeElement = useCallback(
    (taken: HTMLDivElement | null): void => {
      setElement(taken);
      setPane(taken);
    },
    [setElement],
  );
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

  function pressed(event: KeyboardEvent<HTMLElement>): void {
    const asked = onFind === undefined ? undefined : findAskedBy(event);
    if (asked !== undefined) {
      takeKey(event);
      return onFind?.(asked);
    }
    const head = headOf(event);
    if (head === null || event.ctrlKey || event.metaKey) keyed(event);
    else pressedOnHead(event, head);
  }

  /** From head to head, folding and unfolding. */
  function pressedOnHead(event: KeyboardEvent<HTMLElement>, head: HTMLElement): void {
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
      <div key={place % slots} className="text-line" data-place={place}>
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
        <span className="text-characters">
          {line !== undefined && drawLine(line, { of: form === "sent" ? "text" : line.number === null ? "rest of json" : "json", sought, found: found?.line === place && told.version === version ? found.from : null, range, cursor })}
        </span>
        {isHead && line.hidden !== 0 && <span className="text-hidden">{words("raw.hidden", { n: line.hidden ?? 0 })}</span>}
      </div>,
    );
    hasHead ||= isHead;
  }
  return (
    <>
      <div
        ref={takeElement}
        className={`inspector-scroll text-view ${isWide ? "text-wide" : ""}`}
        role="region"
        aria-label={words("inspector.text")}
        tabIndex={0}
        data-finds={onFind === undefined ? undefined : ""}
        onClick={clicked}
        onKeyDown={pressed}
        onPointerDown={captured}
        onPointerMove={moved}
        onLostPointerCapture={ended}
        onMouseDown={pressedOn}
        onContextMenu={menuAsked}
      >
        {problem !== null && <p className="inspector-note">{tell(problem)}</p>}
        <div className="inspector-spacer" style={isWide ? { height, minWidth: `calc(62px + ${longest}ch)` } : { height }}>
          <div style={{ transform: `translateY(${y}px)` }}>{drawn}</div>
        </div>
      </div>
      <p className="spoken" aria-live="polite">
        {range === null || range.from === range.to ? "" : words("raw.selected", { n: range.to - range.from })}
      </p>
    </>
  );
}

const headOf = ({ target }: { readonly target: EventTarget }): HTMLElement | null => (target as Element).closest<HTMLElement>(".text-fold");

interface DrawnLine {
  readonly of: LineOf;
  readonly sought: string;
  /** Where what was found last stands in it; null for another line. */
  readonly found: number | null;
  /** What is selected of the text, and where its cursor stands; null where there is none. */
  readonly range: Range | null;
  readonly cursor: number | null;
}

function drawLine({ at, text }: TextLine, { of, sought, found, range, cursor }: DrawnLine): ReactNode {
  const isOn = range !== null && range.to >= at && range.from <= at + text.length;
  const [from, to, caret] = isOn ? [range.from - at, range.to - at, (cursor ?? 0) - at] : [0, 0, -1];
  const parts = lineParts(text, of, sought);
  const drawn = (isOn ? cutParts(parts, [from, to]) : parts).map(({ from: start, text: part, colour, isFound }) => {
    const isSelected = start >= from && start < to;
    const name = [colour, isSelected && "text-selected", isFound && start === found && "text-found"].filter((one) => typeof one === "string").join(" ");
    const content = (
      <>
        {start === caret && CARET}
        {part}
      </>
    );
    if (isFound) {
      return (
        <mark key={start === found ? "found" : start} ref={start === found ? bringOnView : undefined} className={name === "" ? undefined : name}>
          {content}
        </mark>
      );
    }
    return name === "" && start !== caret ? (
      part
    ) : (
      <span key={start} className={name === "" ? undefined : name}>
        {content}
      </span>
    );
  });
  if (caret === text.length) drawn.push(<span key="end">{CARET}</span>);
  // The line's end is selected too.
  if (isOn && to > text.length && from <= text.length) drawn.push(<span key="feed" className="text-selected"> </span>);
  return drawn;
}

const CARET = <i className="text-caret" />;

/** A line may be longer than the pane. */
function bringOnView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
