import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import type { ShownValue, TreeLine } from "../../contract/inspect.ts";
import type { FrameIndex } from "../../model/units.ts";
import { findAskedBy } from "../controls/find-key.ts";
import { stepForKey } from "../controls/step-for-key.ts";
import { takeKey } from "../controls/take-key.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { TREE_ROW } from "../virtual/row-heights.ts";
import { useVirtualRows } from "../virtual/use-virtual-rows.ts";
import { FindInTree, type TreeFinder } from "./find-in-tree.tsx";
import { findParent } from "./find-parent.ts";
import { openPage } from "../controls/open-page.ts";
import { isSameLine, JsonTreeLine, treeLineId } from "./json-tree-line.tsx";
import { findPath, wholeValue } from "./tree-path.ts";
import { useLines } from "./use-lines.ts";
import "./json-tree.css";

interface JsonTreeProps {
  readonly frame: FrameIndex;
  /** Its place in the frame, where that holds several. */
  readonly message: number;
  readonly lines: number;
  /** The first of them. */
  readonly head: readonly TreeLine[];
  /** Another number: the lines are others, as the message was decoded meanwhile. */
  readonly revision: number;
  /** The line in which to look for something is open. */
  readonly isFinding: boolean;
  readonly onFinding: (isFinding: boolean) => void;
}

/**
 * A message's JSON, folded and unfolded in the engine: only the lines on view are here. Of another message it is the same
 * element, whose lines say something else: who goes from row to row has it drawn anew many times a second.
 */
