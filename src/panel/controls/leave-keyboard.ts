/** What Tab goes to, but for what only hands the keyboard on. */
const CONTROLS = ':is(button:enabled, input:enabled, select:enabled, textarea:enabled, [tabindex="0"]):not([tabindex="-1"], [role="tablist"])';
const TABLE = '[aria-multiselectable="true"]';

/**
 * For the `ref` of what a press of its own takes away, or what goes by itself: where the keyboard is in it then, the table
 * has it next.
 */
export const leavesKeyboardToTable = leaving(() => [document.querySelector(TABLE)]);

/** The same of one of several: what comes after it has the keyboard, else what came before, else what is nearest around them. */
export const leavesKeyboardBeside = leaving((element) => [element.nextElementSibling, element.previousElementSibling, ...around(element)]);

/** What was pressed has led to a row of the table. */
export function giveKeyboardToTable(): void {
  takeKeyboard(document.querySelector(TABLE));
}

/** It is always the same function: of another one, React would take it that the element had gone. */
function leaving(heirsOf: (element: Element) => readonly (Element | null)[]) {
  return (element: Element | null): (() => void) => () => {
    if (element?.contains(document.activeElement) !== true) return;
    const heirs = heirsOf(element);
    // Once it is gone. Whoever has given the keyboard to something meanwhile knows better.
    queueMicrotask(() => {
      if (document.activeElement !== document.body) return;
      for (const heir of heirs) if (takeKeyboard(heir)) return;
    });
  };
}

function takeKeyboard(heir: Element | null): boolean {
  if (heir?.isConnected !== true) return false;
  const taker = [heir, ...heir.querySelectorAll(CONTROLS)].find((one) => one instanceof HTMLElement && one.matches(CONTROLS) && one.checkVisibility({ visibilityProperty: true }));
  (taker as HTMLElement | undefined)?.focus({ preventScroll: true });
  return taker !== undefined;
}

function around(element: Element): readonly Element[] {
  const all: Element[] = [];
  // What is nearest in the whole document is near to nothing.
  for (let at = element.parentElement; at !== null && at !== document.body; at = at.parentElement) all.push(at);
  return all;
}
