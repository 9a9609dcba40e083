import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launchBrowser, openWorkbench } from "../testkit/browser";

/**
 * The pictures of the README, from a running `npm start`:
 *   npx tsx test/screenshots/take.ts --url https://localhost:4443/workbench.html --password …
 */
const { values } = parseArgs({
  options: {
    url: { type: "string", default: "https://localhost:4443/workbench.html" },
    password: { type: "string" },
    folder: { type: "string" },
  },
});
const folder = values.folder ?? fileURLToPath(new URL(".", import.meta.url));
const browser = await launchBrowser();
try {
  const workbench = await openWorkbench(browser, values.url);
  const pane = await workbench.pane();
  await pane.getByLabel("Email").fill("demo@example.com");
  await pane.getByLabel("Password", { exact: true }).fill(values.password ?? "");
  await workbench.screenshot(folder, "sign-in");
  await pane.getByRole("button", { name: "Sign in" }).click();
  await pane.getByRole("radio", { name: /Month-end: all invoices/ }).check();
  await pane.getByRole("button", { name: /^Pull \d+ invoices/ }).waitFor();
  await workbench.screenshot(folder, "views");
  await pane.getByRole("button", { name: /^Pull \d+ invoices/ }).click();
  await pane.getByRole("heading", { name: /^Compared with/ }).waitFor();
  await workbench.screenshot(folder, "month-end");
  await pane.getByRole("button", { name: "Recalculate", exact: true }).click();
  await pane
    .getByText(/recalculated/)
    .first()
    .waitFor();
  await workbench.screenshot(folder, "recalculated");
  await pane.getByRole("button", { name: /Finalize and send/ }).click();
  await pane.getByRole("dialog").waitFor();
  await workbench.screenshot(folder, "confirm");
} finally {
  await browser.close();
}
