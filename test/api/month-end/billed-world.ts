import { firstDayOf, plainMonth, shiftMonth } from "../../../server/domain/calendar/plain-month";
import type { DriverFacts } from "../../../server/domain/invoice/driver-facts";
import { runAs } from "../../../server/platform/database/tenant-pool";
import { query } from "../../../server/platform/database/transaction";
import { newId } from "../../../server/platform/ids";
import type { Client, TestOrganization } from "../../testkit/api";

/** A price by its name; all contracts of an organization that name it bill one lineage. */
export type Priced = {
  readonly name: string;
  readonly cadence?: "monthly" | "annual";
  readonly timing?: "in_advance" | "in_arrears";
};

export type BilledContract = {
  readonly id: string;
  readonly customerId: string;
  readonly currency: string;
  readonly number: string;
};

type BillSettings = {
  readonly status?: "draft" | "finalized" | "sent" | "voided";
  readonly billsOn?: string;
  readonly staleBecause?: string;
  readonly blockers?: readonly string[];
  readonly adjustment?: string;
  /** Driver facts of lines, by their name; without them amounts alone are compared. */
  readonly facts?: Readonly<Record<string, DriverFacts>>;
  /** What else is to say of lines, by their name. */
  readonly details?: Readonly<Record<string, LineDetails>>;
  readonly taxPercent?: number;
  /** Of several contracts: only its lines name theirs. */
  readonly isMerged?: boolean;
  /** Of no contract at all, as people write one. */
  readonly isOneOff?: boolean;
  readonly credits?: { readonly invoiceId: string; readonly effect: "reissue" | "correction" | "final" };
  readonly reissues?: string;
};

type LineDetails = {
  readonly kind?: "charge" | "true_up";
  readonly isManual?: boolean;
  /** What the engine came to, where people set the amount of the line; and when they did, if that was another one. */
  readonly engineAmount?: string;
  readonly engineAmountThen?: string;
  /** What came off before the amount of the line. */
  readonly discount?: string;
  readonly explanation?: object;
  /** On a merged invoice, where it is not the one that is billed. */
  readonly contractId?: string;
};

/**
 * Writes contracts and bills as if they had been calculated, so that a test says exactly what was billed when:
 * `bill(contract, "2026-09", { "API calls": "420.00" }, { status: "sent" })`.
 */
