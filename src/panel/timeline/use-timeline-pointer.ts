import { useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";
import type { Span, TimelineLane, TimelineMark, TimelineView } from "../../contract/timeline.ts";
import { milliseconds } from "../../model/units.ts";
import type { TimelineStore } from "./timeline-store.ts";
import { toTime, toX, type Scale } from "./timeline-scale.ts";

/** Pixels from which on a press is a drag, and around an edge or a mark that mean it. */
const DRAG = 3;
const NEAR = 4;
/** Of one notch of a wheel, about 100 pixels: a third more or less on view. */
const ZOOM_PER_PIXEL = 0.003;
/** A line of a wheel that counts lines, in pixels. */
const LINE = 16;

type Grip = "new" | "move" | "from" | "to";

interface Drag {
  readonly grip: Grip;
  /** Where it began. */
  readonly x: number;
  readonly window: Span;
  readonly isMoving: boolean;
}

export interface TimelinePointer {
  /** Where the pointer is; null where it is elsewhere. */
  readonly x: number | null;
  /** The connection in whose lane it is. */
  readonly lane: TimelineLane | null;
  /** The window as it is dragged. */
  readonly draft: Span | null;
  readonly cursor: string;
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerCancel: () => void;
    readonly onPointerLeave: () => void;
    readonly onDoubleClick: () => void;
  };
}

interface PointerParts {
  readonly strip: RefObject<HTMLElement | null>;
  readonly timeline: TimelineStore;
  readonly view: TimelineView | null;
  readonly window: Span | null;
  readonly width: number;
  /** The height of a lane; they stand at the bottom. */
  readonly laneHeight: number;
  readonly onMark: (mark: TimelineMark) => void;
  readonly onLane: (lane: TimelineLane) => void;
}

/** Dragging makes a window, moves one or one of its edges; the wheel zooms where the pointer is, and sideways moves what is on view. */
export function useTimelinePointer({ strip, timeline, view, window, width, laneHeight, onMark, onLane }: PointerParts): TimelinePointer {
  const [x, setX] = useState<number | null>(null);
  /** Which lane it is in; negative above them. */
  const [lane, setLane] = useState(-1);
  const [draft, setDraft] = useState<Span | null>(null);
  const drag = useRef<Drag | null>(null);
  const scale: Scale | null = view === null ? null : { from: view.from, to: view.to, width };

  // React's own listeners of the wheel cannot keep the page from scrolling.
  useEffect(() => {
    const element = strip.current;
    if (element === null) return undefined;
    const wheeled = (event: WheelEvent): void => {
      const { view: now } = timeline.store.getState();
      if (now === null) return;
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
      const { left, width: across } = element.getBoundingClientRect();
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) timeline.pan((sideways * unit * (now.to - now.from)) / across);
      // Pinching comes as a wheel with Ctrl, in smaller steps.
      else timeline.zoom(Math.exp(event.deltaY * unit * ZOOM_PER_PIXEL * (event.ctrlKey ? 3 : 1)), toTime({ from: now.from, to: now.to, width: across }, event.clientX - left));
    };
    element.addEventListener("wheel", wheeled, { passive: false });
    return () => element.removeEventListener("wheel", wheeled);
  }, [strip, timeline]);

  const laneAt = (event: PointerEvent<HTMLElement>): number => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    return Math.floor((event.clientY - top - height) / laneHeight) + (view?.lanes.shown.length ?? 0);
  };
  const gripAt = (at: number): Grip => {
    if (scale === null || window === null) return "new";
    const [from, to] = [toX(scale, window.from), toX(scale, window.to)];
    if (Math.abs(at - from) <= NEAR) return "from";
    if (Math.abs(at - to) <= NEAR) return "to";
    return at > from && at < to ? "move" : "new";
  };
  const markAt = (at: number): TimelineMark | undefined => (scale === null ? undefined : view?.marks.filter((mark) => Math.abs(toX(scale, mark.at) - at) <= NEAR).toSorted((a, b) => Math.abs(toX(scale, a.at) - at) - Math.abs(toX(scale, b.at) - at))[0]);
  const dragged = ({ grip, x: began, window: before }: Drag, now: number): Span => {
    if (scale === null) return before;
    const by = toTime(scale, now) - toTime(scale, began);
    const ends =
      grip === "move" ? [before.from + by, before.to + by] : grip === "from" ? [before.from + by, before.to] : grip === "to" ? [before.from, before.to + by] : [before.from, before.from + by];
    return { from: milliseconds(Math.min(...ends)), to: milliseconds(Math.max(...ends)) };
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0 || scale === null) return;
    const at = xOf(event);
    const grip = gripAt(at);
    const here = milliseconds(toTime(scale, at));
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { grip, x: at, window: grip === "new" || window === null ? { from: here, to: here } : window, isMoving: false };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const at = xOf(event);
    setX(at);
    setLane(laneAt(event));
    const now = drag.current;
    if (now === null || (!now.isMoving && Math.abs(at - now.x) < DRAG)) return;
    drag.current = { ...now, isMoving: true };
    setDraft(dragged(now, at));
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    const now = drag.current;
    drag.current = null;
    setDraft(null);
    if (now === null) return;
    const at = xOf(event);
    if (now.isMoving) return timeline.choose(dragged(now, at));
    const pressed = view?.lanes.shown[laneAt(event)];
    if (pressed !== undefined) return onLane(pressed);
    const mark = markAt(at);
    if (mark !== undefined) onMark(mark);
  };
  const onPointerCancel = (): void => {
    drag.current = null;
    setDraft(null);
  };

  const grip = x === null ? "new" : gripAt(x);
  const cursor = grip === "from" || grip === "to" ? "timeline-on-edge" : x !== null && markAt(x) !== undefined ? "timeline-on-mark" : grip === "move" ? "timeline-on-window" : "";
  return { x, lane: x === null ? null : (view?.lanes.shown[lane] ?? null), draft, cursor, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onPointerLeave: () => setX(null), onDoubleClick: () => timeline.reset() } };
}

const xOf = (event: PointerEvent<HTMLElement>): number => event.clientX - event.currentTarget.getBoundingClientRect().left;
