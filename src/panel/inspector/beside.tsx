import type { ReactNode } from "react";
import type { ComparedMessage, ConnectionDifference, MessageDifference } from "../../contract/compare.ts";
import { factName } from "../../contract/fact-name.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./compare.css";
import "./compare-connections.css";
import "./connection-tab.css";

/** Paths and values that are shown of many. */
const MOST_PATHS = 12;
const MOST_VALUES = 5;

export interface ComparedSides {
  readonly before: string;
  readonly after: string;
  readonly onlyBefore: string;
  readonly onlyAfter: string;
}

/** What goes to a message of one side; undefined where it cannot be shown here. */
export type GoToMessage = (side: "before" | "after", message: ComparedMessage) => (() => void) | undefined;

interface BesideProps {
  readonly difference: ConnectionDifference;
  /** What each side is called, and as one of two in which messages are alone. */
  readonly sides: ComparedSides;
  readonly goTo: GoToMessage;
}

/** Two connections side by side. */
export function Beside({ difference, sides, goTo }: BesideProps) {
  const { words, tell, figures } = useSpeaker();
  const { facts, same, changed, onlyBefore, onlyAfter, paths, differences } = difference;
  const named = paths.filter(({ path }) => path !== "").slice(0, MOST_PATHS);
  const more = changed + onlyBefore + onlyAfter - differences.length;
  return (
    <>
      <Part name={words("compare.beginnings")}>
        {facts.length === 0 ? (
          <p>{words("compare.same-beginnings")}</p>
        ) : (
          <table className="compare-facts">
            <thead>
              <tr>
                <td />
                <th scope="col">{sides.before}</th>
                <th scope="col">{sides.after}</th>
              </tr>
            </thead>
            <tbody>
              {facts.map((fact) => (
                <tr key={`${fact.about} ${fact.name}`} className={fact.isCounted ? undefined : "compare-uncounted"}>
                  <th scope="row">
                    {tell(factName(fact))}
                    {!fact.isCounted && <div className="compare-not-counted">{words("compare.not-counted")}</div>}
                  </th>
                  <td className="compare-removed">{fact.before === null ? "–" : tell(fact.before)}</td>
                  <td className="compare-added">{fact.after === null ? "–" : tell(fact.after)}</td>
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
          <dt>{sides.onlyBefore}</dt>
          <dd>{figures.count(onlyBefore)}</dd>
          <dt>{sides.onlyAfter}</dt>
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
              <li key={`${one.before?.frame} ${one.before?.message} ${one.after?.frame} ${one.after?.message}`}>
                <ComparedMessages difference={one} goTo={goTo} />
              </li>
            ))}
          </ol>
          {more > 0 && <p>{words("join.more", { n: more })}</p>}
        </Part>
      )}
    </>
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
export function ComparedMessages({ difference: { direction, label, before, after, values, moreValues }, goTo }: { readonly difference: MessageDifference; readonly goTo: GoToMessage }) {
  const { words, figures } = useSpeaker();
  const hidden = moreValues + Math.max(0, values.length - MOST_VALUES);
  return (
    <>
      <span className={`inspector-${direction}`} aria-label={words(`table.${direction}`)}>
        {direction === "sent" ? "↑" : "↓"}
      </span>{" "}
      <b>{label}</b>{" "}
      {(["before", "after"] as const).map((side) => {
        const message = side === "before" ? before : after;
        const go = message === null ? undefined : goTo(side, message);
        const text = message === null ? "" : `${side === "before" ? "−" : "+"} #${figures.count(message.frame + 1)}`;
        if (message === null) return null;
        return go === undefined ? (
          <span key={side} className="compare-elsewhere">
            {text}
          </span>
        ) : (
          <button key={side} type="button" className="connection-go" onClick={go}>
            {text}
          </button>
        );
      })}
      {values.slice(0, MOST_VALUES).map(({ path, before: was, after: is }) => (
        <div key={`${path} ${was} ${is}`} className="compare-values">
          {was !== null && <div className="compare-removed">{`− ${path} ${was}`}</div>}
          {is !== null && <div className="compare-added">{`+ ${path} ${is}`}</div>}
        </div>
      ))}
      {hidden > 0 && <div>{words("join.more", { n: hidden })}</div>}
    </>
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
