import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { MOST_BYTES } from "../../contract/inspect.ts";
import { formatBytes } from "../../model/byte-formats.ts";
import { say } from "../../model/said.ts";
import type { FrameIndex } from "../../model/units.ts";
import { findAskedBy } from "../controls/find-key.ts";
import { takeKey } from "../controls/take-key.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { TEXT_ROW } from "../virtual/row-heights.ts";
import { useDragScroll, type Point } from "../virtual/use-drag-scroll.ts";
import { useVirtualRows } from "../virtual/use-virtual-rows.ts";
import { ByteReadings } from "./byte-readings-table.tsx";
import { HexLayers, layerClass, type HexLayer } from "./hex-layers.tsx";
import { hexLeft, hexLines, hexOffset, type HexLayout, type HexLine } from "./hex-lines.ts";
import { byteAt, selectedRange, selectedRuns, type HexSelection, type SelectedRuns } from "./hex-selection.ts";
import { HexTools, type ByteFinder } from "./hex-tools.tsx";
import { readRange } from "./read-range.ts";
import { characterWidth } from "./use-line-columns.ts";
import { useLines } from "./use-lines.ts";
import "./hex.css";

/** A message whose bytes are shown. */
export interface HexMessage {
  readonly frame: FrameIndex;
  /** Its place in the frame, where that holds several. */
  readonly message: number;
  readonly size: number;
  /** The first of its bytes, where they are known already. */
  readonly head: Uint8Array;
  readonly layers: readonly HexLayer[];
  /** It is shown as a value too. */
  readonly hasValue: boolean;
}

interface HexRowsProps extends HexMessage {
  readonly layout: HexLayout;
}

/** As lines.css has it: the text below the bytes is closer to them than to the next row. */
const FOLDED_ROW = 32;

