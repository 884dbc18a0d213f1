import { useEffect, useRef, useState } from "react";
import type { FindingList } from "../../contract/findings.ts";
import type { Told } from "../../model/said.ts";
import type { ConnectionId } from "../../model/units.ts";
import { useCount, useSession } from "../state/session-context.ts";
import { toldBy } from "../told-by.ts";

/** While rows come, findings are asked for anew this often. */
const AGAIN_MS = 2000;

export interface FindingsRead {
  /** Null until they are known. */
  readonly list: FindingList | null;
  readonly problem: Told | null;
  /** How far the engine has looked. */
  readonly share: number;
}

/** The first findings, kept up to date: of one connection, or with null of all. */
export function useFindings(connection: ConnectionId | null, most: number, againIn = AGAIN_MS): FindingsRead {
  const { engine } = useSession();
  const [read, setRead] = useState<FindingsRead>({ list: null, problem: null, share: 0 });
  /** What they were made of, and when. */
  const made = useRef({ of: "", at: -Infinity });
  const decoded = useCount((changed) => changed.decoded, 0);
  const generation = useCount((changed) => changed.generation, 0);
  const connections = useCount(({ connections: { all, ended } }) => `${all} ${ended}`, "");
  const of = `${decoded} ${generation} ${connections} ${most}`;

  useEffect(() => {
    if (of === made.current.of) return undefined;
    let running: { cancel(): void } | undefined;
    const ask = (): void => {
      const call = engine.run("findings", { connection, from: 0, to: most }, { onProgress: (share) => setRead((before) => (before.list === null ? { ...before, share } : before)) });
      running = call;
      call.answer.then(
        (list) => {
          made.current = { of, at: performance.now() };
          setRead({ list, problem: null, share: 1 });
        },
        (why: unknown) => running === call && setRead((before) => ({ ...before, problem: toldBy(why) })),
      );
    };
    const waiting = setTimeout(ask, Math.max(0, made.current.at + againIn - performance.now()));
    return () => {
      clearTimeout(waiting);
      const ended = running;
      running = undefined;
      ended?.cancel();
    };
  }, [engine, connection, most, againIn, of]);
  return read;
}
