import { useCallback, useEffect, useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent } from "react";
import type { ConnectionItem } from "../../contract/connections.ts";
import type { ConnectionId } from "../../model/units.ts";
import { takeKey } from "../controls/take-key.ts";
import { stepForKey } from "../controls/step-for-key.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { ALL_CONNECTIONS, CONNECTION_LINE } from "../virtual/row-heights.ts";
import { useVirtualRows } from "../virtual/use-virtual-rows.ts";
import { drawnItems, lineChosen, linesOf } from "./connection-items.ts";
import { describeTarget } from "./connection-line.ts";
import { AllOption, ConnectionOption } from "./connection-option.tsx";
import "./connections.css";

interface ConnectionListProps {
  readonly onChoose: (connection: ConnectionId | null) => void;
  readonly autoFocus?: boolean;
}

/** All connections by target; the one chosen is the only one that the table shows. */
export function ConnectionList({ onChoose, autoFocus = false }: ConnectionListProps) {
  const session = useSession();
  const speaker = useSpeaker();
  const list = useSelected(session.connections, (state) => state.list);
  const reveal = useSelected(session.connections, (state) => state.reveal);
  const connection = useSelected(session.scope, (state) => state.connection);
  const chosen = lineChosen(list, connection);
  const element = useRef<HTMLDivElement>(null);
  const { from, to, screen, height, scroller, setElement } = useVirtualRows({
    count: list.lines,
    rowHeight: CONNECTION_LINE,
    headHeight: ALL_CONNECTIONS,
  });
  const attach = useCallback(
    (at: HTMLDivElement | null) => {
      element.current = at;
      setElement(at);
    },
    [setElement],
  );

  useLayoutEffect(() => session.connections.show(from, to), [session, from, to]);
  useEffect(() => {
    if (autoFocus) element.current?.focus();
  }, [autoFocus]);
  useEffect(() => {
    if (reveal === null) return;
    // Both of its lines, and the heading of a target's first.
    scroller.scrollToRow(reveal.line + 1);
    scroller.scrollToRow(Math.max(0, reveal.line - 1));
  }, [scroller, reveal]);

  function pressed(event: KeyboardEvent): void {
    const by = stepForKey(event.key, Math.max(1, Math.floor(screen / 2) - 1));
    if (by === undefined) return;
    void session.connections.step(by, onChoose);
    takeKey(event);
  }

  /** The menu key asks at the list itself: it means the connection chosen. */
  function asked(event: MouseEvent): void {
    const row = list.chosen?.row;
    if (event.target !== event.currentTarget || row === undefined) return;
    event.preventDefault();
    const { left, bottom } = (document.getElementById(optionId(chosen)) ?? event.currentTarget).getBoundingClientRect();
    session.menu.open({ x: left + 24, y: bottom }, { type: "connection", row }, element.current);
  }

  return (
    <div
      ref={attach}
      className="connections-list"
      role="listbox"
      aria-label={speaker.words("connections.name")}
      aria-activedescendant={chosen === null || list.chosen?.row.root === chosen ? optionId(chosen) : undefined}
      tabIndex={0}
      onKeyDown={pressed}
      onContextMenu={asked}
    >
      <div
        id={optionId(null)}
        className="connections-option connections-first"
        role="option"
        aria-selected={chosen === null}
        aria-posinset={1}
        aria-setsize={list.connections + 1}
        onClick={() => onChoose(null)}
      >
        <AllOption />
      </div>
      <div className="connections-items" role="presentation" style={{ height }}>
        {drawnItems(list, from, to).map((item) => {
          const style = { transform: `translateY(${scroller.yOf(item.line)}px)`, height: CONNECTION_LINE * linesOf(item) };
          return item.type === "target" ? (
            <div key={keyOf(item)} className="connections-target" role="presentation" style={style}>
              {describeTarget(item, speaker)}
            </div>
          ) : (
            <div
              key={keyOf(item)}
              id={optionId(item.row.root)}
              className="connections-option"
              role="option"
              aria-selected={item.row.root === chosen}
              aria-posinset={item.place + 2}
              aria-setsize={list.connections + 1}
              style={style}
              onClick={() => onChoose(item.row.root)}
              onContextMenu={(event) => {
                event.preventDefault();
                session.menu.open({ x: event.clientX, y: event.clientY }, { type: "connection", row: item.row }, element.current);
              }}
            >
              <ConnectionOption row={item.row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

const keyOf = (item: ConnectionItem): string => (item.type === "target" ? `target ${item.targetKey}` : `connection ${item.row.root}`);

const optionId = (connection: ConnectionId | null): string => `connection-${connection ?? "all"}`;
