import { useCallback, useState } from "react";
import type { FindingList } from "../../contract/findings.ts";
import type { Told } from "../../model/said.ts";
import type { ConnectionId } from "../../model/units.ts";
import { useCount, useSession } from "../state/session-context.ts";
import { toldBy } from "../told-by.ts";
import { useAskedAgain } from "./use-asked-again.ts";

/** While rows come, findings are asked for anew this often. */
const AGAIN_MS = 2000;

export interface FindingsRead {
  /** Null until they are known. */
  readonly list: FindingList | null;
  /** The connection that was asked for as `first`. */
  readonly of: ConnectionId | null;
  readonly problem: Told | null;
  /** How far the engine has looked. */
  readonly share: number;
}

interface FindingsWanted {
  /** Null for all. */
  readonly connection: ConnectionId | null;
  /** Those of this one before all others. */
  readonly first?: ConnectionId | null;
  readonly most: number;
  readonly againIn?: number;
}

/** So many findings, kept up to date. Those of another connection take their place once they are known. */
export function useFindings({ connection, first = null, most, againIn = AGAIN_MS }: FindingsWanted): FindingsRead {
  const { engine } = useSession();
  const [read, setRead] = useState<FindingsRead>({ list: null, of: null, problem: null, share: 0 });
  const decoded = useCount((changed) => changed.decoded, 0);
  const generation = useCount((changed) => changed.generation, 0);
  const connections = useCount(({ connections: { all, ended } }) => `${all} ${ended}`, "");
  const ask = useCallback(() => {
    let isLeft = false;
    const call = engine.run("findings", { connection, ...(first !== null && { first }), from: 0, to: most }, { onProgress: (share) => setRead((before) => (before.list === null ? { ...before, share } : before)) });
    const done = call.answer.then(
      (list) => isLeft || setRead({ list, of: first, problem: null, share: 1 }),
      (why: unknown) => isLeft || setRead((before) => ({ ...before, problem: toldBy(why) })),
    );
    const cancel = (): void => {
      isLeft = true;
      call.cancel();
    };
    return { done, cancel };
  }, [engine, connection, first, most]);
  useAskedAgain(`${decoded} ${connections}`, ask, againIn, generation);
  return read;
}
