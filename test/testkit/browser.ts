import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type Browser, chromium, type Frame, type Page } from "playwright-core";
import { findChromium } from "./chromium";

/** A browser for one test file. Close it in `afterAll`. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await findChromium();
  return chromium.launch({
    executablePath,
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export interface OpenWorkbench {
  readonly page: Page;
  /** The frame with the task pane; a new one after the pane was opened again. */
  pane(): Promise<Frame>;
  /** Everything that the page or the pane complained about. */
  readonly complaints: readonly string[];
  /** Writes `<folder>/<name>.png`. */
  screenshot(folder: string, name: string): Promise<string>;
  close(): Promise<void>;
}

export interface OpenWorkbenchOptions {
  readonly width?: number;
  readonly height?: number;
  /** Something to be done before the page is loaded, such as answering requests. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** Opens the workbench at this address and waits until Office.js in the pane is ready. */
export async function openWorkbench(
  browser: Browser,
  url: string,
  options: OpenWorkbenchOptions = {},
): Promise<OpenWorkbench> {
  const viewport = { width: options.width ?? 1440, height: options.height ?? 900 };
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    viewport,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await options.prepare?.(page);
  await page.goto(url, { waitUntil: "load" });

  const pane = async (): Promise<Frame> => {
    const handle = await page.waitForSelector("iframe");
    const frame = await handle.contentFrame();
    if (!frame) throw new Error("The task pane has no document.");
    await frame.waitForFunction(() => typeof Office !== "undefined" && typeof Office.onReady === "function");
    await frame.evaluate(() => Office.onReady().then(() => undefined));
    return frame;
  };
  await pane();
  return {
    page,
    pane,
    complaints,
    screenshot: async (folder, name) => {
      await mkdir(folder, { recursive: true });
      const file = path.join(folder, `${name}.png`);
      await page.screenshot({ path: file });
      return file;
    },
    close: () => context.close(),
  };
}
