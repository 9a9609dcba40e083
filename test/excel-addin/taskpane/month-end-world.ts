import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Frame, Page } from "playwright-core";
import { serveWorkbench } from "../../../excel-addin/workbench/serve";
import { createFirstAdmin } from "../../../server/modules/access/create-first-admin";
import { type Client, startTestApi, type TestApi } from "../../testkit/api";
import { launchBrowser, openWorkbench } from "../../testkit/browser";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** A person in front of the workbench: the page with the sheet, and the pane in it. */
export interface Seat {
  readonly page: Page;
  readonly pane: Frame;
  readonly complaints: readonly string[];
  signIn(): Promise<void>;
  /** The pane after it was closed and opened again. */
  reopen(): Promise<Seat>;
  close(): Promise<void>;
}

export interface Company {
  readonly email: string;
  readonly finance: Client;
  sit(size?: { readonly width?: number; readonly height?: number }): Promise<Seat>;
}

export interface MonthEndWorld {
  readonly api: TestApi;
  /** A company with its September sent and its October drafted; see `plant`. */
  company(): Promise<Company>;
  stop(): Promise<void>;
}

export const PASSWORD = "correct horse battery";

export const HOSTILE_NAME = '=HYPERLINK("http://example.com","Halden & Sons")';

/** The real server, the real add-in on the real Office.js, and a browser. */
export async function startMonthEndWorld(): Promise<MonthEndWorld> {
  const distDir = join(root, "dist/excel-addin");
  if (!existsSync(join(distDir, "workbench.html"))) {
    throw new Error("The add-in is not built: run npm run test:excel-addin, which builds it first.");
  }
  const cacheDir = mkdtempSync(join(tmpdir(), "billgrid-workbench-"));
  const api = await startTestApi();
  const manifestFile = join(root, "manifest.xml");
  const workbench = await serveWorkbench({ apiUrl: api.url, distDir, cacheDir, manifestFile });
  const browser = await launchBrowser();
  let companies = 0;
  return {
    api,
    async company() {
      companies += 1;
      const organization = await api.organization({ now: "2026-10-01T08:00:00Z" });
      const email = `ada-${companies}@example.com`;
      const admin = { organizationId: organization.id, email, name: "Ada Example", password: PASSWORD };
      await createFirstAdmin(admin, new Date());
      await plant(api, organization.admin);
      return { email, finance: organization.admin, sit: (size) => sit(browser, workbench.url, email, size) };
    },
    async stop() {
      await browser.close();
      await workbench.close();
      await api.stop();
      rmSync(cacheDir, { recursive: true, force: true });
    },
  };
}

async function sit(
  browser: Browser,
  url: string,
  email: string,
  size: { readonly width?: number; readonly height?: number } = {},
): Promise<Seat> {
  const opened = await openWorkbench(browser, url, size);
  // Colours are judged as they are at rest, not while a dialog fades in.
  await opened.page.emulateMedia({ reducedMotion: "reduce" });
  const seatIn = async (): Promise<Seat> => {
    const pane = await opened.pane();
    return {
      page: opened.page,
      pane,
      complaints: opened.complaints,
      async signIn() {
        await pane.getByLabel("Email").fill(email);
        await pane.getByLabel("Password").fill(PASSWORD);
        await pane.getByRole("button", { name: "Sign in" }).click();
        await pane.getByRole("heading", { name: "Saved views" }).waitFor();
      },
      async reopen() {
        await opened.page.evaluate(() => (window as unknown as { workbench: { reopen(): void } }).workbench.reopen());
        const next = await seatIn();
        await next.pane.getByLabel("Password").waitFor();
        return next;
      },
      close: opened.close,
    };
  };
  return seatIn();
}

/**
 * Acme pays 1,000.00 a month. Borealis pays 0.0010 a call: 100.00 in September, 200.00 in October, and 50,000 calls that came
 * after its draft. Corvid begins in October at 300.00. A customer with a hostile name pays 250.00 and has nobody to mail to.
 */
async function plant(api: TestApi, admin: Client): Promise<void> {
  const operate = async (mutation: string, input: object) => {
    await admin.done(mutation, "operation { id }", input);
    await api.work();
  };
  await admin.done("setTaxRate", "taxRate { id }", {
    code: "STANDARD",
    name: "VAT 20 %",
    jurisdiction: "GB",
    percent: "20",
    category: "STANDARD",
    validFromOn: "2020-01-01",
  });
  const { usageMetric } = await admin.done("createUsageMetric", "usageMetric { id }", {
    code: "api-calls",
    name: "API calls",
    eventType: "api_call",
    aggregation: "SUM",
    property: "quantity",
    unit: "API call",
  });
  const product = async (code: string, name: string): Promise<string> =>
    (await admin.done("createProduct", "product { id }", { code, name, taxCode: "STANDARD" })).product.id;
  const platform = await product("PLATFORM", "Platform");
  const callsProduct = await product("API", "API calls");
  const price = async (input: object): Promise<string> =>
    (
      await admin.done("createPrice", "price { id }", {
        currency: "GBP",
        effectiveOn: "2026-01-01",
        cadence: "MONTHLY",
        timing: "IN_ARREARS",
        ...input,
      })
    ).price.id;
  const fee = (amount: string) =>
    price({ productId: platform, name: `Platform ${amount}`, terms: { flat: { fee: amount } } });
  const calls = await price({
    productId: callsProduct,
    name: "API calls",
    metricId: usageMetric.id,
    terms: { perUnit: { unitPrice: "0.0010" } },
  });
  const contract = async (legalName: string, priceId: string, startsOn = "2026-09-01", hasContact = true) => {
    const contacts = hasContact ? [{ name: "Billing", email: "billing@example.com", isPrimary: true }] : [];
    const { customer } = await admin.done("createCustomer", "customer { id }", {
      legalName,
      currency: "GBP",
      addressLines: ["1 Harbour Road", "Bristol"],
      contacts,
    });
    const made = await admin.done("createContract", "contract { id version }", {
      customerId: customer.id,
      name: "2026",
      startsOn,
      phases: [{ startsOn, charges: [{ priceId }] }],
    });
    await admin.done("activateContract", "contract { id }", { id: made.contract.id, version: made.contract.version });
    return customer.id as string;
  };
  const use = (id: string, timestamp: string, quantity: string) =>
    admin.done("recordUsageEvents", "recorded", {
      events: [{ id, alias: "borealis", type: "api_call", timestamp, properties: { quantity } }],
    });

  await contract("Acme Robotics Ltd", await fee("1000.00"));
  const borealis = await contract("Borealis Foods Ltd", calls);
  await admin.done("mapCustomerAlias", "customer { id }", { customerId: borealis, alias: "borealis" });
  await contract(HOSTILE_NAME, await fee("250.00"), "2026-09-01", false);
  await contract("Corvid Analytics Ltd", await fee("300.00"), "2026-10-01");
  const { savedView } = await admin.done("createSavedView", "savedView { id }", { name: "Month-end", isShared: true });

  await use("september", "2026-09-15T12:00:00Z", "100000");
  await operate("draftInvoices", {});
  const september = { selection: { viewId: savedView.id, month: "2026-09" } };
  await operate("finalizeInvoices", september);
  await operate("sendInvoices", september);

  await admin.done("setTestClock", "organization { today }", { now: "2026-11-03T09:00:00Z" });
  await use("october", "2026-10-15T12:00:00Z", "200000");
  await operate("draftInvoices", {});
  await use("late", "2026-10-31T12:00:00Z", "50000");
}
