import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { calculateDrafts } from "../../../server/modules/invoice/calculate-drafts";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { type CreditWorld, creditWorld, linesInShort } from "../credit/credit-world";

/*
 * API calls cost 0.10, monthly in arrears. October is billed: Acme for 1,500 calls, Beta for 200. It is the day after
 * the end of November, for which nothing was used.
 */

let api: TestApi;
let world: CreditWorld;
let acme: { readonly id: string; readonly contractId: string };
let beta: typeof acme;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  world = await creditWorld(api);
  const customer = async (name: string) => {
    const id = await world.newCustomer(name);
    return { id, contractId: await world.newContract(id, [world.prices.api]) };
  };
  acme = await customer("acme");
  beta = await customer("beta");
  await record([sent("first", 1_000), sent("second", 500, { timestamp: "2026-10-20T12:00:00Z" })]);
  await record([sent("betas", 200, { alias: "beta" })]);
  await world.draft();
  await world.finalize();
  await world.setClock("2026-12-01T09:00:00Z");
});
afterAll(() => api.stop());

const sent = (id: string, calls: number, more: object = {}): Answer => ({
  id,
  alias: "acme",
  type: "call",
  timestamp: "2026-10-15T12:00:00Z",
  properties: { calls: String(calls) },
  ...more,
});
const record = (events: readonly object[]) => world.finance.done("recordUsageEvents", "recorded corrected", { events });
const correct = (event: object) => record([{ ...event, isCorrection: true }]);

/** Calculates both contracts as of the first of December; the lines of what is not issued, by customer. */
async function drafts(): Promise<Record<string, string[]>> {
  const scope = { today: plainDate("2026-12-01"), now: new Date("2026-12-01T09:00:00Z") };
  await world.within(async () => await calculateDrafts([acme.contractId, beta.contractId], scope));
  const lines = async ({ id }: typeof acme) =>
    (await world.invoices(id)).filter(({ status }: Answer) => status === "DRAFT").flatMap(linesInShort);
  return { acme: await lines(acme), beta: await lines(beta) };
}

async function changedFrom({ contractId }: typeof acme): Promise<string | null> {
  const { rows } = await api.database.owner.query(
    "SELECT changed_from_on::text AS day FROM billing_schedule WHERE contract_id = $1",
    [contractId],
  );
  return rows[0].day;
}

const NOTHING = "charge 0.00 + 0.00";

describe("after October was billed", () => {
  test("nothing is proposed for it as long as nothing changes", async () => {
    expect(await drafts()).toEqual({ acme: [NOTHING], beta: [NOTHING] });
    expect([await changedFrom(acme), await changedFrom(beta)]).toEqual([null, null]);
  });

  test("a correction downwards is credited on the next draft, one upwards is charged", async () => {
    await correct(sent("first", 400));
    expect(await drafts()).toEqual({ acme: [NOTHING, "adjustment -60.00 + -12.00"], beta: [NOTHING] });
    await correct(sent("first", 1_100));
    expect(await drafts()).toMatchObject({ acme: [NOTHING, "adjustment 10.00 + 2.00"] });
    await correct(sent("first", 1_000));
    expect(await drafts()).toEqual({ acme: [NOTHING], beta: [NOTHING] });
  });

  test("a void is credited, and is not once the event is back", async () => {
    const input = { eventIds: ["second"], reason: "a test" };
    await world.finance.done("voidUsageEvents", "voided", input);
    expect(await changedFrom(acme)).toBe("2026-10-20");
    expect(await drafts()).toMatchObject({ acme: [NOTHING, "adjustment -50.00 + -10.00"] });
    await correct(sent("second", 500, { timestamp: "2026-10-20T12:00:00Z" }));
    expect(await drafts()).toMatchObject({ acme: [NOTHING] });
  });

  test("usage that was another's goes from bill to bill", async () => {
    await correct(sent("first", 1_000, { alias: "beta", timestamp: "2026-10-10T12:00:00Z" }));
    expect([await changedFrom(acme), await changedFrom(beta)]).toEqual(["2026-10-10", "2026-10-10"]);
    expect(await drafts()).toEqual({
      acme: [NOTHING, "adjustment -100.00 + -20.00"],
      beta: [NOTHING, "adjustment 100.00 + 20.00"],
    });
  });

  test("usage that belongs to November is taken from one month and billed in the other", async () => {
    await correct(sent("first", 1_000, { timestamp: "2026-11-15T12:00:00Z" }));
    expect(await changedFrom(acme)).toBe("2026-10-15");
    expect((await drafts())["acme"]).toEqual(["charge 100.00 + 20.00", "adjustment -100.00 + -20.00"]);
  });
});

describe("a draft becomes stale", () => {
  const staleness = async () =>
    (
      await world.finance.data(
        "{ invoices(filter: { status: [DRAFT] }) { nodes { staleReasons customer { legalName } } } }",
      )
    ).invoices.nodes
      .map(({ customer, staleReasons }: Answer) => `${customer.legalName} ${staleReasons}`)
      .sort();

  beforeEach(async () => {
    await record([
      sent("november", 10, { timestamp: "2026-11-10T12:00:00Z" }),
      sent("uncounted", 10, { type: "other", timestamp: "2026-11-10T12:00:00Z" }),
    ]);
    await world.draft();
    expect(await staleness()).toEqual(["acme ", "beta "]);
  });

  test("by a correction and by a void of its days", async () => {
    await correct(sent("november", 20, { timestamp: "2026-11-10T12:00:00Z" }));
    expect(await staleness()).toEqual(["acme USAGE", "beta "]);
    await world.recalculate();
    await world.finance.done("voidUsageEvents", "voided", { eventIds: ["november"], reason: "a test" });
    expect(await staleness()).toEqual(["acme USAGE", "beta "]);
  });

  test("where the usage was, and where it is now", async () => {
    await correct(sent("november", 10, { alias: "beta", timestamp: "2026-11-10T12:00:00Z" }));
    expect(await staleness()).toEqual(["acme USAGE", "beta USAGE"]);
  });

  test("not by a correction that says the same, is refused, or is of what nothing counts", async () => {
    const stays = sent("november", 10, { timestamp: "2026-11-10T12:00:00Z" });
    await correct(stays);
    await correct(sent("uncounted", 20, { type: "other", timestamp: "2026-11-10T12:00:00Z" }));
    await world.finance.command("recordUsageEvents", "recorded", {
      events: [
        { ...stays, properties: { calls: "9" }, isCorrection: true },
        sent("unknown", 1, { isCorrection: true }),
      ],
    });
    expect(await staleness()).toEqual(["acme ", "beta "]);
  });
});
