/** Opens the address of a page in a tab of its own, which learns nothing of who opened it. */
export function openPage(url: string): void {
  open(url, "_blank", "noopener,noreferrer");
}
