import { useCallback, useRef } from "react";
import { MOST_BYTES, type FrameDetails } from "../../contract/inspect.ts";
import type { FrameIndex } from "../../model/units.ts";
import { useElementWidth } from "../controls/use-element-width.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { TEXT_ROW } from "../virtual/row-heights.ts";
import { useVirtualRows } from "../virtual/use-virtual-rows.ts";
import { hexLines, type HexLine } from "./hex-lines.ts";
import { characterWidth } from "./use-line-columns.ts";
import { useLines } from "./use-lines.ts";
import "./lines.css";

/** The payload's bytes. */
export function HexTab({ details }: { readonly details: FrameDetails }) {
  const { words, tell } = useSpeaker();
  const { kind, size, note, index } = details;
  if (kind !== "message") return <p className="inspector-note">{words("inspector.no-payload")}</p>;
  if (size === null) return <p className="inspector-note">{note === null ? words("inspector.not-reported") : tell(note)}</p>;
  if (size === 0) return <p className="inspector-note">{words("inspector.empty")}</p>;
  return <HexView frame={index} size={size} />;
}

interface HexViewProps {
  readonly frame: FrameIndex;
  readonly size: number;
}

/** Characters of a row of 16: offset, bytes, text and the gaps between. */
const WIDE_ROW = 8 + 2 + 48 + 2 + 16;
/** Paddings and the scrollbar. */
const BESIDE_BYTES = 40;

export function HexView({ frame, size }: HexViewProps) {
  const pane = useRef<HTMLDivElement>(null);
  const width = useElementWidth(pane);
  const fits = width === 0 ? 0 : (width - BESIDE_BYTES) / characterWidth();
  const bytesPerRow = fits >= WIDE_ROW ? 16 : 8;
  return (
    <div ref={pane} className="hex-pane">
      {width > 0 && <HexRows key={bytesPerRow} frame={frame} size={size} width={bytesPerRow} />}
    </div>
  );
}

function HexRows({ frame, size, width }: HexViewProps & { readonly width: number }) {
  const { engine } = useSession();
  const { words, tell } = useSpeaker();
  const count = Math.ceil(size / width);
  const { from, to, slots, height, y, setElement } = useVirtualRows({ count, rowHeight: TEXT_ROW });
  const ask = useCallback(
    async (start: number, end: number) => {
      const last = Math.min(end * width, size, start * width + MOST_BYTES);
      return hexLines(await engine.call("bytes", { frame, from: start * width, to: last }), start * width, width);
    },
    [engine, frame, size, width],
  );
  const { at, problem } = useLines<HexLine>(ask, { from, to, count });
  const drawn = [];
  for (let place = from; place < to; place++) {
    const line = at(place);
    drawn.push(
      <div key={place % slots} className={`hex-line hex-by-${width}`}>
        <span className="hex-offset">{line?.offset}</span>
        <span>{line?.hex}</span>
        <span className="hex-text">{line?.text}</span>
      </div>,
    );
  }
  return (
    <div ref={setElement} className="inspector-scroll hex-view" role="region" aria-label={words("inspector.bytes")} tabIndex={0}>
      {problem !== null && <p className="inspector-note">{tell(problem)}</p>}
      <div className="inspector-spacer" style={{ height }}>
        <div style={{ transform: `translateY(${y}px)` }}>{drawn}</div>
      </div>
    </div>
  );
}
