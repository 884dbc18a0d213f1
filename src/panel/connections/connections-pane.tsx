import { useSession } from "../state/session-context.ts";
import { ConnectionList } from "./connection-list.tsx";
import { ConnectionsHead } from "./connections-head.tsx";

export function ConnectionsPane() {
  const session = useSession();
  return (
    <section className="connections">
      <ConnectionsHead />
      <ConnectionList onChoose={(connection) => session.chooseConnection(connection, true)} />
    </section>
  );
}