export function billedWorld({ id: organizationId, admin }: Pick<TestOrganization, "id"> & { readonly admin: Client }) {
  const prices = new Map<
    string,
    { readonly priceId: string; readonly lineageId: string; readonly productId: string; readonly chargeName: string }
  >();
  const write = (text: string, ...values: unknown[]) =>
    runAs(organizationId, async () => await query(text, [organizationId, ...values]));
  let contracts = 0;
  let numbers = 0;

  async function customer(legalName: string, currency = "GBP"): Promise<string> {
    return (await admin.done("createCustomer", "customer { id }", { legalName, currency })).customer.id;
  }

  async function price({ name, cadence = "monthly", timing = "in_arrears" }: Priced) {
    const known = prices.get(name);
    if (known) return known;
    const made = { priceId: newId(), lineageId: newId(), productId: newId(), chargeName: name };
    prices.set(name, made);
    await write(
      `INSERT INTO product (organization_id, id, code, name, tax_code) VALUES ($1, $2, $3, $3, 'STANDARD')`,
      made.productId,
      name,
    );
    await write(
      `INSERT INTO price (organization_id, id, product_id, lineage_id, name, currency, model, terms, cadence, timing, effective_on)
       VALUES ($1, $2, $3, $4, $5, 'GBP', 'flat', '{"fee": "1"}', $6, $7, '2020-01-01')`,
      made.priceId,
      made.productId,
      made.lineageId,
      name,
      cadence,
      timing,
    );
    return made;
  }

  async function contract(
    customerId: string,
    priced: readonly Priced[],
    { currency = "GBP", startsOn = "2025-01-01", endsBefore = null as string | null, status = "active" } = {},
  ): Promise<BilledContract> {
    const [id, scheduleId, phaseId, number] = [newId(), newId(), newId(), `C-${++contracts}`];
    await write(
      "INSERT INTO contract (organization_id, id, number, name, customer_id, currency, starts_on, ends_before) VALUES ($1, $2, $3, 'Agreement', $4, $5, $6, $7)",
      id,
      number,
      customerId,
      currency,
      startsOn,
      endsBefore,
    );
    await write(
      "INSERT INTO billing_schedule (organization_id, id, contract_id, status, anchor_on) VALUES ($1, $2, $3, $4, $5)",
      scheduleId,
      id,
      status,
      startsOn,
    );
    await write(
      "INSERT INTO schedule_revision (organization_id, schedule_id, revision, starts_on, ends_before) VALUES ($1, $2, 0, $3, $4)",
      scheduleId,
      startsOn,
      endsBefore,
    );
    await write(
      "INSERT INTO phase (organization_id, id, schedule_id, ordinal, name, starts_on) VALUES ($1, $2, $3, 0, 'Phase', $4)",
      phaseId,
      scheduleId,
      startsOn,
    );
    for (const [ordinal, each] of priced.entries()) {
      const { priceId } = await price(each);
      await write(
        "INSERT INTO charge (organization_id, id, phase_id, ordinal, price_id, description) VALUES ($1, $2, $3, $4, $5, $6)",
        newId(),
        phaseId,
        ordinal,
        priceId,
        each.name,
      );
    }
    return { id, customerId, currency, number };
  }

  async function bill(
    of: BilledContract,
    month: string,
    lines: Readonly<Record<string, string>>,
    settings: BillSettings = {},
  ): Promise<string> {
    const { status = "draft", staleBecause, blockers = [], adjustment, facts = {}, details = {} } = settings;
    const { taxPercent = 0, isMerged = false, isOneOff = false, credits = null, reissues = null } = settings;
    const next = shiftMonth(plainMonth(month), 1);
    const { billsOn = firstDayOf(next) } = settings;
    const id = newId();
    const amounts = [...Object.values(lines), ...(adjustment ? [adjustment] : [])];
    await write(
      `INSERT INTO invoice (organization_id, id, customer_id, contract_id, status, currency, bills_on, billing_month, service_starts_on, service_ends_before,
         net_total, tax_total, gross_total, blockers, content_hash, calculated_at, stale_reasons, stale_since, origin, document_kind, corrects_invoice_id,
         credit_effect, reissues_invoice_id, credit_category, credit_reason, credit_service)
       SELECT $1, $2, $3, $4, 'draft', $5, $6, $7::date, $7, $8, total, tax, total + tax, $9::text[], 'hash', now(), $10::text[],
         CASE WHEN $10::text[] <> '{}' THEN now() END, $13, CASE WHEN $14::uuid IS NULL THEN 'invoice' ELSE 'credit_note' END, $14, $15, $16,
         CASE WHEN $14::uuid IS NOT NULL THEN 'goodwill' END, CASE WHEN $14::uuid IS NOT NULL THEN 'Sorry' END,
         CASE WHEN $14::uuid IS NOT NULL THEN 'past_service' END
       FROM (SELECT coalesce(sum(amount), 0) AS total, coalesce(sum(round(amount * $12 / 100, 2)), 0) AS tax
             FROM unnest($11::numeric[]) AS line (amount)) AS lines`,
      id,
      of.customerId,
      isMerged || isOneOff ? null : of.id,
      of.currency,
      billsOn,
      `${month}-01`,
      firstDayOf(next),
      blockers,
      staleBecause ? [staleBecause] : [],
      amounts,
      taxPercent,
      isOneOff ? "one_off" : "schedule",
      credits?.invoiceId ?? null,
      credits?.effect ?? null,
      reissues,
    );
    const rows = [
      ...Object.entries(lines).map(([name, net]) => ({ name, net, kind: "charge" })),
      ...(adjustment ? [{ name: "Correction", net: adjustment, kind: "adjustment" }] : []),
    ];
    for (const [ordinal, { name, net, kind }] of rows.entries()) {
      const { lineageId, productId } = await price({ name });
      const {
        isManual = isOneOff,
        engineAmount = null,
        discount = "0",
        explanation = {},
        ...detail
      } = details[name] ?? {};
      const contractId = isManual ? null : (detail.contractId ?? of.id);
      await write(
        `INSERT INTO invoice_line (organization_id, invoice_id, id, ordinal, kind, billing_key, product_id, lineage_id, description, timing, is_one_time,
           full_starts_on, full_ends_before, service_starts_on, service_ends_before, precise_amount, charge_amount, discount_amount, net_amount,
           tax_code, tax_percent, tax_amount, explanation, contract_id, driver_facts, origin, engine_amount, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'in_arrears', $10, $11::date, $12::date, $11, $12, $13::numeric + $19, $13::numeric + $19, $19, $13,
           'STANDARD', $20, round($13::numeric * $20 / 100, 2), $16, $14, $15, $17, $18, CASE WHEN $18::numeric IS NOT NULL THEN 'Agreed' END)`,
        id,
        newId(),
        ordinal,
        detail.kind ?? kind,
        `${name} ${ordinal}`,
        productId,
        isManual ? null : lineageId,
        name,
        name.startsWith("One-off"),
        `${month}-01`,
        firstDayOf(next),
        net,
        contractId,
        facts[name] ? JSON.stringify(facts[name]) : null,
        JSON.stringify(explanation),
        isManual ? "manual" : "engine",
        engineAmount,
        discount,
        taxPercent,
      );
      if (engineAmount === null) continue;
      await write(
        `INSERT INTO line_override (organization_id, id, contract_id, billing_key, description, engine_amount, amount, reason, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'Agreed', 'Ann', now())`,
        newId(),
        contractId,
        `${name} ${ordinal}`,
        name,
        detail.engineAmountThen ?? engineAmount,
        net,
      );
    }
    if (status !== "draft") await issue(id, status);
    return id;
  }

  async function issue(id: string, status: string): Promise<void> {
    await write(
      `UPDATE invoice SET status = $3, number = $4, issued_on = bills_on, tax_point_on = bills_on, accounting_on = bills_on, due_on = CASE document_kind WHEN 'invoice' THEN bills_on + 30 END, parties = '{}',
         sent_at = CASE WHEN $3 = 'sent' THEN now() END,
         voided_at = CASE WHEN $3 = 'voided' THEN now() END, void_reason = CASE WHEN $3 = 'voided' THEN 'Wrong' END WHERE organization_id = $1 AND id = $2`,
      id,
      status,
      `INV-2026-${String(++numbers).padStart(5, "0")}`,
    );
  }

  return { customer, contract, bill };
}

/** The grid with its rows as records by column key. */
export async function pullGrid(client: Client, input: object) {
  const { invoiceGrid: grid } = await client.data(
    `query ($input: InvoiceGridInput!) { invoiceGrid(input: $input) { month baselineMonth pulledAt view { id } filterText columns { key title type format editable description }
       rows { id invoiceId version cells } totals { currency count previous current change changePercent flagged stale } flagged stale hasMore endCursor } }`,
    { input: { month: "2026-10", comparison: "PREVIOUS_MONTH", ...input } },
  );
  const records = grid.rows.map((row: { id: string; cells: unknown[] }) => ({
    ...Object.fromEntries(grid.columns.map(({ key }: { key: string }, place: number) => [key, row.cells[place]])),
    id: row.id,
  }));
  return { ...grid, records };
}
