/** Node reads TypeScript by itself from 22.18 on; before, tsx strips the types, file by file, in the thread that asks. */
export async function readTypeScript() {
  if ("typescript" in process.features && process.features.typescript !== false) return;
  const { register } = await import("tsx/esm/api");
  register();
}
