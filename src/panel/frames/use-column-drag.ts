import { useRef, useState, type PointerEvent } from "react";
import type { ColumnId } from "../state/column-layout.ts";

/** A column on its way: it will stand before `before`, or last. */
export interface ColumnMove {
  readonly id: ColumnId;
  readonly before: ColumnId | null;
}

interface ColumnDragOptions {
  readonly columns: readonly ColumnId[];
  readonly widthOf: (id: ColumnId) => number;
  /** `isDone`: the pointer was let go. */
  readonly onSize: (id: ColumnId, width: number, isDone: boolean) => void;
  readonly onMove: (move: ColumnMove) => void;
}

/** A pointer that moved no farther meant a click. */
const CLICK_SLACK = 5;

/**
 * Dragging a head moves its column, dragging its edge sizes it. Columns behind the message grow to the left: their
 * edge is the left one.
 */
export function useColumnDrag({ columns, widthOf, onSize, onMove }: ColumnDragOptions) {
  const [move, setMove] = useState<ColumnMove | null>(null);
  const wasDrag = useRef(false);
  const pressedAt = useRef<ColumnId | null>(null);

  function follow(head: HTMLElement, pointerId: number, moved: (x: number, isDone: boolean) => void): void {
    const ending = new AbortController();
    const { signal } = ending;
    head.setPointerCapture(pointerId);
    head.addEventListener("pointermove", ({ clientX }) => moved(clientX, false), { signal });
    head.addEventListener(
      "pointerup",
      ({ clientX }) => {
        ending.abort();
        moved(clientX, true);
      },
      { signal },
    );
    head.addEventListener("pointercancel", () => (ending.abort(), setMove(null)), { signal });
  }

  function pressed(event: PointerEvent<HTMLElement>): void {
    const target = event.target as Element;
    const id = target.closest<HTMLElement>("[data-column]")?.dataset["column"] as ColumnId | undefined;
    wasDrag.current = false;
    pressedAt.current = id ?? null;
    if (id === undefined || event.button !== 0) return;
    const head = event.currentTarget;
    const start = event.clientX;
    if (target.closest("[data-edge]") !== null) {
      event.preventDefault();
      const width = widthOf(id);
      const sign = columns.indexOf(id) > columns.indexOf("message") ? -1 : 1;
      wasDrag.current = true;
      follow(head, event.pointerId, (x, isDone) => onSize(id, width + (x - start) * sign, isDone));
      return;
    }
    follow(head, event.pointerId, (x, isDone) => {
      if (!wasDrag.current && Math.abs(x - start) <= CLICK_SLACK) return;
      wasDrag.current = true;
      const next = { id, before: columnAt(head, x) };
      setMove(isDone ? null : next);
      if (isDone && next.before !== id) onMove(next);
    });
  }

  return {
    move,
    onPointerDown: pressed,
    /** The column that the click which just came is on; null where it ended a drag. A captured pointer clicks on the row. */
    clickedColumn: () => (wasDrag.current ? null : pressedAt.current),
  };
}

/** The column before which something dropped at `x` belongs. */
function columnAt(head: HTMLElement, x: number): ColumnId | null {
  for (const cell of head.querySelectorAll<HTMLElement>("[data-column]")) {
    const { left, width } = cell.getBoundingClientRect();
    if (x < left + width / 2) return cell.dataset["column"] as ColumnId;
  }
  return null;
}
