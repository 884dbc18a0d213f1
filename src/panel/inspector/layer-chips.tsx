import { Search } from "lucide-react";
import type { DecodedBecause, LayerDetails } from "../../contract/inspect.ts";
import type { ConnectionId } from "../../model/units.ts";
import { prefixOf } from "../../model/prefix-choice.ts";
import { Button } from "../controls/button.tsx";
import { decodersOf } from "../state/decoders-store.ts";
import { useConnection, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./layer-chips.css";

const SEARCH = <Search />;

/** How the message was decoded, outermost layer first; the last one is what the tree shows. */
export function LayerChips({ layers, because, connection, onFind }: { readonly layers: readonly LayerDetails[]; readonly because: DecodedBecause | null; readonly connection: ConnectionId | null; readonly onFind: (() => void) | undefined }) {
  const { words, tell } = useSpeaker();
  const problems = layers.filter(({ problem }) => problem !== null);
  return (
    <>
      <div className="layers-line">
        {layers.length > 0 && (
          <ol className="layers" aria-label={words("inspector.layers")}>
            {layers.map(({ name, what, problem }, i) => (
              <li key={name} className={chipClass(problem !== null, i === layers.length - 1)} title={what === "" ? name : `${name}: ${tell(what)}`}>
                <span>{i === layers.length - 1 ? name : `${name} ${tell(what)}`}</span>
              </li>
            ))}
          </ol>
        )}
        <DecodeAs connection={connection} because={because} />
        {onFind !== undefined && <Button name={words("tree.find")} title={words("tree.find-about")} className="layers-find" icon={SEARCH} onClick={onFind} />}
      </div>
      {problems.map(({ name, problem }) => (
        <p key={name} className="layers-problem">
          {words("inspector.layer-problem", { name, problem: problem ?? "" })}
        </p>
      ))}
    </>
  );
}

/** Opens the list of decoders; says which one the user chose, or why there is this one, and what pairs its messages. */
function DecodeAs({ connection, because }: { readonly connection: ConnectionId | null; readonly because: DecodedBecause | null }) {
  const session = useSession();
  const { words } = useSpeaker();
  const row = useConnection(connection);
  const skipped = prefixOf(row?.decodedAs);
  const named = useSelected(decodersOf(session), ({ list }) => list.find(({ id }) => id === row?.decodedAs)?.name);
  const chosen = skipped === undefined ? named : words("prefix.named", { n: skipped });
  if (row === undefined) return null;
  const text = chosen !== undefined ? words("inspector.decoded-as", { decoder: chosen }) : words(row.hasSchema === true ? "inspector.decoded-by-schema" : "inspector.decode-as");
  const told = [
    ...(because === null ? [] : [words(`inspector.because-${because}`)]),
    ...(row.pairs === undefined ? [] : [words("pairs.named", { request: row.pairs.request, answer: row.pairs.answer })]),
    words("inspector.decode-as-about"),
  ];
  return (
    <Button
      name={text}
      text={text}
      className="layers-choose"
      aria-haspopup="menu"
      title={told.join("\n")}
      onClick={({ currentTarget }) => {
        const { left, bottom } = currentTarget.getBoundingClientRect();
        session.menu.open({ x: left, y: bottom }, { type: "decoder", row }, currentTarget);
      }}
    />
  );
}

function chipClass(isWrong: boolean, isLast: boolean): string {
  return `layer${isWrong ? " layer-wrong" : isLast ? " layer-last" : ""}`;
}
