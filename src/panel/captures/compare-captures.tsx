import { useEffect, useState } from "react";
import type { CaptureComparison, ConnectionDifference, FirstDifference } from "../../contract/compare.ts";
import { factName } from "../../contract/fact-name.ts";
import type { Told } from "../../model/said.ts";
import { Button } from "../controls/button.tsx";
import { urlParts } from "../figures/row-words.ts";
import { Beside, ComparedMessages, type GoToMessage } from "../inspector/beside.tsx";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { toldBy } from "../told-by.ts";
import "./compare-captures.css";

/** A capture, as a comparison names it. */
export interface ComparedCapture {
  readonly id: string;
  readonly name: string;
  /** This page shows it: its rows can be gone to. */
  readonly isHere: boolean;
}

interface CompareCapturesProps {
  /** The earlier one. */
  readonly before: ComparedCapture;
  readonly after: ComparedCapture;
  readonly onBack: () => void;
}

/** Two captures side by side, the first difference first. */
export function CompareCaptures({ before, after, onBack }: CompareCapturesProps) {
  const { engine, captures, inspector, selection } = useSession();
  const { words, tell } = useSpeaker();
  const [comparison, setComparison] = useState<CaptureComparison | null>(null);
  const [problem, setProblem] = useState<Told | null>(null);
  const [share, setShare] = useState(0);

  useEffect(() => {
    let isLeft = false;
    const call = engine.run("compareCaptures", { before: before.id, after: after.id }, { onProgress: setShare });
    call.answer.then(
      (answer) => isLeft || setComparison(answer),
      (why: unknown) => isLeft || setProblem(toldBy(why)),
    );
    return () => {
      isLeft = true;
      call.cancel();
    };
  }, [engine, before.id, after.id]);

  const sides = { before: before.name, after: after.name, onlyBefore: words("compare.only-in", { title: before.name }), onlyAfter: words("compare.only-in", { title: after.name }) };
  const goTo: GoToMessage = (side, { frame, message }) => {
    if (!(side === "before" ? before : after).isHere) return undefined;
    return () => {
      captures.close();
      inspector.open();
      selection.goToFrame(frame, message);
    };
  };
  return (
    <div className="compare-captures">
      <div className="compare-captures-head">
        <Button name={words("compare.captures-back")} text={words("compare.captures-back")} look="plain" autoFocus onClick={onBack} />
        <span className="compare-removed compare-side">− {sides.before}</span>
        <span className="compare-added compare-side">+ {sides.after}</span>
      </div>
      {problem !== null && (
        <p className="captures-problem" role="alert">
          {tell(problem)}
        </p>
      )}
      {problem === null && comparison === null && (
        <p className="captures-empty" role="status">
          {words("compare.comparing", { share })}
        </p>
      )}
      {comparison !== null && (
        <div className="compare-captures-found connection-page" role="region" aria-label={words("compare.difference")} tabIndex={0}>
          <Found comparison={comparison} sides={sides} goTo={goTo} />
        </div>
      )}
    </div>
  );
}

interface FoundProps {
  readonly comparison: CaptureComparison;
  readonly sides: { readonly before: string; readonly after: string; readonly onlyBefore: string; readonly onlyAfter: string };
  readonly goTo: GoToMessage;
}

function Found({ comparison: { first, connections, different, all }, sides, goTo }: FoundProps) {
  const { words } = useSpeaker();
  if (first === null) return <p>{words("compare.captures-same", { n: all })}</p>;
  return (
    <>
      <section>
        <h3>{words("compare.first-difference")}</h3>
        <First first={first} sides={sides} goTo={goTo} />
      </section>
      <section>
        <h3>{words("compare.captures-differ", { n: different, all })}</h3>
        {connections.map((difference) => (
          <details key={`${difference.before} ${difference.after}`} className="compare-connection-line" open={different === 1}>
            <summary>
              <Address url={difference.url} /> <span className="compare-counts">{countsOf(difference, sides, words)}</span>
            </summary>
            {difference.before !== null && difference.after !== null && <Beside difference={difference} sides={sides} goTo={goTo} />}
          </details>
        ))}
        {different > connections.length && <p>{words("compare.captures-more", { n: different - connections.length })}</p>}
      </section>
    </>
  );
}

function First({ first: { before, after, url, at, fact, message }, sides, goTo }: { readonly first: FirstDifference } & Pick<FoundProps, "sides" | "goTo">) {
  const { words, tell } = useSpeaker();
  return (
    <div className="compare-first">
      <p>
        {words("compare.at", { ms: at })} · <Address url={url} />
      </p>
      {message !== null && <ComparedMessages difference={message} goTo={goTo} />}
      {fact !== null && (
        <div className="compare-values">
          <div>{tell(factName(fact))}</div>
          {fact.before !== null && <div className="compare-removed">− {tell(fact.before)}</div>}
          {fact.after !== null && <div className="compare-added">+ {tell(fact.after)}</div>}
        </div>
      )}
      {before === null && <p>{sides.onlyAfter}</p>}
      {after === null && <p>{sides.onlyBefore}</p>}
    </div>
  );
}

function Address({ url }: { readonly url: string }) {
  const { words } = useSpeaker();
  return <b title={url}>{urlParts(url, words).path}</b>;
}

function countsOf({ before, after, facts, changed, onlyBefore, onlyAfter }: ConnectionDifference, sides: FoundProps["sides"], words: ReturnType<typeof useSpeaker>["words"]): string {
  if (before === null) return sides.onlyAfter;
  if (after === null) return sides.onlyBefore;
  return [
    changed > 0 && words("compare.count-changed", { n: changed }),
    onlyBefore > 0 && words("compare.count-before", { n: onlyBefore }),
    onlyAfter > 0 && words("compare.count-after", { n: onlyAfter }),
    facts.some(({ isCounted }) => isCounted) && words("compare.began-otherwise"),
  ].filter((part) => part !== false).join(" · ");
}
