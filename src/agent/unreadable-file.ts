/**
 * Answers a file that can no longer be read, as `data`: a socket that is to send it fails, which ends it abnormally (1006). It
 * is made in the origin's own storage, where nothing is left of it. Only in secure contexts.
 */
export async function unreadableFile(name: string): Promise<{ readonly data: Blob }> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(name, { create: true });
  try {
    const stream = await handle.createWritable();
    await stream.write("x");
    await stream.close();
    return { __proto__: null, data: await handle.getFile() } as unknown as { readonly data: Blob };
  } finally {
    await folder.removeEntry(name);
  }
}
