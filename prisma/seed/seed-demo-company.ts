import "reflect-metadata";
import { firstDayOf, type PlainMonth } from "../../server/domain/calendar/plain-month";
import { createApiKey } from "../../server/modules/access/create-api-key";
import { createFirstAdmin } from "../../server/modules/access/create-first-admin";
import { createOrganization, organizationsById } from "../../server/modules/organization";
import { ensureMonths } from "../../server/modules/usage/usage-event.store";
import { systemClock } from "../../server/platform/clock";
import { inTransaction, runAs } from "../../server/platform/database/transaction";
import { carryOut, contextAt } from "./carry-out";
import { companyOf } from "./company";
import { signedOn } from "./contract-of-plan";
import type { CustomerPlan } from "./customer-plan";
import { type Happening, liveThrough } from "./history";
import { forgetPlans } from "./history.store";
import { type PlantedCatalog, plantCatalog } from "./plant-catalog";
import { type PlantedCustomer, plantCustomer } from "./plant-customer";
import { plantLedger } from "./plant-ledger";
import { plantQuotes } from "./plant-quotes";
import { plantRates } from "./plant-rates";
import { plantViews } from "./plant-views";
import { ADMIN, DEFAULT_SIZE, type DemoSize, demoOrganizationId, SELLER } from "./seller";
import { monthsOfHistory, NOW } from "./timeline";

/** `done` of `total` customers or months. */
export type SeedProgress = { readonly title: string; readonly done: number; readonly total: number };

export type DemoCompany = {
  readonly organizationId: string;
  readonly adminEmail: string;
  /** Shown now and kept nowhere; null if the email had an account already, which keeps its own. */
  readonly adminPassword: string | null;
  /** Of an administrator; kept nowhere either. */
  readonly apiKey: string;
};

/** Whether the demo company of this size and seed is there; it is there whole or not at all. */
export async function isSeeded(size: DemoSize = DEFAULT_SIZE): Promise<boolean> {
  const id = demoOrganizationId(size);
  return runAs(id, async () => (await organizationsById([id])).size > 0);
}

/**
 * Makes the demo company with its whole history, in one transaction: a seed that is killed leaves nothing behind. The
 * same size and seed make the same company, but for ids, password and key. Call useDatabase before.
 */
export function seedDemoCompany(
  options: Partial<DemoSize> & { readonly onProgress?: (progress: SeedProgress) => void } = {},
): Promise<DemoCompany> {
  const { onProgress = () => {}, ...asked } = options;
  const size = { ...DEFAULT_SIZE, ...asked };
  const months = monthsOfHistory(size.months);
  const organizationId = demoOrganizationId(size);
  return runAs(organizationId, async () => {
    await ensureMonths(new Set(months));
    return inTransaction(async () => {
      await createOrganization(
        { ...SELLER, id: organizationId, baseCurrency: "GBP", mode: "sandbox", testClockAt: NOW },
        NOW,
      );
      const catalog = await plantHistory(size, months, onProgress);
      await plantQuotes(catalog);
      await plantViews(contextAt(NOW));
      return { organizationId, ...(await admit(organizationId)) };
    });
  });
}

async function plantHistory(
  size: DemoSize,
  months: readonly PlainMonth[],
  onProgress: (progress: SeedProgress) => void,
): Promise<PlantedCatalog> {
  const openedOn = firstDayOf(months[0] as PlainMonth);
  const opened = contextAt(new Date(`${openedOn}T08:00:00Z`));
  const catalog = await plantCatalog(opened);
  await plantLedger(opened);
  await plantRates(opened, months);
  const { stories, ordinary } = companyOf(size);
  const plans = [...stories.map(({ customer }) => customer), ...ordinary].sort(
    (a, b) => compare(signedOn(a.contract, openedOn), signedOn(b.contract, openedOn)) || compare(a.name, b.name),
  );

  const planted = new Map<CustomerPlan, PlantedCustomer>();
  for (const [index, plan] of plans.entries()) {
    planted.set(plan, await plantCustomer(plan, index + 1, { catalog, openedOn }));
    onProgress({ title: "Customers", done: index + 1, total: plans.length });
  }
  const happenings = stories.flatMap(({ customer, events = [] }) => {
    const scene = { customer: planted.get(customer) as PlantedCustomer, catalog };
    return events.map(({ at, happen }): Happening => ({ at, happen: (context) => happen(context, scene) }));
  });
  await liveThrough({
    months,
    customers: [...planted.values()].sort((a, b) => compare(a.plan.name, b.plan.name)),
    happenings,
    seed: size.seed,
    onMonth: (month) => onProgress({ title: "Months", done: months.indexOf(month) + 1, total: months.length }),
  });
  // What is judged at the end of the transaction is judged over full tables.
  await forgetPlans();
  return catalog;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Lets one administrator in, and whatever runs by itself with one API key. */
async function admit(organizationId: string): Promise<Omit<DemoCompany, "organizationId">> {
  const admin = await createFirstAdmin({ organizationId, ...ADMIN }, systemClock.now());
  return { adminEmail: admin.email, adminPassword: admin.password, apiKey: await createDemoKey() };
}

/** One more key of an administrator, for who finds the demo company there but its key lost. */
export const newDemoApiKey = (size: DemoSize = DEFAULT_SIZE): Promise<string> =>
  runAs(demoOrganizationId(size), createDemoKey);

async function createDemoKey(): Promise<string> {
  const key = { name: "Demo", role: "admin" as const, expiresAt: null };
  const { token } = await carryOut(createApiKey, contextAt(NOW), key);
  if (token === null) throw new Error("a new API key has a token");
  return token;
}
