/** Why the control that it stands in is off: that control's description, drawn above all while the keyboard is on it. */
export const Reason = ({ id, text }: { readonly id: string; readonly text: string }) => (
  <span ref={showWithFocus} id={id} className="reason" popover="manual">
    {text}
  </span>
);

function showWithFocus(tip: HTMLElement | null): (() => void) | undefined {
  const control = tip?.parentElement;
  if (tip === null || control === null || control === undefined) return undefined;
  const follow = (): void => void tip.togglePopover(control.matches(":focus-visible"));
  // Its own press may have turned it off.
  follow();
  control.addEventListener("focus", follow);
  control.addEventListener("blur", follow);
  return () => {
    control.removeEventListener("focus", follow);
    control.removeEventListener("blur", follow);
  };
}
