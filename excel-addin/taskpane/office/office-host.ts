import { Storage, StorageType, Utilities } from "@microsoft/office-js-helpers";
import type { PreferenceName, Preferences } from "../pane-environment";

/**
 * What the pane asks of Office itself, apart from the workbook. The only file that uses the helpers library, and of it only
 * what is safe: host and platform, and storage for small preferences. Nothing secret goes into that storage.
 */

export function isInExcel(): boolean {
  return Utilities.host === "EXCEL";
}

/** The requirement set that the manifest asks for, checked again because a sideloaded add-in is not held to it. */
export function isExcelNewEnough(): boolean {
  return Office.context.requirements.isSetSupported("ExcelApi", "1.9");
}

/** The language of Excel's own menus, so that dates and numbers of the pane look like those around it. */
export function officeLocale(): string {
  const language = Office.context.displayLanguage || navigator.language;
  return Intl.NumberFormat.supportedLocalesOf([language])[0] ?? "en-GB";
}

/** Follows the theme of Office where Office tells it, else that of the system. */
export function prefersDark(): boolean {
  const theme = Office.context.officeTheme as Office.OfficeTheme | undefined;
  const background = theme?.bodyBackgroundColor;
  if (background && /^#[0-9a-f]{6}$/i.test(background)) return brightness(background) < 128;
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

function brightness(colour: string): number {
  const channel = (start: number) => Number.parseInt(colour.slice(start, start + 2), 16);
  return 0.299 * channel(1) + 0.587 * channel(3) + 0.114 * channel(5);
}

/** Preferences of this person on this machine. Where the browser forbids storage they last as long as the pane. */
export function officePreferences(): Preferences {
  const storage = openStorage();
  return {
    read: (name: PreferenceName) => storage.get(name) ?? null,
    write: (name: PreferenceName, value: string) => void storage.set(name, value),
    forget: (name: PreferenceName) => {
      if (storage.has(name)) storage.delete(name);
    },
  };
}

function openStorage(): Storage<string> {
  try {
    const storage = new Storage<string>("BillgridPreferences", StorageType.LocalStorage);
    storage.set("probe", "1");
    storage.delete("probe");
    return storage;
  } catch {
    return new Storage<string>("BillgridPreferences", StorageType.InMemoryStorage);
  }
}
