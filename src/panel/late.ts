import { lazy, useState, type ComponentType, type LazyExoticComponent, type MouseEvent, type PointerEvent } from "react";
import { endWaiting, firstRows } from "./first-rows.ts";

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
