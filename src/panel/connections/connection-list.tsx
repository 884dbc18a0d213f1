import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, type KeyboardEvent } from "react";
import type { ConnectionId } from "../../model/units.ts";
import { takeKey } from "../controls/take-key.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { connectionOf, listConnections, withoutEnded, type ConnectionItem } from "./connection-items.ts";
import { describeTarget } from "./connection-line.ts";
import { AllOption, ConnectionOption } from "./connection-option.tsx";
import "./connections.css";

const HEIGHTS: Record<ConnectionItem["type"], number> = { all: 26, target: 22, connection: 38 };

interface ConnectionListProps {
  readonly onChoose: (connection: ConnectionId | null) => void;
  readonly autoFocus?: boolean;
}

/** All connections by target; the one chosen is the only one that the table shows. */
export function ConnectionList({ onChoose, autoFocus = false }: ConnectionListProps) {
  const session = useSession();
  const speaker = useSpeaker();
  const { rows, hidesEnded } = useSelected(session.connections, (state) => state);
  const chosen = useSelected(session.scope, (state) => state.connection);
  const items = useMemo(() => listConnections(hidesEnded ? withoutEnded(rows, chosen) : rows), [rows, hidesEnded, chosen]);
  const chosenAt = items.findIndex((item) => connectionOf(item) === chosen);
  const scroll = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- it warns the React Compiler, which is not used here
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: (i) => HEIGHTS[items[i]?.type ?? "connection"],
    getItemKey: (i) => items[i]?.key ?? i,
    overscan: 8,
  });

  useEffect(() => {
    if (autoFocus) scroll.current?.focus();
  }, [autoFocus]);

  function goTo(from: number, step: 1 | -1): void {
    for (let i = from; i >= 0 && i < items.length; i += step) {
      const connection = connectionOf(items[i]);
      if (connection === undefined) continue;
      onChoose(connection);
      virtualizer.scrollToIndex(i);
      return;
    }
  }

  function pressed(event: KeyboardEvent): void {
    if (event.key === "ArrowDown") goTo(chosenAt + 1, 1);
    else if (event.key === "ArrowUp") goTo(chosenAt - 1, -1);
    else if (event.key === "Home") goTo(0, 1);
    else if (event.key === "End") goTo(items.length - 1, -1);
    else return;
    takeKey(event);
  }

  return (
    <div
      ref={scroll}
      className="connections-list"
      role="listbox"
      aria-label={speaker.words("connections.name")}
      aria-activedescendant={optionId(chosen)}
      tabIndex={0}
      onKeyDown={pressed}
      onContextMenu={(event) => {
        // The menu key asks at the list itself: it means the connection chosen.
        const item = items[chosenAt];
        if (event.target !== event.currentTarget || item?.type !== "connection") return;
        event.preventDefault();
        const { left, bottom } = (document.getElementById(optionId(chosen)) ?? event.currentTarget).getBoundingClientRect();
        session.menu.open({ x: left + 24, y: bottom }, { type: "connection", row: item.row }, scroll.current);
      }}
    >
      <div className="connections-items" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          const style = { transform: `translateY(${start}px)`, height: HEIGHTS[item.type] };
          const connection = connectionOf(item);
          return connection === undefined ? (
            <div key={key} className="connections-target" role="presentation" style={style}>
              {item.type === "target" && describeTarget(item.row, speaker)}
            </div>
          ) : (
            <div
              key={key}
              id={optionId(connection)}
              className="connections-option"
              role="option"
              aria-selected={connection === chosen}
              style={style}
              onClick={() => onChoose(connection)}
              onContextMenu={(event) => {
                if (item.type !== "connection") return;
                event.preventDefault();
                session.menu.open({ x: event.clientX, y: event.clientY }, { type: "connection", row: item.row }, scroll.current);
              }}
            >
              {item.type === "connection" ? <ConnectionOption row={item.row} /> : <AllOption />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const optionId = (connection: ConnectionId | null): string => `connection-${connection ?? "all"}`;
