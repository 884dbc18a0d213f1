import { Columns3 } from "lucide-react";
import { memo, useState, type KeyboardEvent, type MouseEvent } from "react";
import { isColumnPath } from "../../contract/column-paths.ts";
import type { Sort } from "../../contract/rows.ts";
import { takeKey } from "../controls/take-key.ts";
import {
  canSize,
  columnWidth,
  moveColumn,
  sizeColumn,
  stepColumn,
  unsizeColumn,
  type ColumnId,
  type ColumnLayout,
} from "../state/column-layout.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { TIME_NAMES } from "./column-names.ts";
import { useColumnDrag } from "./use-column-drag.ts";

interface FramesHeadProps {
  readonly columns: readonly ColumnId[];
  readonly layout: ColumnLayout;
  readonly numberLength: number;
  /** Down: the user goes on to the rows. */
  readonly onLeave: () => void;
}

const SIZE_STEP = 8;

/** The heads of the columns: sort, move, size, and a menu. One of them takes the keyboard at a time. */
export const FramesHead = memo(function FramesHead({ columns, layout, numberLength, onLeave }: FramesHeadProps) {
  const session = useSession();
  const { words } = useSpeaker();
  const sort = useSelected(session.scope, (state) => state.sort);
  const [active, setActive] = useState<ColumnId>("number");
  const at = columns.includes(active) ? active : columns[0];
  const widthOf = (id: ColumnId): number => columnWidth(layout, id, numberLength);
  const size = (id: ColumnId, width: number, isDone: boolean): void => {
    const part = sizeColumn(layout, id, width);
    if (isDone) session.columns.change(part);
    else session.columns.show(part);
  };
  const { move, onPointerDown, clickedColumn } = useColumnDrag({
    columns,
    widthOf,
    onSize: size,
    onMove: ({ id, before }) => session.columns.change(moveColumn(layout, id, before)),
  });

  const sortBy = (id: ColumnId): void => session.scope.sortBy(id);

  function clicked(event: MouseEvent): void {
    // A click without a pointer comes from a screen reader.
    const id = event.detail === 0 ? columnOf(event) : clickedColumn();
    if (id !== undefined && id !== null) sortBy(id);
  }

  function pressed(event: KeyboardEvent<HTMLElement>): void {
    const id = columnOf(event);
    if (id === undefined || event.ctrlKey || event.metaKey) return;
    const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : null;
    if (step !== null && event.altKey) session.columns.change(stepColumn(layout, columns, id, step));
    else if (step !== null && event.shiftKey) size(id, widthOf(id) + step * SIZE_STEP, true);
    else if (step !== null) focusHead(event.currentTarget, columns[columns.indexOf(id) + step]);
    else if (event.key === "Enter" || event.key === " ") sortBy(id);
    else if (event.key === "ArrowDown") onLeave();
    else return;
    takeKey(event);
  }

  return (
    <div
      role="row"
      aria-rowindex={1}
      className="frame-row"
      onPointerDown={onPointerDown}
      onClick={clicked}
      onDoubleClick={(event) => {
        const id = columnOf(event);
        const isEdge = (event.target as Element).closest("[data-edge]") !== null;
        if (id !== undefined && isEdge) session.columns.change(unsizeColumn(layout, id));
      }}
      onKeyDown={pressed}
    >
      {columns.map((id, i) => (
        <div
          key={id}
          role="columnheader"
          aria-colindex={i + 1}
          aria-sort={sortOf(sort, id)}
          className={`head-cell ${isColumnPath(id) ? "cell-path" : `cell-${id}`}${move !== null && move.before === id ? " head-drop" : ""}`}
          data-column={id}
          tabIndex={id === at ? 0 : -1}
          title={`${isColumnPath(id) ? `${id}\n` : id === "delta" ? `${words(`columns.delta-${layout.deltaOf}`)}\n` : ""}${words("columns.head")}`}
          onFocus={() => setActive(id)}
        >
          {id === "direction" ? <span className="spoken">{words("table.direction")}</span> : isColumnPath(id) ? <span className="head-path">{id}</span> : words(id === "time" ? TIME_NAMES[layout.time] : `table.${id}`)}
          {canSize(id) && (
            <span data-edge className={i > columns.indexOf("message") ? "head-edge head-edge-left" : "head-edge"} />
          )}
        </div>
      ))}
      <div role="columnheader" aria-colindex={columns.length + 1} className="head-menu-cell">
        <button
          type="button"
          className="head-menu"
          aria-label={words("table.columns")}
          aria-haspopup="menu"
          title={words("columns.choose")}
          onClick={(event) => {
            event.stopPropagation();
            const { right, bottom } = event.currentTarget.getBoundingClientRect();
            session.menu.open({ x: right, y: bottom }, { type: "head", column: null }, event.currentTarget);
          }}
          onKeyDown={(event) => event.stopPropagation()}
        >
          <Columns3 />
        </button>
      </div>
    </div>
  );
});

const columnOf = ({ target }: { readonly target: EventTarget }): ColumnId | undefined =>
  (target as Element).closest<HTMLElement>("[data-column]")?.dataset["column"] as ColumnId | undefined;

function focusHead(head: HTMLElement, id: ColumnId | undefined): void {
  if (id !== undefined) head.querySelector<HTMLElement>(`[data-column="${CSS.escape(id)}"]`)?.focus();
}

const sortOf = (sort: Sort | null, id: ColumnId): "ascending" | "descending" | "none" => (sort?.by !== id ? "none" : sort.descending ? "descending" : "ascending");
