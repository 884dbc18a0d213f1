import { Copy } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import type { ConnectionDifference } from "../../contract/compare.ts";
import { say, type Told } from "../../model/said.ts";
import type { ConnectionId, EpochMilliseconds } from "../../model/units.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { urlParts } from "../figures/row-words.ts";
import { useConnection, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { toldBy } from "../told-by.ts";
import { Beside } from "./beside.tsx";
import { connectionsText } from "./connections-text.ts";
import { useLiveAnswer } from "./use-live-answer.ts";
import "./compare-connections.css";

/** Connections that are offered, and the lines of the list that as many have, headings apart. */
const MOST_OFFERED = 200;
const LINES = 2 * MOST_OFFERED;

interface Offered {
  readonly id: ConnectionId;
  readonly url: string;
  readonly openedAt: EpochMilliseconds | null;
}

/** A connection beside another, most often the one before it to the same address. */
export function CompareConnections({ connection }: { readonly connection: ConnectionId }) {
  const { engine, selection, clipboard } = useSession();
  const speaker = useSpeaker();
  const { words, tell, figures } = speaker;
  const [offered, setOffered] = useState<readonly Offered[] | null>(null);
  /** Connections of the capture that are not offered. */
  const [more, setMore] = useState(0);
  const [other, setOther] = useState<ConnectionId | null>(null);
  const [problem, setProblem] = useState<Told | null>(null);
  const row = useConnection(connection);

  useEffect(() => {
    let isLeft = false;
    const reading = engine.run("connectionPage", { connection });
    Promise.all([reading.answer, engine.call("connections", { hidesEnded: false, chosen: null, watched: [], from: 0, to: LINES })]).then(
      ([page, { items, connections }]) => {
        if (isLeft) return;
        const family = (page?.family ?? []).map(({ connection: id, url, openedAt }): Offered => ({ id, url, openedAt }));
        const known = new Set(family.map(({ id }) => id));
        const others = items.flatMap((item): Offered[] => (item.type === "connection" && !known.has(item.row.id) ? [{ id: item.row.id, url: item.row.url, openedAt: null }] : []));
        const all = [...family, ...others].filter(({ id }) => id !== connection);
        setOffered(all);
        setMore(connections - items.filter(({ type }) => type === "connection").length);
        setOther((all.findLast(({ id }) => known.has(id) && id < connection) ?? all[0])?.id ?? null);
      },
      (why: unknown) => isLeft || setProblem(toldBy(why)),
    );
    return () => {
      isLeft = true;
      reading.cancel();
    };
  }, [engine, connection]);

  const compare = useCallback(
    (onProgress: (share: number) => void) => engine.run("compareConnections", { before: other ?? connection, after: connection }, { onProgress }),
    [engine, connection, other],
  );
  const { answer: difference, problem: failed, share } = useLiveAnswer(other === null ? null : compare, row === undefined ? "" : `${row.frames} ${row.state}`);
  const sides = { before: words("compare.other-side"), after: words("compare.this-side"), onlyBefore: words("compare.only-other"), onlyAfter: words("compare.only-this") };
  const why = problem ?? failed;
  if (why !== null) return <p className="inspector-note">{tell(why)}</p>;
  if (offered === null) return null;
  if (other === null) return <p className="inspector-note">{words("compare.no-connection")}</p>;
  const copy = (compared: ConnectionDifference): void =>
    void clipboard.copy(say("compare.copied"), connectionsText(compared, { before: nameOf(other, offered.find(({ id }) => id === other)?.url), after: nameOf(connection, row?.url) }, speaker));
  return (
    <>
      <div ref={leavesKeyboardBeside} className="compare-tools">
        <span>{words("compare.with")}</span>
        <select className="field compare-connection" aria-label={words("compare.with-connection")} value={other} onChange={({ target }) => setOther(Number(target.value) as ConnectionId)}>
          {offered.map(({ id, url, openedAt }) => (
            <option key={id} value={id}>
              {`#${id} ${url === "" ? "" : urlParts(url, words).path}${openedAt === null ? "" : ` · ${figures.time(openedAt)}`}`}
            </option>
          ))}
        </select>
        {more > 0 && <span>{words("join.more", { n: more })}</span>}
        <Button name={words("compare.copy")} icon={<Copy />} reason={difference === null ? words("compare.comparing", { share }) : null} onClick={() => difference !== null && copy(difference)} />
      </div>
      {difference === null && share > 0 && <p className="inspector-note">{words("compare.comparing", { share })}</p>}
      {difference !== null && (
        <div className="inspector-scroll connection-page" role="region" aria-label={words("compare.difference")} tabIndex={0}>
          <Beside difference={difference} sides={sides} goTo={(_, { frame, message }) => () => selection.goToFrame(frame, message)} />
        </div>
      )}
    </>
  );
}

const nameOf = (id: ConnectionId, url = ""): string => `#${id} ${url}`.trim();