/** Rows of bytes, as digits and as text: what is selected in one column is marked in both. */
export function HexRows({ frame, message, size, head, layers, hasValue, layout }: HexRowsProps) {
  const { width, digits, isFolded } = layout;
  const rowHeight = isFolded ? FOLDED_ROW : TEXT_ROW;
  const { engine, clipboard, inspector } = useSession();
  const { words, tell } = useSpeaker();
  const count = Math.ceil(size / width);
  const [selection, setSelection] = useState<HexSelection | null>(() => {
    const { spot } = inspector.store.getState();
    return spot?.frame === frame && "at" in spot ? { anchor: spot.at, cursor: spot.at } : null;
  });
  // What is read of the first byte that is selected takes room from the rows.
  const keptRow = selection === null ? null : Math.floor(selection.cursor / width);
  const { from, to, slots, scroller, screen, height, y, setElement } = useVirtualRows({ count, rowHeight, keptRow });
  /** The column that was pointed at last: copying takes what it shows. */
  const column = useRef<"hex" | "text">("hex");
  const rows = useRef<HTMLDivElement>(null);
  const finder = useRef<ByteFinder>(null);
  const ask = useCallback(
    async (start: number, end: number) => {
      const last = Math.min(end * width, size, start * width + MOST_BYTES);
      return hexLines(await engine.call("bytes", { frame, from: start * width, to: last }), start * width, { width, digits });
    },
    [engine, frame, size, width, digits],
  );
  const headLines = useMemo(() => hexLines(head.length === size ? head : head.subarray(0, head.length - (head.length % width)), 0, { width, digits }), [head, size, width, digits]);
  const { at, problem } = useLines<HexLine>(ask, { from, to, count }, 0, headLines);
  const range = selection === null ? null : selectedRange(selection);

  const show = useCallback(
    (next: HexSelection): void => {
      setSelection(next);
      scroller.scrollToRow(Math.floor(Math.max(next.anchor, next.cursor) / width));
      scroller.scrollToRow(Math.floor(Math.min(next.anchor, next.cursor) / width));
    },
    [scroller, width],
  );

  // What was pointed at in its tree.
  useEffect(() => {
    const { spot } = inspector.store.getState();
    if (spot === null || spot.frame !== frame) return;
    if ("at" in spot) return scroller.scrollToRow(Math.floor(spot.at / width));
    let isLeft = false;
    engine.call("lineBytes", spot).then(
      (bytes) => isLeft || bytes === null || bytes.from === bytes.to || show({ anchor: bytes.to - 1, cursor: bytes.from }),
      () => undefined,
    );
    return () => {
      isLeft = true;
    };
  }, [engine, inspector, scroller, frame, width, show]);

  function take(next: HexSelection): void {
    setSelection(next);
    inspector.point({ frame, message, at: Math.min(next.anchor, next.cursor) });
  }

  function select(next: HexSelection): void {
    take(next);
    scroller.scrollToRow(Math.floor(next.cursor / width));
  }

  const showValue = hasValue && selection !== null ? () => inspector.setTab("Message") : undefined;

  /** The byte under the pointer; beyond the ends the last, or the first. */
  function pointed(point: Point): number {
    const box = rows.current?.getBoundingClientRect();
    const line = box === undefined ? from : from + Math.floor((point.y - box.top) / rowHeight);
    const cell = rows.current?.querySelector<HTMLElement>(`[data-part="${column.current}"]`)?.getBoundingClientRect();
    const place = cell === undefined ? 0 : byteAt((point.x - cell.left) / characterWidth(), isFolded ? "hex" : column.current, width);
    return Math.min(Math.max(0, line * width + place), size - 1);
  }

  function pressed(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return;
    const part = (event.target as Element).closest<HTMLElement>("[data-part]")?.dataset["part"];
    if (part !== "hex" && part !== "text") return;
    column.current = part;
    event.currentTarget.setPointerCapture(event.pointerId);
    const cursor = pointed({ x: event.clientX, y: event.clientY });
    take({ cursor, anchor: event.shiftKey && selection !== null ? selection.anchor : cursor });
  }

  const { moved, ended } = useDragScroll(scroller, rowHeight, (point) => {
    const cursor = pointed(point);
    if (cursor !== selection?.cursor) take({ cursor, anchor: selection?.anchor ?? cursor });
  });

  function keyed(event: KeyboardEvent): void {
    const asked = findAskedBy(event);
    if (asked !== undefined) {
      takeKey(event);
      return finder.current?.ask(asked);
    }
    const isCommand = event.ctrlKey || event.metaKey;
    const cursor = selection?.cursor ?? 0;
    const page = Math.max(1, screen - 2) * width;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: cursor - 1,
      ArrowRight: selection === null ? 0 : cursor + 1,
      ArrowUp: cursor - width,
      ArrowDown: selection === null ? 0 : cursor + width,
      PageUp: cursor - page,
      PageDown: cursor + page,
      Home: isCommand ? 0 : cursor - (cursor % width),
      End: isCommand ? size - 1 : cursor - (cursor % width) + width - 1,
    };
    const next = moves[event.key];
    if (isCommand && event.code === "KeyA") take({ anchor: 0, cursor: size - 1 });
    else if (isCommand && event.code === "KeyC" && range !== null) void copy(range);
    else if (event.key === "Enter" && showValue !== undefined) showValue();
    else if (next !== undefined && !(isCommand && event.key.startsWith("Arrow"))) {
      const place = Math.min(Math.max(0, next), size - 1);
      select({ cursor: place, anchor: event.shiftKey && selection !== null ? selection.anchor : place });
    } else return;
    takeKey(event);
  }

  async function copy({ from: start, to: end }: { readonly from: number; readonly to: number }): Promise<void> {
    const isText = column.current === "text";
    await clipboard.copy(say("hex.copied", { n: end - start }), readRange(engine, frame, start, end).then((bytes) => (isText ? new TextDecoder().decode(bytes) : formatBytes(bytes, "hex"))));
  }

  // Below its bytes, a character stands where its byte does.
  const textColumn = isFolded ? "hex" : "text";
  const columns = { gridTemplateColumns: `${digits}ch ${hexLeft(width, width)}ch${isFolded ? "" : ` ${width}ch`}` };
  const drawn = [];
  for (let place = from; place < to; place++) {
    const line = at(place);
    const runs = range === null ? undefined : selectedRuns(range, place * width, width);
    const coloured = layers.map(({ bytes }) => selectedRuns(bytes, place * width, width));
    drawn.push(
      <div key={place % slots} className={isFolded ? "hex-line hex-folded" : "hex-line"} style={columns}>
        <span className="hex-offset">{line?.offset}</span>
        <span className="hex-cell" data-part="hex">
          <Marks runs={coloured} column="hex" />
          {runs !== undefined && <i style={{ left: `${runs.hex.left}ch`, width: `${runs.hex.width}ch` }} />}
          <span>{line?.hex}</span>
        </span>
        <span className="hex-cell hex-text" data-part="text">
          <Marks runs={coloured} column={textColumn} />
          {runs !== undefined && <i style={{ left: `${runs[textColumn].left}ch`, width: `${runs[textColumn].width}ch` }} />}
          <span>{isFolded ? line?.text.slice(0, width / 2) : line?.text}</span>
          {isFolded && <span>{line?.text.slice(width / 2)}</span>}
        </span>
      </div>,
    );
  }
  return (
    <>
      {layers.length > 0 && <HexLayers layers={layers} cursor={selection?.cursor} onSelect={(start, end) => select({ anchor: end - 1, cursor: start })} />}
      <HexTools finder={finder} frame={frame} size={size} selection={range} showValue={showValue} hasValue={hasValue} onSelect={(start, end) => select({ anchor: start, cursor: Math.max(start, end - 1) })} />
      <div
        ref={setElement}
        className="inspector-scroll hex-view"
        role="region"
        aria-label={words("inspector.bytes")}
        data-finds=""
        tabIndex={0}
        onPointerDown={pressed}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && moved(event)}
        onLostPointerCapture={ended}
        onKeyDown={keyed}
      >
        {problem !== null && <p className="inspector-note">{tell(problem)}</p>}
        <div className="inspector-spacer" style={{ height }}>
          <div ref={rows} style={{ transform: `translateY(${y}px)` }}>
            {drawn}
          </div>
        </div>
      </div>
      {selection !== null && range !== null && <ByteReadings key={range.from} frame={frame} at={range.from} />}
      <p className="spoken" aria-live="polite">
        {selection === null || range === null ? "" : words("hex.selected", { offset: hexOffset(range.from), n: range.to - range.from })}
      </p>
    </>
  );
}

/** Whose bytes stand where in one column of a row: those within others over them. */
function Marks({ runs, column }: { readonly runs: readonly (SelectedRuns | undefined)[]; readonly column: "hex" | "text" }) {
  return runs.map((run, i) => run !== undefined && <i key={layerClass(i)} className={layerClass(i)} style={{ left: `${run[column].left}ch`, width: `${run[column].width}ch` }} />);
}
