import type { Answer, TestApi } from "../../testkit/api";
import { type CreditWorld, creditWorld } from "../credit/credit-world";

/** API calls at 0.10 in arrears; October is billed for 1,000 calls on 3 November, as INV-2026-00001. */
export type LateWorld = CreditWorld & {
  readonly acme: string;
  readonly contractId: string;
  /** All documents of the customer, by day and the order in which they were made. */
  documents(): Promise<Answer[]>;
  /** The first of them that is of this kind and state. */
  find(documentKind: "INVOICE" | "CREDIT_NOTE", status: "DRAFT" | "FINALIZED"): Promise<Answer>;
  late(args?: string): Promise<Answer>;
  pdf(document: Answer): Promise<Buffer>;
};

type Settings = {
  /** API calls alone unless said. */
  readonly charges?: (world: CreditWorld) => readonly string[] | Promise<readonly string[]>;
  readonly terms?: (world: CreditWorld) => object;
  readonly currency?: string;
  /** Before anything is billed. */
  readonly prepare?: (world: CreditWorld, acme: string) => Promise<unknown>;
};

export async function lateWorld(
  api: TestApi,
  lateUsage: "NEXT_INVOICE" | "CREDIT_AND_REBILL" | "IGNORE_WITH_REPORT",
  { charges = ({ prices }) => [prices.api], terms = () => ({}), currency = "GBP", prepare }: Settings = {},
): Promise<LateWorld> {
  const world = await creditWorld(api);
  const acme = await world.newCustomer("acme", { currency });
  const contractId = await world.newContract(acme, await charges(world), {
    lateUsage,
    ...terms(world),
  });
  await prepare?.(world, acme);
  await world.use("acme", "2026-10-15", 1_000);
  await world.draft();
  await world.finalize();
  const documents = async (): Promise<Answer[]> => {
    const { invoices } = await world.finance.data(
      `query ($customer: ID!) { invoices(first: 200, filter: { customerIds: [$customer] }) { nodes {
         id documentKind status number version billsOn billingMonth issuedOn taxPointOn dueOn isStale staleReasons blockers
         net { amount } tax { amount } gross { amount }
         exchangeRate { rate on net { amount } tax { amount } }
         corrects { id number } reissues { id number } creditedBy { id number }
         lines { kind description quantity net { amount } tax { amount } taxPercent explanationText } } } }`,
      { customer: acme },
    );
    return invoices.nodes.toSorted((a: Answer, b: Answer) =>
      `${a.billsOn} ${a.id}` < `${b.billsOn} ${b.id}` ? -1 : 1,
    );
  };
  return {
    ...world,
    acme,
    contractId,
    documents,
    find: async (documentKind, status) =>
      (await documents()).find((each) => each.documentKind === documentKind && each.status === status),
    late: async (args = "first: 50") =>
      (
        await world.finance.data(
          `{ lateAdjustments(${args}) { nodes { id state description amount { amount currency } noticedAt
               servicePeriod { startsOn lastDay } contract { id } }
             totals { state count amount { amount currency } } pageInfo { hasNextPage endCursor } } }`,
        )
      ).lateAdjustments,
    async pdf({ id }) {
      const response = await fetch(`${api.url}/documents/${id}.pdf`, {
        headers: { authorization: `Bearer ${world.finance.token}` },
      });
      return Buffer.from(await response.arrayBuffer());
    },
  };
}

/** "CREDIT_NOTE DRAFT -100.00 + -20.00" */
export const inShort = ({ documentKind, status, net, tax }: Answer): string =>
  `${documentKind} ${status} ${net.amount} + ${tax.amount}`;

export const codesOf = ({ items }: Answer): string[] => items.nodes.map(({ code }: Answer) => code);
export const messagesOf = ({ items }: Answer): string[] => items.nodes.map(({ message }: Answer) => message);
