import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../../server/platform/ids";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { operate } from "../../testkit/company";
import { readPdf } from "../integrations/read-pdf";
import { pullGrid } from "../month-end/billed-world";
import { codesOf, type LateWorld, lateWorld } from "./late-usage-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const LONG_NAME = "Vereinigte Norddeutsche Speditions- und Lagerhausgesellschaft Hansekontor mit beschränkter Haftung";

/** October is credited and billed again, of a customer with a long name who pays in part by prepaid credits. */
async function issuedWorld(): Promise<LateWorld> {
  const world = await lateWorld(api, "CREDIT_AND_REBILL", {
    charges: ({ prices }) => [prices.api, prices.platform],
    prepare: async (own, acme) => {
      await own.grant(acme, "60.00", { productIds: [own.products.api] });
      const { customer } = await own.finance.data("query ($id: ID!) { customer(id: $id) { version } }", { id: acme });
      await own.finance.done("updateCustomer", "customer { id }", {
        id: acme,
        version: customer.version,
        legalName: LONG_NAME,
        contacts: [{ name: "Accounts", email: "accounts@example.com", isPrimary: true }],
      });
    },
  });
  await world.use("acme", "2026-10-20", 50);
  await world.draft();
  await world.finalize();
  return world;
}

describe("the PDF of a credit note", () => {
  it("names the invoice, its day and the reason, and says above zero what is credited", async () => {
    const world = await issuedWorld();
    const { text, info } = await readPdf(await world.pdf(await world.find("CREDIT_NOTE", "FINALIZED")));
    expect(info["Title"]).toBe("Credit note CN-2026-00001 · Test Seller Ltd");
    for (const said of [
      "Credits invoice INV-2026-00001",
      "Invoice date 3 November 2026",
      "Reason Usage reported after the invoice",
      "Amount credited £168.00 GBP",
      "1,000",
      "Prepaid credit: Prepayment",
      "-60.00",
      "Net total 140.00",
      "VAT 20% on 140.00 28.00",
    ]) {
      expect(text).toContain(said);
    }
    expect(text).not.toMatch(/Amount due|Due date|IBAN|-100\.00/);
  });

  it("of the invoice that replaces it names that one", async () => {
    const world = await issuedWorld();
    const documents = await world.documents();
    const reissue = documents.find(({ reissues }) => reissues);
    const { text } = await readPdf(await world.pdf(reissue));
    expect(text).toContain(`Replaces invoice ${reissue.reissues.number}`);
    expect(text).toContain("Amount due £174.00 GBP");
  });
});

describe("the mail of a credit note", () => {
  it("has its own subject and text, and asks for no payment", async () => {
    const world = await issuedWorld();
    const issued = (await world.documents()).filter(({ billingMonth }) => billingMonth === "2026-10").slice(-2);
    const invoiceIds = issued.map(({ id }) => id);
    expect(codesOf(await operate(api, world.finance, "sendInvoices", { selection: { invoiceIds } }))).toEqual([
      "SENT",
      "SENT",
    ]);
    const mailOf = ({ id }: Answer) => {
      const name = readdirSync(api.outbox).find((file) => file.includes(id)) as string;
      return readFileSync(join(api.outbox, name), "utf8")
        .replace(/=\r?\n/g, "")
        .replace(/\r?\n/g, " ");
    };
    const [note, reissue] = issued.map(mailOf);
    expect(note).toContain("Subject: Credit note CN-2026-00001 from Test Seller Ltd");
    expect(note).toContain("over invoice INV-2026-00001. Nothing is to be paid for it.");
    expect(note).toContain("CN-2026-00001.pdf");
    expect(reissue).toContain("Subject: Invoice INV-2026-00003 from Test Seller Ltd");
    expect(reissue).toContain("It replaces invoice INV-2026-00001, which is credited.");
  });
});

describe("the grid of a month with a credit note", () => {
  const COLUMNS = ["number", "kind", "status", "net", "previousNet", "change", "flags", "reason"];
  const rowsOf = async ({ finance }: LateWorld, month: string) => {
    const { savedView } = await finance.done("createSavedView", "savedView { id }", {
      name: `Kinds ${newId()}`,
      columns: COLUMNS,
    });
    const grid = await pullGrid(finance, { month, viewId: savedView.id });
    return { ...grid, short: grid.records.map(({ kind, net, change }: Answer) => `${kind} ${net} ${change}`) };
  };

  it("shows each document, compares the one that is left, and adds up", async () => {
    const world = await lateWorld(api, "CREDIT_AND_REBILL");
    await world.setClock("2026-12-02T09:00:00Z");
    await world.use("acme", "2026-11-15", 1_100);
    await world.draft();
    await world.finalize();
    await world.use("acme", "2026-11-16", 50);
    await world.draft();
    const drafted = await rowsOf(world, "2026-11");
    expect(drafted.short.toSorted()).toEqual([
      "CREDIT_NOTE -110.00 -110.00",
      "INVOICE 110.00 110.00",
      "INVOICE 115.00 15.00",
    ]);
    await world.finalize();
    const { records, totals } = await rowsOf(world, "2026-11");
    const byNumber = (wanted: string) => records.find(({ number }: Answer) => number === wanted);
    expect(byNumber("INV-2026-00002")).toMatchObject({
      flags: null,
      reason: "Credited by CN-2026-00001: usage was reported after it.",
    });
    expect(byNumber("CN-2026-00001")).toMatchObject({
      flags: null,
      reason: "Credits INV-2026-00002: usage was reported after it.",
    });
    expect(byNumber("INV-2026-00003")).toMatchObject({
      previousNet: "100.00",
      reason: "API calls 1,000 → 1,150: +15.00.",
    });
    expect(totals).toMatchObject([{ count: 3, previous: "100.00", current: "115.00", change: "15.00" }]);
  });

  it("is the baseline of the next month with what is left of it", async () => {
    const world = await lateWorld(api, "CREDIT_AND_REBILL");
    await world.use("acme", "2026-10-20", 50);
    await world.draft();
    await world.finalize();
    await world.setClock("2026-12-02T09:00:00Z");
    await world.use("acme", "2026-11-15", 1_100);
    await world.draft();
    expect((await rowsOf(world, "2026-11")).records).toMatchObject([{ net: "110.00", previousNet: "105.00" }]);
  });
});
