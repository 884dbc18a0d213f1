import { useCallback, useEffect, useRef } from "react";
import { LateContextMenu } from "./context-menu/late-context-menu.tsx";
import { LateCapturesDialog } from "./captures/late-captures-dialog.tsx";
import { NARROW, useMedia } from "./controls/use-media.ts";
import type { FilterHandle } from "./filter/filter-handle.ts";
import { LateBars } from "./late-bars.tsx";
import { LatePalette } from "./palette/late-palette.tsx";
import { PanelPanes } from "./panel-panes.tsx";
import { LateRulesPane } from "./rules/late-rules.tsx";
import { LateSendDrawer } from "./send/late-send-drawer.tsx";
import { listenToScreenKeys } from "./screen-keys.ts";
import { useIsUnheard, useSession } from "./state/session-context.ts";
import { LateTimeline } from "./timeline/late-timeline.tsx";
import { StatusBar } from "./status-bar/status-bar.tsx";
import { TopBar } from "./top-bar/top-bar.tsx";
import "./panel-screen.css";

/** The whole screen: bar, panes, status. */
export function PanelScreen() {
  const session = useSession();
  const isNarrow = useMedia(NARROW);
  const isUnheard = useIsUnheard();
  const filter = useRef<FilterHandle>(null);
  const table = useRef<HTMLDivElement>(null);

  const focusFilter = useCallback(() => {
    filter.current?.focus();
    filter.current?.selectAll();
  }, []);
  useEffect(() => listenToScreenKeys(session, focusFilter), [session, focusFilter]);

  return (
    <div className={isUnheard ? "panel panel-unheard" : "panel"}>
      <TopBar isNarrow={isNarrow} filterRef={filter} onLeaveFilter={() => table.current?.focus()} />
      <LateBars />
      <main className="panel-main">
        <LateTimeline />
        <PanelPanes isNarrow={isNarrow} tableRef={table} />
        <div className="drawers">
          <LateSendDrawer />
          <LateRulesPane />
        </div>
      </main>
      <StatusBar />
      <LateContextMenu />
      <LateCapturesDialog />
      <LatePalette focusFilter={focusFilter} />
    </div>
  );
}
