import { Button } from "../controls/button.tsx";
import { Modal, ModalHead } from "../controls/modal.tsx";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { importsOf, type ImportOutcome } from "./import-store.ts";
import "./import.css";

/** What became of files: each with what could not be read of it, by its place in the file. */
export function ImportDialog() {
  const imports = importsOf(useSession());
  const { words } = useSpeaker();
  const outcomes = useSelected(imports, (state) => state.outcomes);
  const isOpen = useSelected(imports, (state) => state.isOpen);
  return (
    <Modal className="import-outcomes" isOpen={isOpen} onClose={() => imports.close()}>
      <ModalHead title={words("import.title")} close={words("import.close")} />
      <ul className="import-list">
        {outcomes.map((outcome) => (
          <OutcomeLine key={outcome.key} outcome={outcome} />
        ))}
      </ul>
    </Modal>
  );
}

function OutcomeLine({ outcome }: { readonly outcome: ImportOutcome }) {
  const imports = importsOf(useSession());
  const { words, tell } = useSpeaker();
  const { name } = outcome;
  if ("why" in outcome) {
    return (
      <li>
        <strong>{name}</strong>
        <p className="status-bad">{tell(outcome.why)}</p>
      </li>
    );
  }
  const { imported } = outcome;
  const { frames, connections, problems, moreProblems } = imported;
  return (
    <li>
      <div className="import-head">
        <strong>{name}</strong>
        <span>{words("import.done", { n: frames, connections })}</span>
        <Button name={words("import.open-named", { name })} text={words("import.open")} look="plain" onClick={() => void imports.open(imported)} />
      </div>
      {problems.length > 0 && (
        <>
          <p>{words("import.problems", { n: problems.length + moreProblems })}</p>
          <ul className="import-problems">
            {problems.map(({ place, what }) => (
              <li key={`${place} ${tell(what)}`}>
                <code>{place}</code> {tell(what)}
              </li>
            ))}
          </ul>
          {moreProblems > 0 && <p>{words("import.more", { n: moreProblems })}</p>}
        </>
      )}
    </li>
  );
}
