// TypeScript knows these only in its worker library, which cannot stand beside the DOM's.
interface FileSystemSyncAccessHandle {
  read(into: Uint8Array, options: { readonly at: number }): number;
  write(bytes: Uint8Array, options: { readonly at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}
interface FileSystemFileHandle {
  createSyncAccessHandle(options: { readonly mode: "readwrite-unsafe" }): Promise<FileSystemSyncAccessHandle>;
}

/** Only workers have it: https://w3c.github.io/FileAPI/#FileReaderSync. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}
