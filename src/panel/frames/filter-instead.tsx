import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** While the box holds no filter: the rows are dimmed, and a line says by which filter they are shown. */
export function FilterInstead() {
  const { scope } = useSession();
  const { words } = useSpeaker();
  const instead = useSelected(scope, ({ problem }) => problem?.instead);
  if (instead === undefined) return null;
  return (
    <div className="frames-instead">
      <span>{instead.trim() === "" ? words("place.showing-all") : words("place.showing", { filter: instead })}</span>
    </div>
  );
}
