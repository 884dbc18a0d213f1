import { useEffect, useRef } from "react";
import { NARROW, useMedia } from "./controls/use-media.ts";
import { PanelPanes } from "./panel-panes.tsx";
import { StatusBar } from "./status-bar/status-bar.tsx";
import { TopBar } from "./top-bar/top-bar.tsx";
import "./panel-screen.css";

/** The whole screen: bar, panes, status. */
export function PanelScreen() {
  const isNarrow = useMedia(NARROW);
  const filter = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const isFind = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.code === "KeyF";
      if (!isFind) return;
      event.preventDefault();
      filter.current?.focus();
      filter.current?.select();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);

  return (
    <div className="panel">
      <h1 className="spoken">Framescope</h1>
      <TopBar isNarrow={isNarrow} filterRef={filter} onLeaveFilter={() => table.current?.focus()} />
      <main className="panel-main">
        <PanelPanes isNarrow={isNarrow} tableRef={table} />
      </main>
      <StatusBar />
    </div>
  );
}
