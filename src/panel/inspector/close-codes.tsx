import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { useCapture, useConnection, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import type { ConnectionId } from "../../model/units.ts";

/** Where an ending says no code, because Chrome reports none: the setting that learns it, from now on. */
export function CloseCodes({ connection }: { readonly connection: ConnectionId }) {
  const row = useConnection(connection);
  return row?.end?.kind === "closed" && row.end.hasUnknownCode ? <ObserveClosings /> : null;
}

/** The setting that learns what Chrome does not report; nothing where it is on, or nothing is captured. */
export function ObserveClosings() {
  const { settings } = useSession();
  const { words } = useSpeaker();
  const { state } = useCapture();
  const isObserving = useSelected(settings, ({ observeClosings }) => observeClosings);
  if (state === "kept") return null;
  return (
    <div className="inspector-offer">
      {isObserving ? (
        <p>{words("place.codes-from-now")}</p>
      ) : (
        <>
          <Button ref={leavesKeyboardBeside} name={words("place.show-codes")} text={words("place.show-codes")} look="plain" onClick={() => settings.change({ observeClosings: true })} />
          <p>{words("settings.close-codes-about")}</p>
        </>
      )}
    </div>
  );
}
