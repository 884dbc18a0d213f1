import { useCallback, useEffect, type ReactNode } from "react";
import type { FrameDetails, FoundText, LaidText, TextForm, TextLine } from "../../contract/inspect.ts";
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
}

/** Text with line numbers; only the lines on view are here. Another form of it is another component, by its key. */
export function TextView({ details: { index: frame, message }, form: { form, columns }, laid, isWide = false, sought = "", found = null }: TextViewProps) {
  const { engine } = useSession();
  const { words, tell } = useSpeaker();
  const { lines: count, longest } = laid;
  const { from, to, slots, scroller, height, y, setElement } = useVirtualRows({ count, rowHeight: TEXT_ROW });
  const ask = useCallback(
    (start: number, end: number) => engine.call("textLines", { frame, message, form, columns, from: start, to: end }),
    [engine, frame, message, form, columns],
  );
  const { at, problem } = useLines<TextLine>(ask, { from, to, count });
  useEffect(() => {
    if (found !== null) scroller.scrollToRow(found.line);
  }, [scroller, found]);
  const drawn = [];
  for (let place = from; place < to; place++) {
    const line = at(place);
    drawn.push(
      <div key={place % slots} className="text-line">
        <span className="text-number">{line?.number ?? ""}</span>
        {line === undefined ? "" : drawLine(line.text, form === "sent" ? "text" : line.number === null ? "rest of json" : "json", sought, found?.line === place ? found.from : null)}
      </div>,
    );
  }
  return (
    <div ref={setElement} className={`inspector-scroll text-view ${isWide ? "text-wide" : ""}`} role="region" aria-label={words("inspector.text")} tabIndex={0}>
      {problem !== null && <p className="inspector-note">{tell(problem)}</p>}
      <div className="inspector-spacer" style={isWide ? { height, minWidth: `calc(62px + ${longest}ch)` } : { height }}>
        <div style={{ transform: `translateY(${y}px)` }}>{drawn}</div>
      </div>
    </div>
  );
}

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
