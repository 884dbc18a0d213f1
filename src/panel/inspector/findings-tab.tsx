import { useState, type ReactNode } from "react";
import type { FindingList as Findings } from "../../contract/findings.ts";
import { Button } from "../controls/button.tsx";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { urlParts } from "../figures/row-words.ts";
import { ObserveClosings } from "../offers/observe-closings.tsx";
import { useConnection, useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { FindingList } from "./finding-list.tsx";
import { useFindings } from "./use-findings.ts";

/** So many are drawn at first, and with each click. */
const PAGE = 100;

/** What is wrong or costly in all of the capture; of the connection that is chosen first, whatever row is looked at. */
export function FindingsTab() {
  const { scope } = useSession();
  const { words, tell } = useSpeaker();
  const [most, setMost] = useState(PAGE);
  const chosen = useSelected(scope, (state) => state.connection);
  const { list, of, problem, share } = useFindings({ connection: null, first: chosen, most });
  const url = useConnection(of)?.url ?? "";
  if (list === null) return <p className="inspector-note">{problem === null ? words("findings.reading", { share }) : tell(problem)}</p>;
  return (
    // Of another connection it is read from its top.
    <div key={of} className="inspector-scroll" role="region" aria-label={words("findings.name")} tabIndex={0}>
      {list.first === null ? <Found items={list.items} none={words("findings.none")} offersCodes /> : <FirstOfOne path={urlParts(url, words).path} list={list} first={list.first} />}
      {list.total > list.items.length && (
        <p className="inspector-note">
          <Button ref={leavesKeyboardBeside} name={words("findings.show-more")} text={words("findings.show-more")} onClick={() => setMost(most + PAGE)} />
        </p>
      )}
      {list.more > 0 && <p className="inspector-note">{words("findings.more", { n: list.more })}</p>}
    </div>
  );
}

interface FirstOfOneProps {
  readonly path: string;
  readonly list: Findings;
  readonly first: NonNullable<Findings["first"]>;
}

function FirstOfOne({ path, list: { items }, first: { findings, connections, unknownCodes } }: FirstOfOneProps) {
  const { words } = useSpeaker();
  return (
    <>
      <Part name={words("findings.of-path", { path, n: connections })}>
        <Found items={items.slice(0, findings)} none={words(unknownCodes > 0 ? "findings.none-without-codes" : "findings.none-here")} />
        {unknownCodes > 0 && (
          <>
            <p className="inspector-note">{words("findings.unknown-codes", { n: unknownCodes })}</p>
            <ObserveClosings />
          </>
        )}
      </Part>
      {items.length > findings && (
        <Part name={words("findings.other-connections")}>
          <FindingList items={items.slice(findings)} />
        </Part>
      )}
    </>
  );
}

function Found({ items, none, offersCodes = false }: { readonly items: Findings["items"]; readonly none: string; readonly offersCodes?: boolean }) {
  return items.length === 0 ? <p className="inspector-note">{none}</p> : <FindingList items={items} offersCodes={offersCodes} />;
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section className="findings-part">
      <h3>{name}</h3>
      {children}
    </section>
  );
}
