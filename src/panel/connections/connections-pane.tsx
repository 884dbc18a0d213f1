import { formatCount } from "../figures/figures.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { ConnectionList } from "./connection-list.tsx";

export function ConnectionsPane() {
  const session = useSession();
  const count = useSelected(session.connections, ({ rows }) => rows.length);
  return (
    <section className="connections">
      <div className="pane-head">
        <span>Connections</span>
        <span>{formatCount(count)}</span>
      </div>
      <ConnectionList onChoose={(connection) => session.chooseConnection(connection, true)} />
    </section>
  );
}
