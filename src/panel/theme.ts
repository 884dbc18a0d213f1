/** Puts DevTools' theme on the document, and keeps to it; outside DevTools, the system's. Answers how to end that. */
export function followTheme(root: HTMLElement): () => void {
  const set = (isDark: boolean): void => {
    root.dataset["theme"] = isDark ? "dark" : "light";
  };
  const panels = globalThis.chrome?.devtools?.panels;
  if (panels !== undefined) {
    set(panels.themeName === "dark");
    panels.setThemeChangeHandler?.((theme) => set(theme === "dark"));
    return () => panels.setThemeChangeHandler?.();
  }
  const system = matchMedia("(prefers-color-scheme: dark)");
  const changed = (): void => set(system.matches);
  changed();
  system.addEventListener("change", changed);
  return () => system.removeEventListener("change", changed);
}
