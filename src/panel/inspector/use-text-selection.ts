import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from "react";
import type { FrameDetails, TextForm, TextLine, TextSpot, TextStep } from "../../contract/inspect.ts";
import { say } from "../../model/said.ts";
import { takeKey } from "../controls/take-key.ts";
import { useSession } from "../state/session-context.ts";
import { TEXT_ROW } from "../virtual/row-heights.ts";
import type { RowScroller } from "../virtual/row-scroller.ts";
import { useDragScroll, type Point } from "../virtual/use-drag-scroll.ts";
import { AskedSelection } from "./asked-selection.ts";
import { characterAt } from "./character-at.ts";
import { selectedRange, stepForTextKey, wordAt, type TextSelection } from "./text-selection.ts";

/** The lines that are drawn, in the element that scrolls. */
interface DrawnText {
  readonly element: HTMLElement | null;
  readonly at: (line: number) => TextLine | undefined;
  readonly scroller: RowScroller;
  readonly screen: number;
}

/** What is selected of a text by pointer and keys, also on lines that are not drawn; Chrome's own selection ends with the elements that it stands in. */
export function useTextSelection({ index: frame, message }: Pick<FrameDetails, "index" | "message">, { form, columns }: TextForm, { element, at, scroller, screen }: DrawnText) {
  const { engine, clipboard, menu } = useSession();
  const [selection, setSelection] = useState<TextSelection | null>(null);
  const [asked] = useState(() => new AskedSelection(setSelection));
  const range = selection === null ? null : selectedRange(selection);
  /** A word or a line that was picked stays that, though the pointer trembles. */
  const isDragging = useRef(false);
  const { moved, ended } = useDragScroll(scroller, TEXT_ROW, (point) => {
    if (!isDragging.current) return;
    const spot = pointed(point);
    if (spot !== undefined) asked.pick({ anchor: asked.now?.anchor ?? spot.at, cursor: spot.at, column: spot.from });
  });

  // A row may be longer than the pane.
  useEffect(() => {
    if (selection !== null) element?.querySelector(".text-caret")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [element, selection]);

  const ask = (from: number, step: TextStep): Promise<TextSpot | null> => engine.call("textStep", { frame, message, form, columns, at: from, step }).catch(() => null);

  /** A key's step. */
  async function goOn(stepFrom: (selection: TextSelection) => TextStep, isExtended: boolean): Promise<void> {
    let line = 0;
    const isDrawn = await asked.goOn(async (selected) => {
      const first = at(scroller.firstRow)?.at ?? 0;
      const before = selected ?? { anchor: first, cursor: first, column: 0 };
      const step = stepFrom(before);
      const spot = await ask(before.cursor, step);
      if (spot === null) return null;
      ({ line } = spot);
      return { cursor: spot.at, anchor: isExtended ? before.anchor : spot.at, column: step.by === "row" ? before.column : spot.from };
    });
    if (isDrawn) scroller.scrollToRow(line);
  }

  async function selectBetween(from: number, of: "line" | "all"): Promise<void> {
    await asked.goOn(async () => {
      const [start, end] = await Promise.all([ask(from, { by: "edge", of, isEnd: false }), ask(from, { by: "edge", of, isEnd: true })]);
      return start === null || end === null ? null : { anchor: start.at, cursor: end.at, column: end.from };
    });
  }

  /** What is selected once all that was asked for before is answered. */
  async function copy(): Promise<void> {
    const selected = await asked.newest();
    if (selected === null || selected.anchor === selected.cursor) return;
    const copied = selectedRange(selected);
    await clipboard.copy(say("raw.copied", { n: copied.to - copied.from }), engine.call("textBetween", { frame, message, form, columns, ...copied }));
  }

  /** The place under the pointer, or on the line at the edge nearest to it. */
  function pointed({ x, y }: Point): { readonly at: number; readonly from: number; readonly line: TextLine } | undefined {
    if (element === null) return undefined;
    const { top } = element.getBoundingClientRect();
    const inside = Math.min(Math.max(y - top, 1), element.clientHeight - 1);
    const drawn = [...element.querySelectorAll<HTMLElement>(".text-line")].findLast((one) => one.getBoundingClientRect().top - top <= inside);
    const line = drawn && at(Number(drawn.dataset["place"]));
    const characters = drawn?.querySelector<HTMLElement>(".text-characters");
    if (line === undefined || characters === undefined || characters === null) return undefined;
    const from = Math.min(characterAt(characters, x), line.text.length);
    return { at: line.at + from, from, line };
  }

  /** Once is a place, twice a word, three times a line. */
  function pressed(event: MouseEvent<HTMLElement>): void {
    if (!isOnText(event)) return;
    event.preventDefault();
    event.currentTarget.focus({ preventScroll: true });
    const spot = pointed({ x: event.clientX, y: event.clientY });
    isDragging.current = event.detail === 1;
    if (spot === undefined) return;
    const { at: cursor, from: column, line } = spot;
    if (event.detail >= 3) return void selectBetween(cursor, "line");
    if (event.detail === 2) {
      const word = wordAt(line.text, column);
      return asked.pick({ anchor: line.at + word.from, cursor: line.at + word.to, column: word.to });
    }
    asked.pick({ anchor: event.shiftKey ? (asked.now?.anchor ?? cursor) : cursor, cursor, column });
  }

  function keyed(event: KeyboardEvent): void {
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.code === "KeyA") void selectBetween(0, "all");
    else if (isCommand && event.code === "KeyC" && asked.isAny) void copy();
    else {
      // Where there is no cursor, keys scroll.
      const isStep = (asked.isAny || event.shiftKey) && stepForTextKey(event, screen, 0) !== undefined;
      if (!isStep) return;
      const page = Math.max(1, screen - 1);
      const { key, ctrlKey, metaKey, altKey } = event;
      void goOn(({ column }) => stepForTextKey({ key, ctrlKey, metaKey, altKey }, page, column) as TextStep, event.shiftKey);
    }
    takeKey(event);
  }

  function menuAsked(event: MouseEvent<HTMLElement>): void {
    event.preventDefault();
    const from = event.currentTarget;
    const { left, top } = from.getBoundingClientRect();
    // The menu key asks at no place.
    const spot = event.clientX === 0 && event.clientY === 0 ? { x: left + 24, y: top + 24 } : { x: event.clientX, y: event.clientY };
    menu.open(spot, { type: "text", copy: range === null || range.from === range.to ? null : () => void copy(), selectAll: () => void selectBetween(0, "all") }, from);
  }

  return { range, cursor: selection?.cursor ?? null, captured, pressed, moved: (event: PointerEvent<HTMLElement>) => event.currentTarget.hasPointerCapture(event.pointerId) && moved(event), ended, keyed, menuAsked };
}

function captured(event: PointerEvent<HTMLElement>): void {
  if (isOnText(event)) event.currentTarget.setPointerCapture(event.pointerId);
}

/** Not on its scrollbar, nor on what folds it. A finger scrolls. */
function isOnText({ target, currentTarget, clientX, button, nativeEvent }: MouseEvent<HTMLElement>): boolean {
  const isFinger = nativeEvent instanceof globalThis.PointerEvent && nativeEvent.pointerType === "touch";
  const { left } = currentTarget.getBoundingClientRect();
  return button === 0 && !isFinger && (target as Element).closest(".text-fold") === null && clientX < left + currentTarget.clientWidth;
}
