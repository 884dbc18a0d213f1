import { Tabs } from "radix-ui";
import { memo, use, useCallback, useEffect, useId, useRef, useState, type FocusEvent, type KeyboardEvent, type ReactNode, type SyntheticEvent } from "react";
import type { InspectedFrame } from "../../contract/inspect.ts";
import type { Code } from "../../model/said.ts";
import type { ConnectionId } from "../../model/units.ts";
import { leavesKeyboardToTable } from "../controls/leave-keyboard.ts";
import { Reason } from "../controls/reason.tsx";
import { takeKey } from "../controls/take-key.ts";
import { CloseCodes, ObserveClosings } from "../offers/observe-closings.tsx";
import { PreserveLog } from "../offers/preserve-log.tsx";
import { UnpackFromStart } from "../offers/unpack-from-start.tsx";
import { INSPECTOR_TABS, type InspectorTab } from "../state/inspector-store.ts";
import { useConnection, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { closeWhenEmpty } from "./close-when-empty.ts";
import { CompareConnections } from "./compare-connections.tsx";
import { CompareTab } from "./compare-tab.tsx";
import { ConnectionTab } from "./connection-tab.tsx";
import { FindingsTab } from "./findings-tab.tsx";
import { HandshakeTab } from "./handshake-tab.tsx";
import { heldConnection } from "./held-connection.ts";
import { HexTab } from "./hex-tab.tsx";
import { ConnectionHead, FrameHead } from "./inspector-head.tsx";
import { LayerChips } from "./layer-chips.tsx";
import { MessageChooser } from "./message-chooser.tsx";
import { MessageTab } from "./message-tab.tsx";
import { NewerConnection } from "./newer-connection.tsx";
import { PairFooter } from "./pair-footer.tsx";
import { RawTab } from "./raw-tab.tsx";
import { useLineColumns } from "./use-line-columns.ts";
import { ValueOrigins } from "./value-origins.tsx";
import "./inspector.css";

/** One frame, or the connection chosen where no frame is. */
export function Inspector({ onLeave }: { readonly onLeave: () => void }) {
  const session = useSession();
  const { words, tell, whole } = useSpeaker();
  // What it says is not said by the first paint.
  use(whole());
  const { tab, member, details, problem } = useSelected(session.inspector, (state) => state);
  const frame = useSelected(session.selection, (state) => state.frame);
  const root = useSelected(session.scope, (state) => state.connection);
  const last = useSelected(session.connections, ({ list }) => list.chosen?.row);
  const { shown, hold, hasNewer } = heldConnection(root, member, last);
  const pane = useRef<HTMLElement>(null);
  const columns = useLineColumns(pane);

  useEffect(() => {
    if (columns > 0) session.inspector.setColumns(columns);
  }, [session, columns]);

  useEffect(() => {
    if (frame === null && hold !== null) session.inspector.setMember(hold);
  }, [session, frame, hold]);

  useEffect(() => closeWhenEmpty(session), [session]);

  const close = useCallback((): void => {
    session.inspector.close();
    onLeave();
  }, [session, onLeave]);
  const connection = frame === null ? shown : (details?.connection?.id ?? null);
  const isStream = useConnection(connection)?.transport === "event-source";
  const isConnectionAlone = frame === null && connection !== null;
  const active: InspectorTab = isConnectionAlone && !isOfConnection(tab) ? "Handshake" : tab;

  return (
    <section
      ref={pane}
      className="inspector"
      aria-label={words("inspector.name")}
      aria-busy={frame !== null && details?.index !== frame && problem === null}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        takeKey(event);
        close();
      }}
    >
      {frame !== null && details !== null ? (
        <FrameHead details={details} onClose={close} />
      ) : (
        <ConnectionHead connection={connection} times={connection === last?.id ? last.times : 1} onClose={close} />
      )}
      <Tabs.Root
        ref={leavesKeyboardToTable}
        className="inspector-tabs"
        value={active}
        onValueChange={(value) => session.inspector.setTab(value as InspectorTab)}
      >
        <TabList isConnectionAlone={isConnectionAlone} isStream={isStream} />
        {INSPECTOR_TABS.map((name) => (
          <TabPane key={name} name={name}>
            {name !== active ? null : problem !== null && !isOfConnection(name) ? (
              <p className="inspector-note">{tell(problem)}</p>
            ) : (
              <TabBody tab={name} details={details} connection={connection} isEmpty={frame === null && connection === null} />
            )}
          </TabPane>
        ))}
      </Tabs.Root>
      {isConnectionAlone && hasNewer && active !== "Findings" && <NewerConnection />}
      {frame !== null && details !== null && details.pair !== null && <PairFooter pair={details.pair} />}
    </section>
  );
}

