import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { HOSTILE_NAME, type MonthEndWorld, PASSWORD, type Seat, startMonthEndWorld } from "./month-end-world";

let world: MonthEndWorld;
let seat: Seat | undefined;

beforeAll(async () => {
  world = await startMonthEndWorld();
});
afterEach(async () => {
  await seat?.close();
  seat = undefined;
});
afterAll(() => world?.stop());

interface SheetTable {
  readonly headers: readonly string[];
  /** As the cells show it, by header. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly formulas: readonly Readonly<Record<string, unknown>>[];
}

/** The table of the add-in, read by Office.js. */
function readSheet(pane: Frame): Promise<SheetTable> {
  return pane.evaluate(() =>
    Excel.run(async (context) => {
      const table = context.workbook.tables.getItemAt(0);
      const header = table.getHeaderRowRange().load("values");
      const body = table.getDataBodyRange().load("text,formulas");
      await context.sync();
      const headers = (header.values[0] ?? []).map(String);
      const byHeader = <Value>(cells: readonly Value[]) =>
        Object.fromEntries(headers.map((name, place) => [name, cells[place]])) as Record<string, Value>;
      return { headers, rows: body.text.map((cells) => byHeader(cells)), formulas: body.formulas.map(byHeader) };
    }),
  );
}

const rowOf = (sheet: SheetTable, customer: string) => sheet.rows.find((row) => row.Customer === customer);

async function pull(pane: Frame): Promise<void> {
  await pane.getByRole("button", { name: "Pull 4 invoices" }).click();
  await pane.getByRole("heading", { name: "Compared with September 2026" }).waitFor();
}

/** Lets the worker do what was asked for until the pane says so. */
async function workUntil(pane: Frame, text: RegExp): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await pane.getByText(text).first().isVisible())) {
    if (Date.now() > end) throw new Error(`The pane never said ${text}; it says:\n${await pane.innerText("body")}`);
    await world.api.work();
  }
}

