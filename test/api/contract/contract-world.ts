import type { Answer, Client, TestApi, TestOrganization } from "../../testkit/api";

/** An organization with a customer and a small price list; every test makes its own. */
export type ContractWorld = {
  readonly organization: TestOrganization;
  readonly admin: Client;
  readonly customerId: string;
  readonly productId: string;
  /** Prices by what they are: id and lineage. */
  readonly prices: Readonly<Record<"fee" | "feeNext" | "seats" | "setup" | "dollars", PriceRef>>;
};
type PriceRef = { readonly id: string; readonly lineageId: string };

export async function contractWorld(api: TestApi): Promise<ContractWorld> {
  const organization = await api.organization();
  const { admin } = organization;
  const { customer } = await admin.done("createCustomer", "customer { id }", {
    legalName: "Acme Ltd",
    currency: "GBP",
  });
  const { product } = await admin.done("createProduct", "product { id }", {
    code: "PLATFORM",
    name: "Platform",
    taxCode: "standard",
  });
  const price = async (terms: object, more: object): Promise<PriceRef> => {
    const usual = {
      productId: product.id,
      currency: "GBP",
      cadence: "MONTHLY",
      timing: "IN_ADVANCE",
      effectiveOn: "2026-01-01",
    };
    return (await admin.done("createPrice", "price { id lineageId }", { ...usual, terms, ...more })).price;
  };
  const fee = await price({ flat: { fee: "500.00" } }, { name: "Platform fee" });
  const { lineageId } = fee;
  return {
    organization,
    admin,
    customerId: customer.id,
    productId: product.id,
    prices: {
      fee,
      feeNext: await price({ flat: { fee: "550" } }, { name: "Platform fee", lineageId, effectiveOn: "2026-07-01" }),
      seats: await price({ seat: { perUnit: { unitPrice: "15" }, strategy: "PRORATE_ALL_CHANGES" } }, { name: "Seat" }),
      setup: await price({ oneTime: { fee: "1000" } }, { name: "Set-up", cadence: "ONE_TIME" }),
      dollars: await price({ flat: { fee: "600" } }, { name: "Platform fee in dollars", currency: "USD" }),
    },
  };
}

/** The smallest contract that is good: 2026, one phase, the platform fee. */
export const simpleContract = ({ customerId, prices }: ContractWorld, more: object = {}): object => ({
  customerId,
  name: "Acme 2026",
  startsOn: "2026-01-01",
  endsBefore: "2027-01-01",
  phases: [{ startsOn: "2026-01-01", charges: [{ priceId: prices.fee.id }] }],
  ...more,
});

/** What a refused contract has wrong, as "CODE at path". */
export const problemsOf = (answer: Answer): string[] =>
  (answer.problems ?? []).map(({ code, path }: { code: string; path: string[] }) => `${code} at ${path.join(".")}`);
