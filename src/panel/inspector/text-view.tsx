import { useCallback } from "react";
import type { FrameDetails, TextLine } from "../../contract/inspect.ts";
import type { FrameIndex } from "../../model/units.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { TEXT_ROW } from "../virtual/row-heights.ts";
import { useVirtualRows } from "../virtual/use-virtual-rows.ts";
import { useLines } from "./use-lines.ts";
import "./lines.css";

interface TextViewProps {
  readonly details: FrameDetails;
  readonly lines: number;
}

/** Text with line numbers, broken at the pane's width; only the lines on view are here. */
export function TextView({ details, lines }: TextViewProps) {
  const session = useSession();
  const columns = useSelected(session.inspector, (state) => state.readColumns);
  return <WrappedText key={columns} frame={details.index} lines={lines} columns={columns} />;
}

interface WrappedTextProps {
  readonly frame: FrameIndex;
  readonly lines: number;
  readonly columns: number;
}

function WrappedText({ frame, lines, columns }: WrappedTextProps) {
  const { engine } = useSession();
  const { words, tell } = useSpeaker();
  const { from, to, slots, height, y, setElement } = useVirtualRows({ count: lines, rowHeight: TEXT_ROW });
  const ask = useCallback(
    (start: number, end: number) => engine.call("textLines", { frame, columns, from: start, to: end }),
    [engine, frame, columns],
  );
  const { at, problem } = useLines<TextLine>(ask, { from, to, count: lines });
  const drawn = [];
  for (let place = from; place < to; place++) {
    const line = at(place);
    drawn.push(
      <div key={place % slots} className="text-line">
        <span className="text-number">{line?.number ?? ""}</span>
        {line?.text ?? ""}
      </div>,
    );
  }
  return (
    <div ref={setElement} className="inspector-scroll text-view" role="region" aria-label={words("inspector.text")} tabIndex={0}>
      {problem !== null && <p className="inspector-note">{tell(problem)}</p>}
      <div className="inspector-spacer" style={{ height }}>
        <div style={{ transform: `translateY(${y}px)` }}>{drawn}</div>
      </div>
    </div>
  );
}
