import { CircleX, Info, TriangleAlert } from "lucide-react";
import type { ListedFinding } from "../../contract/findings.ts";
import { urlParts } from "../figures/row-words.ts";
import { ObserveClosings } from "../offers/observe-closings.tsx";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./finding-list.css";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { useRowLink } from "./use-row-link.ts";

/** Rows that are named. */
const MOST_ROWS = 8;

const ICONS = { problem: CircleX, warning: TriangleAlert, note: Info } as const;

interface FindingListProps {
  readonly items: readonly ListedFinding[];
  /** They are of the connection that is looked at: none is named. */
  readonly isOfOne?: boolean;
  /** Nothing beside them offers what would tell more of an ending. */
  readonly offersCodes?: boolean;
}

/** What is wrong or costly, with the rows that prove it, one click away. */
export function FindingList({ items, isOfOne = false, offersCodes = false }: FindingListProps) {
  const { words } = useSpeaker();
  const leavesOpen = items.find(({ said }) => said.some(({ code }) => code === "findings.storm-unknown"));
  return (
    <ul className="finding-list" aria-label={words("findings.name")}>
      {items.map((finding, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- a finding that comes between moves those behind it
        <Finding key={place} finding={finding} isOfOne={isOfOne} offersCodes={offersCodes && finding === leavesOpen} />
      ))}
    </ul>
  );
}

function Finding({ finding, isOfOne, offersCodes }: { readonly finding: ListedFinding; readonly isOfOne: boolean; readonly offersCodes: boolean }) {
  const session = useSession();
  const goToRow = useRowLink();
  const { words, tell, tellAll, figures } = useSpeaker();
  const { weight, title, said, connections, url, frames, frameCount, link } = finding;
  const Icon = ICONS[weight];
  const shown = frames.slice(0, MOST_ROWS);
  const [first] = connections;
  return (
    <li ref={leavesKeyboardBeside} className={`finding-${weight}`}>
      <Icon role="img" aria-label={words(`findings.${weight}`)} />
      <div>
        <h3>{tell(title)}</h3>
        <p>{tellAll(said)}</p>
        {offersCodes && <ObserveClosings />}
        <p className="finding-proof">
          {!isOfOne && first !== undefined && (
            <button type="button" className="finding-go" onClick={() => session.chooseConnection(first, false, true)}>
              {url === "" ? `[${first}]` : urlParts(url, words).path}
            </button>
          )}
          {connections.length > 1 && <span>{words("findings.connections", { n: connections.length })}</span>}
          {shown.map((frame) => (
            <button key={frame} type="button" className="finding-go" onClick={() => goToRow(frame)}>
              #{figures.count(frame + 1)}
            </button>
          ))}
          {shown.length > 0 && frameCount > shown.length && <span>{words("findings.more-rows", { n: frameCount })}</span>}
          <a href={link} target="_blank" rel="noreferrer" title={words("findings.learn")}>
            {nameOf(link)}
          </a>
        </p>
      </div>
    </li>
  );
}

/** `RFC 6455 §7.4.1`, or where it stands. */
function nameOf(link: string): string {
  const [, number, section] = /rfc(\d+)#section-([\d.]+)$/.exec(link) ?? [];
  return number === undefined ? "MDN" : `RFC ${number} §${section ?? ""}`;
}
