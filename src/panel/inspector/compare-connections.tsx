import { useCallback, useEffect, useState, type ReactNode } from "react";
import type { ConnectionDifference, ConnectionFact, MessageDifference } from "../../contract/compare.ts";
import type { Code, Told } from "../../model/said.ts";
import type { ConnectionId, EpochMilliseconds } from "../../model/units.ts";
import { urlParts } from "../figures/row-words.ts";
import { useConnection, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { toldBy } from "../told-by.ts";
import { useAskedAgain } from "./use-asked-again.ts";
import "./compare-connections.css";

/** Connections that are offered. */
const MOST_OFFERED = 200;
/** While a connection goes on. */
const AGAIN_MS = 2000;
/** Paths and values that are shown of many. */
const MOST_PATHS = 12;
const MOST_VALUES = 5;

interface Offered {
  readonly id: ConnectionId;
  readonly url: string;
  readonly openedAt: EpochMilliseconds | null;
}

/** A connection beside another, most often the one before it to the same address. */
export function CompareConnections({ connection }: { readonly connection: ConnectionId }) {
  const { engine } = useSession();
  const { words, tell, figures } = useSpeaker();
  const [offered, setOffered] = useState<readonly Offered[] | null>(null);
  const [other, setOther] = useState<ConnectionId | null>(null);
  const [difference, setDifference] = useState<ConnectionDifference | null>(null);
  const [problem, setProblem] = useState<Told | null>(null);
  const row = useConnection(connection);

  useEffect(() => {
    let isLeft = false;
    const reading = engine.run("connectionPage", { connection });
    Promise.all([reading.answer, engine.call("connections", { hidesEnded: false, chosen: null, watched: [], from: 0, to: MOST_OFFERED })]).then(
      ([page, { items }]) => {
        if (isLeft) return;
        const own = items.find((item) => item.type === "connection" && item.row.id === connection);
        const url = own?.type === "connection" ? own.row.url : "";
        const family = (page?.family ?? []).map((member): Offered => ({ id: member.connection, url, openedAt: member.openedAt }));
        const known = new Set(family.map(({ id }) => id));
        const others = items.flatMap((item): Offered[] => (item.type === "connection" && !known.has(item.row.id) ? [{ id: item.row.id, url: item.row.url, openedAt: null }] : []));
        const all = [...family, ...others].filter(({ id }) => id !== connection);
        setOffered(all);
        setOther((all.findLast(({ id }) => known.has(id) && id < connection) ?? all[0])?.id ?? null);
      },
      (why: unknown) => isLeft || setProblem(toldBy(why)),
    );
    return () => {
      isLeft = true;
      reading.cancel();
    };
  }, [engine, connection]);

  const compare = useCallback(() => {
    if (other === null) return { done: Promise.resolve(), cancel: () => {} };
    let isLeft = false;
    const call = engine.run("compareConnections", { before: other, after: connection });
    const done = call.answer.then(
      (answer) => {
        if (isLeft) return;
        setProblem(null);
        setDifference(answer);
      },
      (why: unknown) => isLeft || setProblem(toldBy(why)),
    );
    const cancel = (): void => {
      isLeft = true;
      call.cancel();
    };
    return { done, cancel };
  }, [engine, connection, other]);
  useAskedAgain(row === undefined ? "" : `${row.frames} ${row.state}`, compare, AGAIN_MS);

  if (problem !== null) return <p className="inspector-note">{tell(problem)}</p>;
  if (offered === null) return null;
  if (other === null) return <p className="inspector-note">{words("compare.no-connection")}</p>;
  return (
    <>
      <div className="compare-tools">
        <span>{words("compare.with")}</span>
        <select className="compare-connection" aria-label={words("compare.with-connection")} value={other} onChange={({ target }) => setOther(Number(target.value) as ConnectionId)}>
          {offered.map(({ id, url, openedAt }) => (
            <option key={id} value={id}>
              {`#${id} ${url === "" ? "" : urlParts(url, words).path}${openedAt === null ? "" : ` · ${figures.time(openedAt)}`}`}
            </option>
          ))}
        </select>
      </div>
      {difference !== null && <Beside difference={difference} />}
    </>
  );
}

function Beside({ difference }: { readonly difference: ConnectionDifference }) {
  const { words, tell, figures } = useSpeaker();
  const { facts, same, changed, onlyBefore, onlyAfter, paths, differences } = difference;
  const named = paths.filter(({ path }) => path !== "").slice(0, MOST_PATHS);
  return (
    <div className="inspector-scroll connection-page" role="region" aria-label={words("compare.difference")} tabIndex={0}>
      <Part name={words("compare.beginnings")}>
        {facts.length === 0 ? (
          <p>{words("compare.same-beginnings")}</p>
        ) : (
          <table className="compare-facts">
            <thead>
              <tr>
                <td />
                <th scope="col">{words("compare.other-side")}</th>
                <th scope="col">{words("compare.this-side")}</th>
              </tr>
            </thead>
            <tbody>
              {facts.map(({ about, name, before, after }) => (
                <tr key={`${about} ${name}`}>
                  <th scope="row">{tell({ code: ABOUT[about], values: { name } })}</th>
                  <td className="compare-removed">{before === null ? "–" : tell(before)}</td>
                  <td className="compare-added">{after === null ? "–" : tell(after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Part>
      <Part name={words("compare.messages")}>
        <dl>
          <dt>{words("compare.same")}</dt>
          <dd>{figures.count(same)}</dd>
          <dt>{words("compare.changed")}</dt>
          <dd>{figures.count(changed)}</dd>
          <dt>{words("compare.only-other")}</dt>
          <dd>{figures.count(onlyBefore)}</dd>
          <dt>{words("compare.only-this")}</dt>
          <dd>{figures.count(onlyAfter)}</dd>
        </dl>
      </Part>
      {named.length > 0 && (
        <Part name={words("compare.paths")}>
          <dl>
            {named.map(({ path, messages }) => (
              <Fragmented key={path} path={path} count={figures.count(messages)} />
            ))}
          </dl>
        </Part>
      )}
      {differences.length > 0 && (
        <Part name={words("compare.first")}>
          <ol className="compare-messages">
            {differences.map((one) => (
              <Message key={`${one.before?.frame} ${one.before?.message} ${one.after?.frame} ${one.after?.message}`} difference={one} />
            ))}
          </ol>
        </Part>
      )}
    </div>
  );
}

function Fragmented({ path, count }: { readonly path: string; readonly count: string }) {
  return (
    <>
      <dt>
        <code>{path}</code>
      </dt>
      <dd>{count}</dd>
    </>
  );
}

/** One message on both sides, or on one alone. */
function Message({ difference: { direction, label, before, after, values, moreValues } }: { readonly difference: MessageDifference }) {
  const { selection } = useSession();
  const { words, figures } = useSpeaker();
  const hidden = moreValues + Math.max(0, values.length - MOST_VALUES);
  return (
    <li>
      <span className={`inspector-${direction}`} aria-label={words(`table.${direction}`)}>
        {direction === "sent" ? "↑" : "↓"}
      </span>{" "}
      <b>{label}</b>{" "}
      {[before, after].map(
        (side, place) =>
          side !== null && (
            <button key={place === 0 ? "before" : "after"} type="button" className="connection-go" onClick={() => selection.goToFrame(side.frame, side.message)}>
              {place === 0 ? "−" : "+"} #{figures.count(side.frame + 1)}
            </button>
          ),
      )}
      {values.slice(0, MOST_VALUES).map(({ path, before: was, after: is }) => (
        <div key={`${path} ${was} ${is}`} className="compare-values">
          {was !== null && <div className="compare-removed">{`− ${path} ${was}`}</div>}
          {is !== null && <div className="compare-added">{`+ ${path} ${is}`}</div>}
        </div>
      ))}
      {hidden > 0 && <div>{words("join.more", { n: hidden })}</div>}
    </li>
  );
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3>{name}</h3>
      {children}
    </section>
  );
}

const ABOUT = {
  transport: "node.diff-transport",
  status: "node.diff-status",
  "request header": "node.diff-request-header",
  "response header": "node.diff-response-header",
  ending: "node.diff-ending",
} as const satisfies Readonly<Record<ConnectionFact["about"], Code>>;
