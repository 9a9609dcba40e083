import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { RequestContext } from "../../platform/request-context";
import { customTerms } from "../catalog";
import { newBoundOf, newChargeOf, newContractDiscountOf, newDiscountOf, newRampStepOf, newTrialOf } from "../contract";
import { addQuoteLine } from "./add-quote-line";
import { addQuotePhase } from "./add-quote-phase";
import { answerWithQuote } from "./answer-with-quote";
import {
  AddQuoteLineInput,
  AddQuotePhaseInput,
  editedOn,
  RemoveQuoteLineInput,
  RemoveQuotePhaseInput,
  renewalChangeOf,
  SetQuoteDiscountsInput,
  SetQuoteLineDiscountsInput,
  SetQuoteMaximumsInput,
  SetQuoteMinimumsInput,
  SplitQuotePhaseInput,
  UpdateQuoteHeadTermsInput,
  UpdateQuoteInput,
  UpdateQuoteLineInput,
  UpdateQuotePhaseInput,
} from "./edit-quote.inputs";
import {
  AddQuoteLineResult,
  AddQuotePhaseResult,
  RemoveQuoteLineResult,
  RemoveQuotePhaseResult,
  SetQuoteDiscountsResult,
  SetQuoteLineDiscountsResult,
  SetQuoteMaximumsResult,
  SetQuoteMinimumsResult,
  SplitQuotePhaseResult,
  UpdateQuoteHeadTermsResult,
  UpdateQuoteLineResult,
  UpdateQuotePhaseResult,
  UpdateQuoteResult,
} from "./edit-quote.types";
import { prospectOf } from "./quote.inputs";
import { askedPhaseOf } from "./quote-terms.inputs";
import { removeQuoteLine } from "./remove-quote-line";
import { removeQuotePhase } from "./remove-quote-phase";
import { setQuoteMaximums, setQuoteMinimums } from "./set-quote-bounds";
import { setQuoteDiscounts } from "./set-quote-discounts";
import { setQuoteLineDiscounts } from "./set-quote-line-discounts";
import { splitQuotePhase } from "./split-quote-phase";
import { updateQuote } from "./update-quote";
import { updateQuoteHeadTerms } from "./update-quote-head-terms";
import { updateQuoteLine } from "./update-quote-line";
import { updateQuotePhase } from "./update-quote-phase";

@Resolver()
export class EditQuoteResolver {
  @Mutation(() => UpdateQuoteResult, {
    description:
      "Changes what stands beside the terms. To whom a quote is, from which price book and until when it can be signed stays once it was sent; owner, deal and external id can always be changed.",
  })
  async updateQuote(@Arg("input", () => UpdateQuoteInput) input: UpdateQuoteInput, @Ctx() context: RequestContext) {
    const { id, version, idempotencyKey, prospect, ...rest } = input;
    const changes = prospect === undefined ? rest : { ...rest, prospect: prospect && prospectOf(prospect) };
    const result = await updateQuote(context, { id, version, changes, idempotencyKey });
    return answerWithQuote(context, "UpdateQuoteSuccess", result);
  }

  @Mutation(() => UpdateQuoteHeadTermsResult, {
    description: "Changes name, days, payment terms, renewal, notes: the terms over all lines.",
  })
  async updateQuoteHeadTerms(
    @Arg("input", () => UpdateQuoteHeadTermsInput) input: UpdateQuoteHeadTermsInput,
    @Ctx() context: RequestContext,
  ) {
    const { quoteId, versionOrdinal, revision, note, idempotencyKey, renewal, ...rest } = input;
    const changes = { ...rest, renewal: renewalChangeOf(renewal) };
    const result = await updateQuoteHeadTerms(context, { ...editedOn(input), changes });
    return answerWithQuote(context, "UpdateQuoteHeadTermsSuccess", result);
  }

  @Mutation(() => AddQuotePhaseResult, { description: "Adds a phase, with its lines or yet without." })
  async addQuotePhase(
    @Arg("input", () => AddQuotePhaseInput) input: AddQuotePhaseInput,
    @Ctx() context: RequestContext,
  ) {
    const result = await addQuotePhase(context, { ...editedOn(input), phase: askedPhaseOf(input.phase) });
    return answerWithQuote(context, "AddQuotePhaseSuccess", result);
  }

  @Mutation(() => SplitQuotePhaseResult, {
    description:
      "Makes two phases of one, so that something can change from a day on. What is offered stays: lines go on with their discounts and what is left of their ramps.",
  })
  async splitQuotePhase(
    @Arg("input", () => SplitQuotePhaseInput) input: SplitQuotePhaseInput,
    @Ctx() context: RequestContext,
  ) {
    const { phaseId, on, name } = input;
    const result = await splitQuotePhase(context, { ...editedOn(input), phaseId, on, name: name ?? null });
    return answerWithQuote(context, "SplitQuotePhaseSuccess", result);
  }

