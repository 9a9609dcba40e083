import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { codes, type EditingWorld, editingWorld, INVOICE, linesOf, octoberLine } from "./editing-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const drafts = async (world: EditingWorld) => (await world.documents()).filter(({ status }) => status === "DRAFT");

async function deduct(world: EditingWorld, draft: Answer, amount: string): Promise<Answer> {
  const { invoice } = await world.finance.done("addManualLine", `invoice { ${INVOICE} }`, {
    invoiceId: draft.id,
    version: draft.version,
    line: octoberLine(world.products.platform, { amount, description: "Goodwill" }),
  });
  return invoice;
}

describe("a draft below zero", () => {
  it("is never issued, and says what becomes of it", async () => {
    const world = await editingWorld(api);
    const november = (await drafts(world)).at(-1);
    const negative = await deduct(world, november, "-300.00");
    expect(negative).toMatchObject({ gross: { amount: "-120.00" }, blockers: ["NEGATIVE_TOTAL"] });
    const { items } = await world.finalize([november.id]);
    expect(items.nodes[0]).toMatchObject({ status: "FAILED", code: "NEGATIVE_TOTAL" });
    expect(items.nodes[0].message).toContain("next draft that covers it");
  });

  it("is taken off the next draft of the customer that covers it, and billed once", async () => {
    const world = await editingWorld(api);
    const [october, november] = await drafts(world);
    await deduct(world, october, "-150.00");
    await world.draft();
    const [only, ...others] = await drafts(world);
    expect(others).toEqual([]);
    expect(only.id).toBe(november.id);
    expect(linesOf(only).toSorted()).toEqual([
      "charge -150.00 + -30.00 Goodwill",
      "charge 100.00 + 20.00 API calls",
      "charge 100.00 + 20.00 Platform",
      "charge 100.00 + 20.00 Platform",
    ]);
    expect(only.net.amount).toBe("150.00");
    const [event] = (await world.audit(only.id)).filter(({ action }) => action === "invoice.carried_forward");
    expect(event).toMatchObject({ actorName: "Billgrid", after: { from: october.id, gross: "-60.0000" } });
    expect(codes(await world.finalize([only.id]))).toEqual(["FINALIZED"]);
    await world.draft();
    expect(await drafts(world)).toEqual([]);
  });

  it("waits where nothing covers it, until something does", async () => {
    const world = await editingWorld(api);
    const november = (await drafts(world)).at(-1);
    await deduct(world, november, "-250.00");
    await world.draft();
    expect((await drafts(world)).map(({ net }) => net.amount)).toEqual(["100.00", "-50.00"]);
    await world.setClock("2026-12-02T09:00:00Z");
    await world.draft();
    expect((await drafts(world)).map(({ net }) => net.amount)).toEqual(["100.00", "50.00"]);
  });

  it("stays by itself where the organization credits instead", async () => {
    const world = await editingWorld(api);
    const { organization } = await world.finance.data("{ organization { version negativeDrafts } }");
    expect(organization.negativeDrafts).toBe("CARRY_FORWARD");
    await world.org.admin.done("updateOrganization", "organization { id }", {
      version: organization.version,
      negativeDrafts: "CREDIT_NOTE",
    });
    await deduct(world, (await drafts(world))[0], "-150.00");
    await world.draft();
    expect((await drafts(world)).map(({ net }) => net.amount)).toEqual(["-50.00", "200.00"]);
  });
});
