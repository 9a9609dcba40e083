import { randomUUID } from "node:crypto";
import fs from "node:fs";

/** Whole or not at all, for its owner's eyes only; of two writers at once the first one's text stays. */
export function writeOnce(file: string, text: string): void {
  if (fs.existsSync(file)) return;
  const unfinished = `${file}.${randomUUID()}`;
  fs.writeFileSync(unfinished, text, { mode: 0o600 });
  try {
    fs.linkSync(unfinished, file);
  } catch {
    // Another one was first, or the file system has no hard links.
    if (!fs.existsSync(file)) fs.renameSync(unfinished, file);
  } finally {
    fs.rmSync(unfinished, { force: true });
  }
}
