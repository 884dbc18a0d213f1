import { useEffect, useRef } from "react";
import { LateContextMenu } from "./context-menu/late-context-menu.tsx";
import { takeKey } from "./controls/take-key.ts";
import { NARROW, useMedia } from "./controls/use-media.ts";
import type { FilterHandle } from "./filter/filter-handle.ts";
import { PanelPanes } from "./panel-panes.tsx";
import { StatusBar } from "./status-bar/status-bar.tsx";
import { TopBar } from "./top-bar/top-bar.tsx";
import "./panel-screen.css";

/** The whole screen: bar, panes, status. */
export function PanelScreen() {
  const isNarrow = useMedia(NARROW);
  const filter = useRef<FilterHandle>(null);
  const table = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const isFind = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.code === "KeyF";
      if (!isFind) return;
      takeKey(event);
      filter.current?.focus();
      filter.current?.selectAll();
    };
    // Before the event gets to the document, where DevTools listens.
    addEventListener("keydown", pressed, { capture: true });
    return () => removeEventListener("keydown", pressed, { capture: true });
  }, []);

  return (
    <div className="panel">
      <TopBar isNarrow={isNarrow} filterRef={filter} onLeaveFilter={() => table.current?.focus()} />
      <main className="panel-main">
        <PanelPanes isNarrow={isNarrow} tableRef={table} />
      </main>
      <StatusBar />
      <LateContextMenu />
    </div>
  );
}
