import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import type { RequestContext } from "../../platform/request-context";
import { readInvoiceVariance } from "./read-invoice-variance";
import { readVarianceSummary } from "./read-variance-summary";
import { revokeVarianceSignOffs, signOffVariances } from "./sign-off-variances";
import {
  InvoiceVarianceInput,
  RevokeVarianceSignOffsInput,
  SignOffVariancesInput,
  VarianceSummaryInput,
} from "./variance.inputs";
import {
  InvoiceVarianceType,
  RevokeVarianceSignOffsResult,
  SignOffVariancesResult,
  VarianceSummaryType,
} from "./variance.types";

@Resolver()
export class VarianceResolver {
  @Query(() => InvoiceVarianceType, { description: "Why a bill changed: drivers that add up exactly, item by item." })
  invoiceVariance(
    @Arg("input", () => InvoiceVarianceInput) { month = null, viewId = null, ...input }: InvoiceVarianceInput,
    @Ctx() context: RequestContext,
  ): Promise<InvoiceVarianceType> {
    return readInvoiceVariance(context, { ...input, month, viewId });
  }

  @Query(() => VarianceSummaryType, { description: "Why the bills of a view changed, in numbers." })
  varianceSummary(
    @Arg("input", () => VarianceSummaryInput) { viewId = null, ...input }: VarianceSummaryInput,
    @Ctx() context: RequestContext,
  ): Promise<VarianceSummaryType> {
    return readVarianceSummary(context, { ...input, viewId });
  }

  @Mutation(() => SignOffVariancesResult, {
    description:
      "Lets changes pass, with a reason. Each is asked about again when the bill or what it is compared with changes.",
  })
  async signOffVariances(
    @Arg("input", () => SignOffVariancesInput) { selection, note, idempotencyKey }: SignOffVariancesInput,
    @Ctx() context: RequestContext,
  ) {
    const { month, rowIds = null, viewId = null } = selection;
    const input = { selection: { month, rowIds, viewId }, note, idempotencyKey };
    return toUnion("SignOffVariancesSuccess", await signOffVariances(context, input));
  }

  @Mutation(() => RevokeVarianceSignOffsResult, {
    description: "Takes sign-offs back; what is not signed off stays so.",
  })
  async revokeVarianceSignOffs(
    @Arg("input", () => RevokeVarianceSignOffsInput) { month, rowIds, idempotencyKey }: RevokeVarianceSignOffsInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion(
      "RevokeVarianceSignOffsSuccess",
      await revokeVarianceSignOffs(context, { month, rowIds, idempotencyKey }),
    );
  }
}
