import { Suspense } from "react";
import { late } from "../late.ts";
import { useSession } from "../state/session-context.ts";
import { ConnectionList } from "./connection-list.tsx";
import { ConnectionsFind } from "./connections-find.tsx";
import { ConnectionsHead } from "./connections-head.tsx";

const HiddenLine = late(async () => (await import("../frames/frames-late.ts")).HiddenLine);
const UncapturedTabs = late(async () => (await import("../frames/frames-late.ts")).UncapturedTabs);
const Hint = late(async () => (await import("../frames/frames-late.ts")).Hint);

export function ConnectionsPane() {
  const session = useSession();
  return (
    <section className="connections">
      <ConnectionsHead />
      <ConnectionsFind />
      <ConnectionList onChoose={(connection) => session.chooseConnection(connection, true)} />
      <Suspense fallback={null}>
        <HiddenLine />
        <UncapturedTabs />
        <Hint />
      </Suspense>
    </section>
  );
}
