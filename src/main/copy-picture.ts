/** Pictures on the system's clipboard. */
import { clipboard, nativeImage } from 'electron';

/** The clipboard before it became the web's: the Electron that tests may run on. */
interface OlderClipboard {
  writeImage?(image: Electron.NativeImage): void;
}

/** @param png the file's bytes. */
export async function copyPicture(png: Uint8Array): Promise<void> {
  const older = clipboard as unknown as OlderClipboard;
  if (older.writeImage) older.writeImage(nativeImage.createFromBuffer(Buffer.from(png)));
  else await clipboard.write([new ClipboardItem({ 'image/png': new Blob([new Uint8Array(png)]) })] as never);
}
