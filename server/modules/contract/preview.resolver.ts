import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { PlainDate } from "../../domain/calendar/plain-date";
import { PlainDateScalar } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { AmendmentInput, newAmendmentOf } from "./amendment.inputs";
import { PreviewContractInput, previewAsked } from "./preview.inputs";
import { AmendmentPreviewType, ContractPreviewType, toAmendmentPreview, toContractPreview } from "./preview.types";
import { previewAmendment } from "./preview-amendment";
import { previewContract } from "./preview-contract";

@Resolver()
export class ContractPreviewResolver {
  @Query(() => ContractPreviewType, {
    description: "The invoices that a contract would bring, by the engine that bills. Nothing is saved.",
  })
  async previewContract(
    @Arg("input", () => PreviewContractInput) input: PreviewContractInput,
    @Ctx() context: RequestContext,
  ) {
    return toContractPreview(await previewContract(context, previewAsked(input)));
  }

  @Query(() => AmendmentPreviewType, {
    description:
      "What an amendment would change, and what billing would propose by it now, with usage and seats as they are. Nothing is saved.",
  })
  async previewAmendment(
    @Arg("contractId", () => ID, { description: "The contract." }) contractId: string,
    @Arg("input", () => AmendmentInput) input: AmendmentInput,
    @Arg("throughOn", () => PlainDateScalar, {
      nullable: true,
      description: "The last day on which an invoice may fall due; default: today.",
    })
    throughOn: PlainDate | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    const asked = { contractId, amendment: newAmendmentOf(input), throughOn: throughOn ?? null };
    return toAmendmentPreview(await previewAmendment(context, asked));
  }
}
