import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Locator } from "playwright-core";
import { launchBrowser, openWorkbench } from "../testkit/browser";

/**
 * The pictures of the README, from a running `npm start`:
 *   npx tsx test/screenshots/take.ts --url https://localhost:4443/workbench.html --password …
 */
const { values } = parseArgs({
  options: {
    url: { type: "string", default: "https://localhost:4443/workbench.html" },
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

const browser = await launchBrowser();
try {
  const workbench = await openWorkbench(browser, values.url, { width: Number(values.width) });
  const picture = (name: string) => workbench.screenshot(values.folder, name);
  const pane = await workbench.pane();
  await pane.getByLabel("Email").fill("demo@example.com");
  await pane.getByLabel("Password", { exact: true }).fill(values.password ?? "");
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
} finally {
  await browser.close();
}