/** It needs no frame. */
const isOfConnection = (tab: InspectorTab): boolean => tab === "Handshake" || tab === "Compare" || tab === "Connection" || tab === "Findings";

interface TabListProps {
  readonly isConnectionAlone: boolean;
  readonly isStream: boolean;
}

/** Radix does so too, but for the first time after a tab was clicked: who came by Tab was nowhere then, and went past the tabs. */
function passToActive({ target, currentTarget }: FocusEvent<HTMLElement>): void {
  if (target === currentTarget) currentTarget.querySelector<HTMLElement>('[data-state="active"]')?.focus();
}

/** The keyboard comes to it, but it is not chosen: Radix does nothing about what was prevented. */
const OFF_TAB = {
  "aria-disabled": true,
  onMouseDown: (event: SyntheticEvent): void => event.preventDefault(),
  onFocus: (event: SyntheticEvent): void => event.preventDefault(),
  onKeyDown: (event: KeyboardEvent): void => void ((event.key === "Enter" || event.key === " ") && event.preventDefault()),
};

/** The same for one message after another: who holds an arrow key has the rest of the pane drawn anew many times a second. */
const TabList = memo(function TabList({ isConnectionAlone, isStream }: TabListProps) {
  const { words } = useSpeaker();
  const id = useId();
  const noFrame = words("inspector.no-frame-chosen");
  return (
    <Tabs.List className="inspector-tab-list" aria-label={words("inspector.views")} onFocus={passToActive}>
      {INSPECTOR_TABS.map((name) => {
        const title = words(name === "Handshake" && isStream ? "inspector.headers" : TAB_NAMES[name]);
        const isOff = isConnectionAlone && !isOfConnection(name);
        return (
          <Tabs.Trigger key={name} value={name} className="inspector-tab" {...(isOff && { ...OFF_TAB, title: noFrame, "aria-label": title, "aria-describedby": `${id}-${name}` })}>
            {title}
            {isOff && <Reason id={`${id}-${name}`} text={noFrame} />}
          </Tabs.Trigger>
        );
      })}
    </Tabs.List>
  );
});

/** What is shown in a tab; null in all but the one that is. */
const TabPane = memo(function TabPane({ name, children }: { readonly name: InspectorTab; readonly children: ReactNode }) {
  return (
    <Tabs.Content value={name} className="inspector-content" tabIndex={-1}>
      {children}
    </Tabs.Content>
  );
});

interface TabBodyProps {
  readonly tab: InspectorTab;
  readonly details: InspectedFrame | null;
  readonly connection: ConnectionId | null;
  readonly isEmpty: boolean;
}

const TAB_NAMES = {
  Message: "inspector.message",
  Raw: "inspector.raw",
  Hex: "inspector.hex",
  Handshake: "inspector.handshake",
  Compare: "compare.name",
  Connection: "connection.name",
  Findings: "findings.name",
} as const satisfies Readonly<Record<InspectorTab, Code>>;

/** Another frame is selected some time before its details are here: until then it stays as it is. */
const TabBody = memo(function TabBody({ tab, details, connection, isEmpty }: TabBodyProps): ReactNode {
  const { words } = useSpeaker();
  const [isFinding, setFinding] = useState(false);
  if (tab === "Findings") return <FindingsTab />;
  if (isEmpty) return <p className="inspector-note">{words("inspector.select")}</p>;
  if (tab === "Connection" && connection !== null) return <ConnectionTab key={connection} connection={connection} />;
  if (tab === "Handshake" && connection !== null) return <HandshakeTab key={connection} connection={connection} />;
  if (tab === "Compare" && details === null && connection !== null) return <CompareConnections key={connection} connection={connection} />;
  if (details === null) return null;
  if (tab === "Handshake" || tab === "Connection") return <p className="inspector-note">{words("inspector.no-connection")}</p>;
  if (tab === "Message") {
    return (
      <>
        <MessageChooser details={details} />
        {details.kind === "message" && <LayerChips layers={details.layers} because={details.decodedBecause} connection={connection} onFind={details.treeLines === null ? undefined : () => setFinding(!isFinding)} />}
        <MessageTab details={details} isFinding={isFinding} onFinding={setFinding} />
        {details.kind === "close" && connection !== null && <CloseCodes connection={connection} />}
        {details.sendsSecret && details.connection !== null && <ValueOrigins key={details.index} connection={details.connection.id} message={details.index} />}
        {details.kind === "message" && details.size === null && <ObserveClosings />}
        {details.kind === "message" && <UnpackFromStart details={details} />}
        {details.kind === "navigation" && <PreserveLog />}
      </>
    );
  }
  if (tab === "Compare") return <CompareTab key={`${details.index} ${details.message}`} details={details} />;
  return tab === "Raw" ? <RawTab key={details.index} details={details} /> : <HexTab key={details.index} details={details} />;
});