/** Rules that a person with a screen reader or a keyboard depends on; focus guards of the dialog library are not content. */
async function accessibilityProblems(pane: Frame): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await pane.evaluate(source);
  return pane.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run({ exclude: [["[data-tabster-dummy]"]] }, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

describe("a month-end in Excel", () => {
  it("runs from the saved view to sent invoices, with every figure in the sheet", async () => {
    const company = await world.company();
    seat = await company.sit();
    const { pane, page } = seat;
    expect(await accessibilityProblems(pane)).toEqual([]);
    await seat.signIn();

    // The last closed month is offered, with its counts and totals before anything is pulled.
    expect(await pane.getByLabel("Billing month").inputValue()).toBe("2026-10");
    await pane.getByText("4 invoices", { exact: true }).waitFor();
    expect(await pane.getByText("1 stale").count()).toBe(1);
    expect(await pane.getByRole("row", { name: /GBP/ }).innerText()).toMatch(/1,350\.00\s+1,750\.00/);
    expect(await accessibilityProblems(pane)).toEqual([]);

    await pull(pane);
    const pulled = await readSheet(pane);
    expect(pulled.rows).toHaveLength(4);
    expect(rowOf(pulled, "Acme Robotics Ltd")).toMatchObject({ Status: "Draft", Net: "1,000.00", Change: "0.00" });
    expect(rowOf(pulled, "Borealis Foods Ltd")).toMatchObject({
      Net: "200.00",
      "Previous net": "100.00",
      Change: "▲ +100.00",
      "Change %": "+100.0%",
    });
    expect(rowOf(pulled, "Corvid Analytics Ltd")).toMatchObject({ Flags: "First bill", Net: "300.00" });
    // The name is text; the change is a formula to audit.
    expect(rowOf(pulled, HOSTILE_NAME)).toMatchObject({ Net: "250.00" });
    expect(pulled.formulas[0]?.Change).toBe("=ROUND([@[Net]]-[@[Previous net]],2)");
    expect(await accessibilityProblems(pane)).toEqual([]);

    // Stale drafts first: recalculate is the primary action, and the sheet follows.
    await pane.getByRole("button", { name: "Recalculate" }).click();
    await workUntil(pane, /4 invoices recalculated/);
    const recalculated = await readSheet(pane);
    expect(rowOf(recalculated, "Borealis Foods Ltd")).toMatchObject({ Net: "250.00", Change: "▲ +150.00" });
    expect(rowOf(recalculated, "Borealis Foods Ltd")?.Result).toMatch(/changed/);
    expect(await pane.getByText("1 stale").count()).toBe(0);

    // Nothing goes out before count and totals were stated and confirmed.
    await pane.getByRole("button", { name: "Finalize and send…" }).click();
    const dialog = pane.getByRole("dialog");
    await dialog.getByText("Finalize and send 4 invoices?").waitFor();
    expect(await dialog.getByRole("row", { name: /4 × GBP/ }).innerText()).toMatch(/1,800\.00\s+2,160\.00/);
    expect(await dialog.innerText()).toContain("flagged for review");
    expect(await accessibilityProblems(pane)).toEqual([]);
    const before = readdirSync(world.api.outbox).length;
    await dialog.getByRole("button", { name: "Finalize and send 4" }).click();
    await workUntil(pane, /4 invoices finalized, 3 invoices sent/);
    expect(await pane.getByRole("list", { name: "What failed" }).innerText()).toContain("no contact who gets invoices");
    expect(readdirSync(world.api.outbox).length - before).toBe(3);

    const sent = await readSheet(pane);
    expect(rowOf(sent, "Acme Robotics Ltd")).toMatchObject({ Status: "Sent", Result: "Sent to billing@example.com." });
    expect(rowOf(sent, HOSTILE_NAME)).toMatchObject({ Status: "Finalized" });
    expect(rowOf(sent, HOSTILE_NAME)?.Result).toMatch(/^Failed: /);
    expect(await accessibilityProblems(pane)).toEqual([]);
    const unknown = await page.evaluate(
      () => (window as unknown as { workbench: { unknownMembers: readonly string[] } }).workbench.unknownMembers,
    );
    expect(unknown).toEqual([]);
    expect(seat.complaints).toEqual([]);
  });

  it("goes on where it was after the pane was closed in the middle of sending", async () => {
    const company = await world.company();
    seat = await company.sit();
    await seat.signIn();
    await pull(seat.pane);
    await seat.pane.getByRole("button", { name: "Recalculate" }).click();
    await workUntil(seat.pane, /4 invoices recalculated/);
    await seat.pane.getByRole("button", { name: "Finalize and send…" }).click();
    await seat.pane.getByRole("button", { name: "Finalize and send 4" }).click();
    await seat.pane.getByText("Waiting to start").waitFor();

    seat = await seat.reopen();
    await seat.signIn();
    await seat.pane
      .getByText(/Waiting to start|Finalizing/)
      .first()
      .waitFor();
    await workUntil(seat.pane, /4 invoices finalized, 3 invoices sent/);
    expect(rowOf(await readSheet(seat.pane), "Corvid Analytics Ltd")).toMatchObject({ Status: "Sent" });
  });

  it("leaves nothing of the figures, and no token, in the browser's storage", async () => {
    const company = await world.company();
    seat = await company.sit();
    const { pane } = seat;
    await seat.signIn();
    await pull(pane);
    await pane.getByRole("button", { name: "Recalculate" }).click();
    await pane.getByText("Waiting to start").waitFor();
    const stored = await pane.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(stored).toContain("unfinishedCommand");
    for (const secret of ["1000.00", "1,000.00", "Acme", "token", PASSWORD]) expect(stored).not.toContain(secret);
    await workUntil(pane, /4 invoices recalculated/);
  });

  it("works on the selected rows alone when asked to", async () => {
    const company = await world.company();
    seat = await company.sit();
    const { pane } = seat;
    await seat.signIn();
    await pull(pane);
    await pane.getByRole("button", { name: /Corvid Analytics Ltd/ }).click();
    await pane.getByLabel("Selected (1)").check();
    await pane.getByRole("button", { name: "Finalize and send…" }).click();
    await pane.getByText("Finalize and send 1 invoice?").waitFor();
    await pane.getByRole("button", { name: "Finalize and send 1" }).click();
    await workUntil(pane, /1 invoice finalized, 1 invoice sent/);
    const statuses = (await readSheet(pane)).rows.map(({ Customer, Status }) => [Customer, Status]);
    expect(Object.fromEntries(statuses)).toMatchObject({
      "Corvid Analytics Ltd": "Sent",
      "Acme Robotics Ltd": "Draft",
    });
  });

  it("shows the lines of the selected invoice and how they came about", async () => {
    const company = await world.company();
    seat = await company.sit();
    const { pane } = seat;
    await seat.signIn();
    await pull(pane);
    await pane.getByRole("button", { name: /Corvid Analytics Ltd/ }).click();
    await pane.getByRole("button", { name: "Lines and explanation" }).click();
    await pane.getByRole("button", { name: /Platform 300\.00/ }).click();
    expect(await pane.getByRole("list", { name: "How this amount came about" }).innerText()).toContain("300.00");
    expect(await accessibilityProblems(pane)).toEqual([]);
  });
});

describe("the pane when something is in the way", () => {
  it("says that the password is wrong, and keeps the email", async () => {
    const company = await world.company();
    seat = await company.sit();
    const { pane } = seat;
    await pane.getByLabel("Email").fill(company.email);
    await pane.getByLabel("Password").fill("wrong");
    await pane.getByRole("button", { name: "Sign in" }).click();
    await pane.getByText("The email or the password is wrong.").waitFor();
    expect(await pane.getByLabel("Email").inputValue()).toBe(company.email);
  });

  it("says that Billgrid cannot be reached, keeps the sheet, and tries again", async () => {
    const company = await world.company();
    seat = await company.sit();
    const { pane, page } = seat;
    await seat.signIn();
    await pull(pane);
    await page.context().setOffline(true);
    await pane.getByRole("button", { name: "Refresh from Billgrid" }).click();
    await pane.getByText(/Billgrid cannot be reached/).waitFor();
    expect((await readSheet(pane)).rows).toHaveLength(4);
    await page.context().setOffline(false);
    await pane.getByRole("button", { name: "Try again" }).click();
    await pane.getByText(/Billgrid cannot be reached/).waitFor({ state: "detached" });
  });

  it("asks to sign in again when the session has ended, and does what was asked for then", async () => {
    const company = await world.company();
    seat = await company.sit();
    const { pane, page } = seat;
    await seat.signIn();
    // The server forgets the session, as it does after twelve hours.
    let isForgotten = true;
    await page.route("**/graphql", async (route) => {
      if (!isForgotten || route.request().postData()?.includes("mutation SignIn")) return route.continue();
      const headers = { ...route.request().headers(), authorization: "Bearer forgotten" };
      return route.continue({ headers });
    });
    await pane.getByRole("button", { name: "Pull 4 invoices" }).click();
    const dialog = pane.getByRole("alertdialog");
    await dialog.getByText("Your session has ended").waitFor();
    expect(await dialog.getByLabel("Email").inputValue()).toBe(company.email);
    isForgotten = false;
    await dialog.getByLabel("Password").fill(PASSWORD);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await pane.getByRole("heading", { name: "Compared with September 2026" }).waitFor();
    expect((await readSheet(pane)).rows).toHaveLength(4);
  });

  it("says when a month has no invoices", async () => {
    const company = await world.company();
    seat = await company.sit();
    const { pane } = seat;
    await seat.signIn();
    await pane.getByLabel("Billing month").selectOption("2026-06");
    await pane.getByText("No invoices in June 2026 for this view").waitFor();
    expect(await pane.getByRole("button", { name: "Nothing to pull" }).isDisabled()).toBe(true);
  });
});
