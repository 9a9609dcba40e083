import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Browser, Locator } from "playwright-core";
import { launchBrowser, openWorkbench } from "../testkit/browser";
import { takeSigningPage } from "./signing-page";

/**
 * The pictures of the README, from a running `npm start` with a new demo company; of the signing page alone without a
 * password. It sends a quote of the demo once more.
 *   npx tsx test/screenshots/take.ts --data .billgrid --password …
 */
const { values } = parseArgs({
  options: {
    data: { type: "string", default: ".billgrid" },
    password: { type: "string" },
    folder: { type: "string", default: fileURLToPath(new URL(".", import.meta.url)) },
    width: { type: "string", default: "1440" },
  },
});

/** A dialog fades in; what turns for ever, such as a spinner, is not waited for. */
const whenStill = (dialog: Locator): Promise<void> =>
  dialog.evaluate(async ({ ownerDocument }) => {
    const ending = ownerDocument
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });

const run = JSON.parse(readFileSync(path.join(values.data, "run.json"), "utf8")) as {
  readonly workbenchUrl: string;
  readonly graphqlUrl: string;
  readonly apiKeyFile: string;
};

const browser = await launchBrowser();
try {
  const token = readFileSync(run.apiKeyFile, "utf8").trim();
  const outbox = path.join(values.data, "outbox");
  await takeSigningPage(browser, { graphqlUrl: run.graphqlUrl, outbox, token }, values.folder);
  if (values.password !== undefined) await takeWorkbench(browser, values.password);
} finally {
  await browser.close();
}

async function takeWorkbench(browser: Browser, password: string): Promise<void> {
  const workbench = await openWorkbench(browser, run.workbenchUrl, { width: Number(values.width) });
  const picture = (name: string) => workbench.screenshot(values.folder, name);
  const pane = await workbench.pane();
  await pane.getByLabel("Email").fill("demo@example.com");
  await pane.getByLabel("Password", { exact: true }).fill(password);
  await picture("sign-in");
  await pane.getByRole("button", { name: "Sign in" }).click();
  await pane.getByRole("radio", { name: /Month-end: all invoices/ }).check();
  await pane.getByRole("button", { name: /^Pull \d+ invoices/ }).waitFor();
  await picture("views");
  await pane.getByRole("button", { name: /^Pull \d+ invoices/ }).click();
  await pane.getByRole("heading", { name: /^Compared with/ }).waitFor();
  await picture("month-end");
  await pane.getByRole("button", { name: "Recalculate", exact: true }).click();
  await pane
    .getByText(/recalculated/)
    .first()
    .waitFor();
  await picture("recalculated");
  await pane.getByRole("button", { name: /Finalize and send/ }).click();
  const dialog = pane.getByRole("dialog");
  await dialog.waitFor();
  await whenStill(dialog);
  await picture("confirm");
}
