/** Asks for a file, where what asks is gone by then, as a menu is. */
export function chooseFile(accept: string, take: (file: File) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = accept;
  input.hidden = true;
  // In the page while it is asked for: who tests the panel finds it there.
  document.body.append(input);
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    input.remove();
    if (file !== undefined) take(file);
  });
  input.addEventListener("cancel", () => input.remove());
  input.click();
}
