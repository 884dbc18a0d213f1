import { lazy, Suspense, use, useEffect, useMemo, type ComponentProps, type RefObject } from "react";
import { Group, Panel, Separator, useDefaultLayout } from "react-resizable-panels";
import { ConnectionsPane } from "./connections/connections-pane.tsx";
import { Boundary } from "./controls/boundary.tsx";
import { LOW, useMedia } from "./controls/use-media.ts";
import { FramesPane } from "./frames/frames-pane.tsx";
import { whenIdle } from "./first-rows.ts";
import { paneStorage } from "./state/pane-sizes.ts";
import { useSelected, useSession } from "./state/session-context.ts";
import { useSpeaker } from "./state/speaker-context.ts";

const loadInspector = () => import("./inspector/inspector.tsx");
const LateInspector = lazy(async () => ({ default: (await loadInspector()).Inspector }));

function Inspector(props: ComponentProps<typeof LateInspector>) {
  // The first paint says none of its words.
  use(useSpeaker().whole());
  return <LateInspector {...props} />;
}

interface PanelPanesProps {
  readonly isNarrow: boolean;
  readonly tableRef: RefObject<HTMLDivElement | null>;
}

/** Connections, frames and inspector beside each other; narrow: frames above the inspector, unless it is low. Sizes are remembered. */
export function PanelPanes({ isNarrow, tableRef }: PanelPanesProps) {
  const session = useSession();
  const { words, whole } = useSpeaker();
  const isLow = useMedia(LOW);
  const isStacked = isNarrow && !isLow;
  const isOpen = useSelected(session.inspector, (state) => state.isOpen);
  const panelIds = ["connections", "frames", "inspector"].filter(
    (id) => (id !== "connections" || !isNarrow) && (id !== "inspector" || isOpen),
  );
  const storage = useMemo(() => paneStorage(session.paneSizes), [session]);
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id: isStacked ? "panes-narrow" : isNarrow ? "panes-low" : "panes",
    panelIds,
    storage,
    onlySaveAfterUserInteractions: true,
  });

  // The first rows do not need the inspector and all of its words; the first click should not wait for it.
  useEffect(() => whenIdle(() => {
    void loadInspector();
    // Where it fails, what needs it says so.
    whole().catch(() => undefined);
  }), [whole]);

  return (
    <Group
      className="panes"
      orientation={isStacked ? "vertical" : "horizontal"}
      defaultLayout={defaultLayout}
      onLayoutChanged={onLayoutChanged}
      resizeTargetMinimumSize={{ coarse: 20, fine: 8 }}
    >
      {!isNarrow && (
        <Panel id="connections" defaultSize={212} minSize={120} maxSize="40%" groupResizeBehavior="preserve-pixel-size">
          <Boundary broken="panel.part-broken">
            <ConnectionsPane />
          </Boundary>
        </Panel>
      )}
      {!isNarrow && <Separator className="pane-separator" />}
      <Panel id="frames" minSize={isStacked ? 80 : 220}>
        <Boundary broken="panel.part-broken">
          <FramesPane gridRef={tableRef} />
        </Boundary>
      </Panel>
      {isOpen && <Separator className="pane-separator" />}
      {isOpen && (
        <Panel
          id="inspector"
          defaultSize={isStacked ? "50%" : isNarrow ? "46%" : Math.max(innerWidth < 960 ? 360 : 384, Math.min(innerWidth * 0.3, 640))}
          minSize={isStacked ? 100 : 220}
          groupResizeBehavior={isNarrow ? "preserve-relative-size" : "preserve-pixel-size"}
        >
          <Boundary broken="panel.frame-broken">
            <Suspense fallback={<section className="inspector" aria-label={words("inspector.name")} aria-busy />}>
              <Inspector onLeave={() => tableRef.current?.focus()} />
            </Suspense>
          </Boundary>
        </Panel>
      )}
    </Group>
  );
}
