/** Asks for a file, where what asks is gone by then, as a menu is. */
export const chooseFile = (accept: string, take: (file: File) => void): void => ask(accept, false, ([file]) => file !== undefined && take(file));

/** Asks for one file or more. */
export const chooseFiles = (accept: string, take: (files: readonly File[]) => void): void => ask(accept, true, take);

function ask(accept: string, isMultiple: boolean, take: (files: readonly File[]) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = accept;
  input.multiple = isMultiple;
  input.hidden = true;
  // In the page while it is asked for: who tests the panel finds it there.
  document.body.append(input);
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.remove();
    take(files);
  });
  input.addEventListener("cancel", () => input.remove());
  input.click();
}
