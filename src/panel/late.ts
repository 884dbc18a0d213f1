import { lazy, useState, type ComponentType, type LazyExoticComponent, type MouseEvent, type PointerEvent } from "react";

let shown: () => void;

/**
 * Resolves once the first rows are on the screen and the capture has begun, or did not in time. What is loaded before
 * that delays both, and takes the cores from the page that is captured.
 */
export const firstRows: Promise<void> = new Promise((resolve) => (shown = resolve));

/** What can wait need not any longer. */
export function endWaiting(): void {
  shown();
}

/** A part of the first screen in a chunk of its own, which is asked for once the first rows are shown. */
export function late<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    await firstRows;
    return { default: await load() };
  });
}

/** Which of the buttons that stand for what is still to be loaded was pressed; what it opens is loaded at once. */
export function usePressed<Name = true>(): readonly [Name | null, (name: Name) => void] {
  const [pressed, setPressed] = useState<Name | null>(null);
  const press = (name: Name): void => {
    endWaiting();
    setPressed(() => name);
  };
  return [pressed, press];
}

/**
 * How a button that stands for what is still to be loaded takes its press: as the pointer goes down, since what is loaded
 * may stand in its place before it comes up. A click without a pointer is of the keyboard or of what reads the screen.
 */
export function onPress(act: () => void) {
  return {
    onPointerDown: (event: PointerEvent): void => {
      if (event.button !== 0 || event.ctrlKey) return;
      // What opens has the keyboard: it would be taken from it by the rest of the press, where the button is gone by then.
      event.preventDefault();
      act();
    },
    onClick: ({ detail }: MouseEvent): void => void (detail === 0 && act()),
  };
}

/** A page that is never idle gets the rest all the same. */
const LATEST_MS = 1000;

/** Calls back once nothing else is to be done, after the first rows. Answers how to leave it. */
export function whenIdle(callback: () => void): () => void {
  let waiting: number | undefined;
  let isLeft = false;
  void firstRows.then(() => {
    if (!isLeft) waiting = requestIdleCallback(callback, { timeout: LATEST_MS });
  });
  return () => {
    isLeft = true;
    if (waiting !== undefined) cancelIdleCallback(waiting);
  };
}
