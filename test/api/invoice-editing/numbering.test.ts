import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainDate } from "../../../server/domain/calendar/plain-date";
import { finalizeInvoices } from "../../../server/modules/invoice/finalize-invoices";
import { voidInvoices } from "../../../server/modules/invoice-editing/void-invoices";
import { inTransaction, query, runAs } from "../../../server/platform/database/transaction";
import { startTestApi, type TestApi } from "../../testkit/api";
import { allInvoices, makeCompany, operate } from "../../testkit/company";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

type Issued = { readonly number: string; readonly issuedOn: string; readonly status: string };

/** All numbers in their order; those of the drafts that are left are not there. */
const issued = (organizationId: string): Promise<readonly Issued[]> =>
  runAs(organizationId, async () => {
    const { rows } = await query<Issued>(
      `SELECT number, issued_on AS "issuedOn", status FROM invoice WHERE number IS NOT NULL ORDER BY number`,
    );
    return rows;
  });

const numbersTo = (count: number, prefix = "INV-2026-") =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(5, "0")}`);

const isRising = (days: readonly string[]) => days.every((day, index) => index === 0 || day >= (days[index - 1] ?? ""));

/** Why a worker is stopped between its numbers and its commit. */
class Crash extends Error {}

async function drafted(customers: number) {
  const org = await api.organization();
  const { finance } = await makeCompany(org, { customers, startsOn: "2026-10-01" });
  await operate(api, finance, "draftInvoices", {});
  const ids = (await allInvoices(finance)).map(({ id }) => id as string);
  const worker = (work: readonly string[], on: string, crashes = false) =>
    runAs(org.id, () =>
      inTransaction(async () => {
        const outcomes = await finalizeInvoices(work, { today: plainDate(on), now: new Date(`${on}T09:00:00Z`) });
        if (crashes) throw new Crash();
        return outcomes;
      }),
    ).catch((error) => {
      if (!(error instanceof Crash)) throw error;
      return [];
    });
  return { org, finance, ids, worker };
}

describe("numbers of issued documents", () => {
  it("have no gap and no double where workers finalize the same and different drafts at once, and some of them fail", async () => {
    const { org, ids, worker } = await drafted(30);
    expect(ids).toHaveLength(60);
    const slices = [ids.slice(0, 25), ids.slice(15, 40), ids.slice(35, 60), ids.toReversed().slice(0, 20)];
    const outcomes = await Promise.all([
      ...slices.map((slice) => worker(slice, "2026-11-03")),
      worker(ids.slice(0, 30), "2026-11-03", true),
      worker(ids.slice(30, 60), "2026-11-03", true),
    ]);
    const finalized = outcomes.flat().filter(({ code }) => code === "FINALIZED");
    expect(finalized).toHaveLength(60);
    expect(outcomes.flat().filter(({ code }) => !["FINALIZED", "NOT_A_DRAFT"].includes(code))).toEqual([]);
    expect((await issued(org.id)).map(({ number }) => number)).toEqual(numbersTo(60));
  });

  it("rise with the day of issue, whatever day a worker believes it is, also with voids in between", async () => {
    const { org, ids, worker } = await drafted(12);
    const scope = (on: string) => ({ today: plainDate(on), now: new Date(`${on}T09:00:00Z`) });
    const withdraw = (work: readonly string[]) =>
      runAs(org.id, () =>
        inTransaction(() => voidInvoices(work, { ...scope("2026-11-05"), reason: "Test", lockedThrough: null })),
      );
    await worker(ids.slice(0, 4), "2026-11-04");
    await Promise.all([
      worker(ids.slice(4, 10), "2026-11-06"),
      worker(ids.slice(10, 14), "2026-11-03"),
      withdraw(ids.slice(0, 2)),
      worker(ids.slice(14, 20), "2026-11-05"),
    ]);
    await Promise.all([withdraw(ids.slice(4, 8)), worker(ids.slice(20), "2026-11-04")]);
    const all = await issued(org.id);
    expect(all.map(({ number }) => number)).toEqual(numbersTo(24));
    expect(isRising(all.map(({ issuedOn }) => issuedOn))).toBe(true);
    expect(all.filter(({ status }) => status === "voided")).toHaveLength(6);
  });

  it("begin anew with the year", async () => {
    const { org, ids, worker } = await drafted(2);
    await worker(ids.slice(0, 3), "2026-12-31");
    await worker(ids.slice(3), "2027-01-01");
    expect((await issued(org.id)).map(({ number }) => number)).toEqual([...numbersTo(3), "INV-2027-00001"]);
  });

  it("have the prefix that the organization chose, and count by prefix", async () => {
    const { org, ids, finance } = await drafted(2);
    const settings = async () =>
      (await finance.data("{ organization { version invoicePrefix creditNotePrefix } }")).organization;
    await operate(api, finance, "finalizeInvoices", { selection: { invoiceIds: ids.slice(0, 1) } });
    const change = async (changes: object) =>
      org.admin.command("updateOrganization", "organization { invoicePrefix }", {
        version: (await settings()).version,
        ...changes,
      });
    expect(await change({ invoicePrefix: "ACME/" })).toMatchObject({ organization: { invoicePrefix: "ACME/" } });
    await operate(api, finance, "finalizeInvoices", { selection: { invoiceIds: ids.slice(1, 3) } });
    expect((await issued(org.id)).map(({ number }) => number)).toEqual([
      ...numbersTo(2, "ACME/2026-"),
      "INV-2026-00001",
    ]);
    await change({ invoicePrefix: "INV-" });
    await operate(api, finance, "finalizeInvoices", { selection: { invoiceIds: ids.slice(3) } });
    expect((await issued(org.id)).map(({ number }) => number).at(-1)).toBe("INV-2026-00002");
    expect(await change({ creditNotePrefix: "ACME/" })).toMatchObject({
      code: "PREFIX_TAKEN",
      path: ["creditNotePrefix"],
    });
    expect(await change({ invoicePrefix: "CN-" })).toMatchObject({ code: "PREFIX_TAKEN" });
    expect(await change({ invoicePrefix: "a b" })).toMatchObject({ code: "PREFIX_MALFORMED", path: ["invoicePrefix"] });
  });
});
