import { lazy, Suspense, useState } from "react";
import { Popup } from "../controls/popup.tsx";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { ConnectionList } from "./connection-list.tsx";
import { ConnectionsButton } from "./connections-button.tsx";
import { ConnectionsFind } from "./connections-find.tsx";
import { ConnectionsHead } from "./connections-head.tsx";

const HiddenLine = lazy(async () => ({ default: (await import("../frames/frames-late.ts")).HiddenLine }));
const UncapturedTabs = lazy(async () => ({ default: (await import("../frames/frames-late.ts")).UncapturedTabs }));

/** The connection list of a narrow panel: a button that says which is chosen and opens the list. */
export function ConnectionsMenu({ isOpenAtFirst }: { readonly isOpenAtFirst: boolean }) {
  const session = useSession();
  const { words } = useSpeaker();
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <Popup
      trigger={<ConnectionsButton />}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      className="connections-popup"
      align="start"
      aria-label={words("connections.choose")}
      onOpenAutoFocus={(event) => event.preventDefault()}
      onKeyDown={(event) => event.key === "Enter" && (event.target as Element).role === "listbox" && setIsOpen(false)}
      onClick={(event) => (event.target as Element).closest("[role=option]") !== null && setIsOpen(false)}
    >
      <ConnectionsHead />
      <ConnectionsFind />
      {/* Half of a narrow panel for a handshake would cover the frames just chosen. */}
      <ConnectionList autoFocus onChoose={(connection) => session.chooseConnection(connection, false)} />
      <Suspense fallback={null}>
        <HiddenLine />
        <UncapturedTabs />
      </Suspense>
    </Popup>
  );
}
