import { setAccountingSettings, setTaxCodeMapping } from "../../server/modules/accounting/set-mapping";
import type { RequestContext } from "../../server/platform/request-context";
import { carryOut } from "./carry-out";
import { LIBRARY, SOFTWARE } from "./catalog";

/** What the bookkeeper calls our tax codes; revenue has the accounts of the products, and no other. */
export async function plantLedger(context: RequestContext): Promise<void> {
  const changes = { receivableAccount: "1100", taxAccount: "2200" };
  await carryOut(setAccountingSettings, context, { version: 0, changes });
  for (const [taxCode, taxType] of [
    [SOFTWARE, "OUTPUT2"],
    [LIBRARY, "ZERORATEDOUTPUT"],
  ] as const) {
    await carryOut(setTaxCodeMapping, context, { taxCode, taxType, taxAccount: null });
  }
}
