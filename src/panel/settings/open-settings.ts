/** Its box hangs on its button, and has the focus back there. */
export function openSettings(): void {
  document.querySelector<HTMLElement>(".settings-button")?.click();
}
