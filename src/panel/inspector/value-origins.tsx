import { useEffect, useState } from "react";
import type { ValueOrigin } from "../../contract/snippets.ts";
import type { ConnectionId, FrameIndex } from "../../model/units.ts";
import { readOutside } from "../http-log/read-outside.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./value-origins.css";

/** What is passed by on the way to another is not asked for: an answer takes a pass over all of a connection. */
const RESTS_MS = 200;
/** DevTools adds an answer to its log a moment after the page has it: the waits between a look and the next. */
const LOOK_AGAIN_MS = [1000, 2000, 4000, 8000];

/** Where the secrets of a connection came from; nothing where that is not sure. `message`: of those that the page sent in it alone. */
export function ValueOrigins({ connection, message }: { readonly connection: ConnectionId; readonly message?: FrameIndex }) {
  const session = useSession();
  const { words, tell } = useSpeaker();
  const [origins, setOrigins] = useState<readonly ValueOrigin[]>([]);
  useEffect(() => {
    let isLeft = false;
    let timer: ReturnType<typeof setTimeout>;
    const find = async (): Promise<readonly ValueOrigin[]> => {
      const outside = await readOutside(session, connection);
      return isLeft ? [] : await session.engine.call("origins", { connection, ...outside });
    };
    const look = async ([next, ...later]: readonly number[]): Promise<void> => {
      // What is not found is not said: the handshake, or the message, says all else.
      const found = await find().catch(() => []);
      if (isLeft) return;
      setOrigins(message === undefined ? found : found.filter(({ sentIn }) => sentIn.includes(message)));
      if (found.length === 0 && next !== undefined) timer = setTimeout(() => void look(later), next);
    };
    timer = setTimeout(() => void look(LOOK_AGAIN_MS), RESTS_MS);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [session, connection, message]);
  if (origins.length === 0) return null;
  return (
    <section className="value-origins">
      <h3>{words("snippet.origins")}</h3>
      <ul aria-label={words("snippet.origins")}>
        {origins.map(({ value, from }) => (
          <li key={JSON.stringify(value)}>
            <span>{tell(value)}</span>
            {from.map((one) => (
              <span key={JSON.stringify(one)} className="value-origin-from">
                {tell(one)}
              </span>
            ))}
          </li>
        ))}
        {origins.some(({ isKept }) => isKept) && <li className="value-origins-kept">{words("snippet.answers-kept")}</li>}
      </ul>
    </section>
  );
}