  @Mutation(() => UpdateQuotePhaseResult, { description: "Changes the name or the days of a phase." })
  async updateQuotePhase(
    @Arg("input", () => UpdateQuotePhaseInput) input: UpdateQuotePhaseInput,
    @Ctx() context: RequestContext,
  ) {
    const { phaseId, name, startsOn, endsBefore } = input;
    const changes = { name, startsOn, endsBefore };
    const result = await updateQuotePhase(context, { ...editedOn(input), phaseId, changes });
    return answerWithQuote(context, "UpdateQuotePhaseSuccess", result);
  }

  @Mutation(() => RemoveQuotePhaseResult, {
    description: "Removes a phase with its lines. A phase before it that has no end of its own takes its days.",
  })
  async removeQuotePhase(
    @Arg("input", () => RemoveQuotePhaseInput) input: RemoveQuotePhaseInput,
    @Ctx() context: RequestContext,
  ) {
    const result = await removeQuotePhase(context, { ...editedOn(input), phaseId: input.phaseId });
    return answerWithQuote(context, "RemoveQuotePhaseSuccess", result);
  }

  @Mutation(() => AddQuoteLineResult, { description: "Adds a line to one phase, or to several at once." })
  async addQuoteLine(@Arg("input", () => AddQuoteLineInput) input: AddQuoteLineInput, @Ctx() context: RequestContext) {
    const line = newChargeOf(input.line);
    const result = await addQuoteLine(context, { ...editedOn(input), phaseIds: input.phaseIds, line });
    return answerWithQuote(context, "AddQuoteLineSuccess", result);
  }

  @Mutation(() => UpdateQuoteLineResult, {
    description: "Changes the price, the quantity, the description, the trial or the ramp of a line.",
  })
  async updateQuoteLine(
    @Arg("input", () => UpdateQuoteLineInput) input: UpdateQuoteLineInput,
    @Ctx() context: RequestContext,
  ) {
    const { lineId, priceId, customTerms: terms, quantity, description, trial, ramp } = input;
    const result = await updateQuoteLine(context, {
      ...editedOn(input),
      lineId,
      changes: {
        priceId,
        quantity,
        description,
        customTerms: terms && customTerms(terms),
        trial: trial && newTrialOf(trial),
        ramp: ramp?.map(newRampStepOf) ?? (ramp as null | undefined),
      },
    });
    return answerWithQuote(context, "UpdateQuoteLineSuccess", result);
  }

  @Mutation(() => RemoveQuoteLineResult, { description: "Removes a line from its phase." })
  async removeQuoteLine(
    @Arg("input", () => RemoveQuoteLineInput) input: RemoveQuoteLineInput,
    @Ctx() context: RequestContext,
  ) {
    const result = await removeQuoteLine(context, { ...editedOn(input), lineId: input.lineId });
    return answerWithQuote(context, "RemoveQuoteLineSuccess", result);
  }

  @Mutation(() => SetQuoteLineDiscountsResult, { description: "Says all discounts of a line." })
  async setQuoteLineDiscounts(
    @Arg("input", () => SetQuoteLineDiscountsInput) input: SetQuoteLineDiscountsInput,
    @Ctx() context: RequestContext,
  ) {
    const discounts = input.discounts.map((discount) => ({ ...newDiscountOf(discount), id: discount.id ?? null }));
    const result = await setQuoteLineDiscounts(context, { ...editedOn(input), lineId: input.lineId, discounts });
    return answerWithQuote(context, "SetQuoteLineDiscountsSuccess", result);
  }

  @Mutation(() => SetQuoteMinimumsResult, { description: "Says all minimums of a quote." })
  async setQuoteMinimums(
    @Arg("input", () => SetQuoteMinimumsInput) input: SetQuoteMinimumsInput,
    @Ctx() context: RequestContext,
  ) {
    const minimums = input.minimums.map((bound) => ({ ...newBoundOf("minimum")(bound), id: bound.id ?? null }));
    const result = await setQuoteMinimums(context, { ...editedOn(input), minimums });
    return answerWithQuote(context, "SetQuoteMinimumsSuccess", result);
  }

  @Mutation(() => SetQuoteMaximumsResult, { description: "Says all maximums of a quote." })
  async setQuoteMaximums(
    @Arg("input", () => SetQuoteMaximumsInput) input: SetQuoteMaximumsInput,
    @Ctx() context: RequestContext,
  ) {
    const maximums = input.maximums.map((bound) => ({ ...newBoundOf("maximum")(bound), id: bound.id ?? null }));
    const result = await setQuoteMaximums(context, { ...editedOn(input), maximums });
    return answerWithQuote(context, "SetQuoteMaximumsSuccess", result);
  }

  @Mutation(() => SetQuoteDiscountsResult, { description: "Says all discounts of a quote over several lines." })
  async setQuoteDiscounts(
    @Arg("input", () => SetQuoteDiscountsInput) input: SetQuoteDiscountsInput,
    @Ctx() context: RequestContext,
  ) {
    const discounts = input.discounts.map((discount) => ({
      ...newContractDiscountOf(discount),
      id: discount.id ?? null,
    }));
    const result = await setQuoteDiscounts(context, { ...editedOn(input), discounts });
    return answerWithQuote(context, "SetQuoteDiscountsSuccess", result);
  }
}
