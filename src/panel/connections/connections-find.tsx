import { CONNECTION_SORTS, type ConnectionSort } from "../../contract/connections.ts";
import { takeKey } from "../controls/take-key.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";

/** Fewer are seen at a glance. */
const FROM = 8;

/** Which connections are listed, by words of their addresses, and in which order. Nothing while there are few. */
export function ConnectionsFind() {
  const { connections } = useSession();
  const { words } = useSpeaker();
  const isLong = useSelected(connections, ({ all }) => all >= FROM);
  const sought = useSelected(connections, (state) => state.sought);
  const sortBy = useSelected(connections, (state) => state.sortBy);
  if (!isLong && sought === "" && sortBy === "opened") return null;
  return (
    <div ref={leavesKeyboardBeside} className="connections-tools">
      <input
        type="search"
        className="connections-sought"
        aria-label={words("connections.seek")}
        placeholder={words("connections.seek")}
        spellCheck={false}
        autoComplete="off"
        value={sought}
        onChange={({ target }) => connections.seek(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && sought !== "") connections.seek("");
          else if (event.key !== "Enter") return;
          takeKey(event);
        }}
      />
      <select aria-label={words("connections.sort")} title={words("connections.sort")} value={sortBy} onChange={({ target }) => connections.sortBy(target.value as ConnectionSort)}>
        {CONNECTION_SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {words(`connections.sort-${sort}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
