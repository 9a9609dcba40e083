import type { Result } from "../../domain/result";
import { type CommandScope, command } from "../../platform/command";
import { conflict, type Refusal } from "../../platform/refusal";
import type { RequestContext } from "../../platform/request-context";
import { loadOrganization } from "../organization";
import type { LedgerScope } from "./receivable";

export type PaymentScope = Pick<CommandScope, "caller" | "today" | "now" | "note"> & { readonly scope: LedgerScope };

/** A command that writes payments, which is refused where they are kept in Xero. */
export function paymentCommand<Input extends object, A extends { readonly [key: string]: unknown }>(definition: {
  readonly name: string;
  readonly mayChangeNothing?: boolean;
  readonly run: (input: Input, scope: PaymentScope) => Promise<Result<A, Refusal>>;
}): (context: RequestContext, input: Input & { readonly idempotencyKey: string }) => Promise<Result<A, Refusal>> {
  return command({
    ...definition,
    permission: "record_payments",
    run: async (input: Input, { caller, now, today, note }): Promise<Result<A, Refusal>> => {
      const { paymentsMaster } = await loadOrganization();
      if (paymentsMaster === "xero") {
        return conflict(
          "PAYMENTS_MASTERED_BY_XERO",
          "Payments are recorded in Xero and read from there. Record it in Xero, or let an administrator make Billgrid their master.",
        );
      }
      return definition.run(input, { caller, now, today, note, scope: { now, today, recordedBy: caller.actor.name } });
    },
  });
}