export function JsonTree({ frame, message, lines: count, head, revision, isFinding, onFinding }: JsonTreeProps) {
  const { engine, menu, inspector } = useSession();
  const { words, tell } = useSpeaker();
  const finder = useRef<TreeFinder>(null);
  const [version, setVersion] = useState(0);
  const [active, setActive] = useState(0);
  /** A line to be scrolled to, once there are as many lines as it takes: another object each time. */
  const [revealed, setRevealed] = useState<{ readonly line: number } | null>(null);
  const [told, setTold] = useState({ frame, message, count, revision });
  const isOther = told.frame !== frame || told.message !== message;
  if (isOther || told.count !== count || told.revision !== revision) {
    setTold({ frame, message, count, revision });
    setVersion(isOther ? 0 : version + 1);
  }
  if (isOther) {
    setActive(0);
    setRevealed(null);
  }
  const { from, to, slots, scroller, screen, height, y, setElement } = useVirtualRows({ count, rowHeight: TREE_ROW });
  const ask = useCallback(
    (start: number, end: number) => engine.call("treeLines", { frame, message, from: start, to: end }),
    [engine, frame, message],
  );
  const { at, problem } = useLines<TreeLine>(ask, { from, to, count }, version, head, isSameLine);

  useLayoutEffect(() => {
    if (scroller.offsetOf(0) < 0) scroller.scrollToOffset(0, 0);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another message is read from its beginning
  }, [scroller, frame, message]);
  useEffect(() => {
    if (revealed !== null) scroller.scrollToRow(revealed.line);
  }, [scroller, revealed]);

  const show = useCallback(
    ({ line, lines }: ShownValue): void => {
      inspector.laid({ frame, message }, { treeLines: lines });
      setActive(line);
      setRevealed({ line });
    },
    [inspector, frame, message],
  );

  // What was pointed at among its bytes.
  useEffect(() => {
    const { spot } = inspector.store.getState();
    if (spot === null || !("at" in spot) || spot.frame !== frame) return;
    let isLeft = false;
    engine.call("lineAt", { frame, message, at: spot.at }).then(
      (shown) => isLeft || shown === null || show(shown),
      () => undefined,
    );
    return () => {
      isLeft = true;
    };
  }, [engine, inspector, frame, message, show]);

  function point(line: number): void {
    setActive(line);
    inspector.point({ frame, message, line });
  }

  function goTo(line: number): void {
    const next = Math.min(Math.max(0, line), count - 1);
    point(next);
    scroller.scrollToRow(next);
  }

  async function toggle(line: number, all: boolean, opens = false): Promise<void> {
    const answered = await engine.call("toggleTree", { frame, message, line, all, opens }).catch(() => null);
    if (answered !== null) inspector.laid({ frame, message }, { treeLines: answered });
  }

  /** A line that is open is closed with all below it by its turn; opened, whatever it was. */
  async function foldAll(place: number, opens: boolean): Promise<void> {
    if (opens || at(place)?.expanded === true) await toggle(place, true, opens);
  }

  function pressed(event: KeyboardEvent): void {
    const asked = findAskedBy(event);
    if (asked !== undefined) {
      takeKey(event);
      if (finder.current === null) onFinding(true);
      else finder.current.ask(asked);
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const line = at(active);
    const isFolder = line !== undefined && line.children > 0;
    const step = stepForKey(event.key, Math.max(1, screen - 2));
    if (step !== undefined) goTo(active + step);
    else if (event.key === "ArrowRight" && isFolder) {
      if (line.expanded) goTo(active + 1);
      else void toggle(active, event.altKey);
    } else if (event.key === "ArrowLeft" && line !== undefined) {
      if (isFolder && line.expanded) void toggle(active, event.altKey);
      else void findParent(ask, active, line.depth).then((parent) => parent !== null && goTo(parent));
    } else if ((event.key === "Enter" || event.key === " ") && isFolder) void toggle(active, event.altKey);
    else if (event.key === "*" && isFolder) void toggle(active, true, true);
    else return;
    takeKey(event);
  }

  function clicked(event: MouseEvent): void {
    const line = (event.target as Element).closest<HTMLElement>("[data-line]");
    if (line === null) return;
    const place = Number(line.dataset["line"]);
    point(place);
    const look = at(place)?.look ?? null;
    if ((event.ctrlKey || event.metaKey) && look !== null && "url" in look) return openPage(look.url);
    // Dragging over text selects it; that is no wish to fold.
    if ((at(place)?.children ?? 0) > 0 && getSelection()?.isCollapsed !== false) void toggle(place, event.altKey);
  }

  async function menuAsked(event: MouseEvent<HTMLElement>): Promise<void> {
    event.preventDefault();
    const tree = event.currentTarget;
    const element = (event.target as Element).closest<HTMLElement>("[data-line]");
    // The menu key asks at the tree itself.
    const place = element === null ? active : Number(element.dataset["line"]);
    const line = at(place);
    if (line === undefined) return;
    const { left, bottom } = (element ?? document.getElementById(treeLineId(place)) ?? tree).getBoundingClientRect();
    const spot = element === null ? { x: left + 24, y: bottom } : { x: event.clientX, y: event.clientY };
    point(place);
    const path = line.isInner ? [] : await findPath(ask, place).catch(() => []);
    const [bytes, isSentJson] = await Promise.all([
      engine.call("lineBytes", { frame, message, line: place }).catch(() => null),
      engine.call("isSentJson", { frame, message, line: place }).catch(() => false),
    ]);
    const showBytes = bytes === null ? null : () => inspector.setTab("Hex");
    menu.open(
      spot,
      {
        type: "value",
        path,
        isInner: line.isInner,
        kind: line.kind,
        value: wholeValue(line),
        key: line.key,
        json: (form) => engine.call("treeJson", { frame, message, line: place, form }),
        isSentJson,
        fold: (opens) => void foldAll(place, opens),
        showBytes,
        url: line.look !== null && "url" in line.look ? line.look.url : null,
      },
      tree,
    );
  }

  const drawn = [];
  for (let place = from; place < to; place++) {
    drawn.push(
      <JsonTreeLine key={place % slots} line={at(place)} place={place} isActive={place === active} />,
    );
  }
  const found = (shown: ShownValue): void => {
    show(shown);
    inspector.point({ frame, message, line: shown.line });
  };
  return (
    <>
      {isFinding && <FindInTree finder={finder} key={`${frame} ${message}`} frame={frame} message={message} after={active} onFound={found} onClose={() => onFinding(false)} />}
      <div
        ref={setElement}
        className="inspector-scroll json-tree"
        role="tree"
        data-finds=""
        aria-label={words("inspector.message")}
        aria-activedescendant={active >= from && active < to && at(active) !== undefined ? treeLineId(active) : undefined}
        tabIndex={0}
        onKeyDown={pressed}
        onClick={clicked}
        onContextMenu={(event) => void menuAsked(event)}
      >
        {problem !== null && <p className="inspector-note">{tell(problem)}</p>}
        <div className="inspector-spacer" role="presentation" style={{ height }}>
          <div role="presentation" style={{ transform: `translateY(${y}px)` }}>
            {drawn}
          </div>
        </div>
      </div>
    </>
  );
}
