import type { LayerDetails } from "../../contract/inspect.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./layer-chips.css";

/** How the message was decoded, outermost layer first; the last one is what the tree shows. */
export function LayerChips({ layers }: { readonly layers: readonly LayerDetails[] }) {
  const { words, tell } = useSpeaker();
  if (layers.length === 0) return null;
  const problems = layers.filter(({ problem }) => problem !== null);
  return (
    <>
      <ol className="layers" aria-label={words("inspector.layers")}>
        {layers.map(({ name, what, problem }, i) => (
          <li key={name} className={chipClass(problem !== null, i === layers.length - 1)} title={what === "" ? name : `${name}: ${tell(what)}`}>
            {i === layers.length - 1 ? name : `${name} ${tell(what)}`}
          </li>
        ))}
      </ol>
      {problems.map(({ name, problem }) => (
        <p key={name} className="layers-problem">
          {words("inspector.layer-problem", { name, problem: problem ?? "" })}
        </p>
      ))}
    </>
  );
}

function chipClass(isWrong: boolean, isLast: boolean): string {
  return `layer${isWrong ? " layer-wrong" : isLast ? " layer-last" : ""}`;
}
