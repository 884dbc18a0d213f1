import { useEffect, useState } from "react";
import type { ValueOrigin } from "../../contract/snippets.ts";
import type { ConnectionId } from "../../model/units.ts";
import { readHttpLog } from "../http-log/read-http-log.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";

/** Where the secrets of a connection came from; nothing where that is not sure. */
export function ValueOrigins({ connection }: { readonly connection: ConnectionId }) {
  const { engine } = useSession();
  const { words, tell } = useSpeaker();
  const [origins, setOrigins] = useState<readonly ValueOrigin[]>([]);
  useEffect(() => {
    let isLeft = false;
    const look = async (): Promise<void> => {
      const exchanges = await readHttpLog(Date.now());
      if (isLeft) return;
      const found = await engine.call("origins", { connection, exchanges });
      if (!isLeft) setOrigins(found);
    };
    // What is not found is not said: the handshake says all else.
    look().catch(() => undefined);
    return () => {
      isLeft = true;
    };
  }, [engine, connection]);
  if (origins.length === 0) return null;
  return (
    <ul className="handshake-origins" aria-label={words("snippet.origins")}>
      {origins.map(({ value, from }) => (
        <li key={JSON.stringify(value)}>
          <span className="handshake-origin-value">{tell(value)}</span>
          {from.map((one) => (
            <span key={JSON.stringify(one)} className="handshake-origin-from">
              {tell(one)}
            </span>
          ))}
        </li>
      ))}
      {origins.some(({ isKept }) => isKept) && <li className="handshake-origins-kept">{words("snippet.answers-kept")}</li>}
    </ul>
  );
}
