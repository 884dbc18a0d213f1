/** Of the theme, by the names of tokens.css. */
export type Colours = Readonly<Record<"text" | "faint" | "quiet" | "line" | "sent" | "received" | "error" | "warning" | "accent" | "window" | "background", string>> & { readonly font: string };

export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    text: token("dim"),
    faint: token("faint"),
    quiet: token("line-strong"),
    line: token("line"),
    sent: token("sent"),
    received: token("received"),
    error: token("error"),
    warning: token("warning"),
    accent: token("accent"),
    window: token("accent-bg"),
    background: token("bg"),
    font: `9px ${token("ui")}`,
  };
}
