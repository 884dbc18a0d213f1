import { CONTRACT_VERSION } from "../../contract/wire.ts";
import type { Changed } from "../../contract/changed.ts";
import type { Fault } from "../../model/faults.ts";
import type { FaultsStore } from "./faults-store.ts";
import type { Happenings } from "./happenings.ts";

/** What a report is made of; a `PanelSession` is that. */
interface Reported {
  readonly faults: FaultsStore;
  readonly counts: { readonly getState: () => { readonly changed: Changed | null } };
  readonly happenings: Happenings;
}

/** What a report of bugs says: versions, counts, what happened last; nothing of what was captured. */
export function faultReport({ faults, counts, happenings }: Reported, browser: string): string {
  const { changed } = counts.getState();
  const parts = faults.store.getState().faults.map(partOf);
  return [`Framescope ${CONTRACT_VERSION}, ${browser}`, ...parts, changed === null ? "{}" : figuresOf(changed), ...happenings.list.map(({ at, what }) => `${(at / 1000).toFixed(1)} s: ${what}`), ""].join("\n");
}

/** An address or a path in a line of a stack: only its last part names a file of ours. */
const PLACE = /(?:[a-z][\w+.-]*:\/\/|\/)[^\s()]*?([^\s()/?#]+)(?:[?#][^\s()]*?)?(:\d+:\d+)/gi;

const partOf = ({ where, what, stack, count }: Fault): string => [`${where}: ${what}${count > 1 ? ` (${count} times)` : ""}`, ...stack.map((line) => `    ${line.replace(PLACE, "$1$2")}`)].join("\n");

const figuresOf = ({ frames, rows, connections, bytes, lost, storage, restarts, stoppedDecoders }: Changed): string =>
  JSON.stringify({ frames, bytes, rows, connections, lost, restarts, stoppedDecoders: stoppedDecoders.length, storage: storage.state });
