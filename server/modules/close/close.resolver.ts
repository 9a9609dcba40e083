import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { type Check, isWaivable } from "../../domain/close/checklist";
import { toUnion } from "../../platform/graphql/errors";
import { PlainMonthScalar } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { CHECK_TITLES } from "./check-titles";
import type { CloseChecklist, MonthClose } from "./close";
import {
  CloseMonthInput,
  ReopenMonthInput,
  RevokeWaiverInput,
  SetClosingRulesInput,
  WaiveFindingInput,
} from "./close.inputs";
import {
  CloseChecklistType,
  CloseMonthResult,
  CloseMonthSuccess,
  ClosingAmountType,
  ClosingCheckType,
  ClosingFindingType,
  ClosingWaiverType,
  EvidencePackType,
  MonthCloseType,
  ReopenMonthResult,
  ReopenMonthSuccess,
  RevokeWaiverResult,
  RevokeWaiverSuccess,
  SetClosingRulesResult,
  WaiveFindingResult,
  WaiveFindingSuccess,
} from "./close.types";
import { closeMonth, reopenMonth } from "./close-month";
import {
  amountsOf,
  canClose,
  closeMade,
  evidenceOf,
  findingsShown,
  readChecklist,
  readCloses,
  readWaivers,
  waiverMade,
} from "./read-checklist";
import { setClosingRules } from "./set-closing-rules";
import { revokeWaiver, waiveFinding } from "./waive-finding";

@Resolver(() => CloseChecklistType)
export class CloseChecklistResolver {
  @Query(() => CloseChecklistType, { description: "What still keeps a month from being closed, each with its remedy." })
  closeChecklist(@Arg("month", () => PlainMonthScalar) month: PlainMonth, @Ctx() context: RequestContext) {
    return readChecklist(context, month);
  }

  @Query(() => [MonthCloseType], {
    description: "When months were closed and reopened, and by whom; the newest first, 200 at the most.",
  })
  monthCloses(
    @Arg("month", () => PlainMonthScalar, { nullable: true, description: "Of this month alone." })
    month: PlainMonth | null,
    @Ctx() context: RequestContext,
  ) {
    return readCloses(context, month ?? null);
  }

  @FieldResolver(() => Boolean, { description: "The month is over, in turn, and nothing blocks." })
  canClose(@Root() checklist: CloseChecklist, @Ctx() context: RequestContext) {
    return canClose(context, checklist);
  }

  @FieldResolver(() => [ClosingWaiverType], { description: "What was let pass for the month, and why." })
  waivers(@Root() { month }: CloseChecklist) {
    return readWaivers(month);
  }
}

@Resolver(() => ClosingCheckType)
export class ClosingCheckResolver {
  @FieldResolver(() => String, { description: "As people call it." })
  title(@Root() { kind }: Check) {
    return CHECK_TITLES[kind];
  }

  @FieldResolver(() => Boolean, { description: "Whether findings may be let pass with a reason." })
  isWaivable(@Root() { kind }: Check) {
    return isWaivable(kind);
  }

  @FieldResolver(() => Int, { description: "Findings, those that were let pass included." })
  count(@Root() { findings }: Check) {
    return findings.length;
  }

  @FieldResolver(() => [ClosingAmountType], {
    description: "What the findings that were not let pass come to, by currency; those without amounts aside.",
  })
  amounts(@Root() { findings }: Check) {
    return amountsOf(findings);
  }

  @FieldResolver(() => [ClosingFindingType], { description: "What was found; count says how many there are." })
  findings(
    @Root() { findings }: Check,
    @Arg("first", () => Int, { defaultValue: 100, description: "How many at the most, 1 to 1,000." }) first: number,
  ) {
    return findingsShown(findings, first);
  }
}

@Resolver(() => MonthCloseType)
export class MonthCloseResolver {
  @FieldResolver(() => EvidencePackType, { nullable: true, description: "null: it is still being made." })
  evidence(@Root() { id }: MonthClose, @Ctx() context: RequestContext) {
    return evidenceOf(context, id);
  }
}

@Resolver()
export class CloseResolver {
  @Mutation(() => CloseMonthResult, {
    description: "Closes a month: it is locked, and what is issued later is posted on the first day after it.",
  })
  async closeMonth(
    @Arg("input", () => CloseMonthInput) { month, note = null, idempotencyKey }: CloseMonthInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("CloseMonthSuccess", await closeMonth(context, { month, note, idempotencyKey }));
  }

  @Mutation(() => ReopenMonthResult, {
    description: "Reopens the last month that was closed. What was issued meanwhile stays posted where it was.",
  })
  async reopenMonth(@Arg("input", () => ReopenMonthInput) input: ReopenMonthInput, @Ctx() context: RequestContext) {
    return toUnion("ReopenMonthSuccess", await reopenMonth(context, input));
  }

  @Mutation(() => WaiveFindingResult, { description: "Lets a finding pass for this month, with a reason." })
  async waiveFinding(@Arg("input", () => WaiveFindingInput) input: WaiveFindingInput, @Ctx() context: RequestContext) {
    return toUnion("WaiveFindingSuccess", await waiveFinding(context, input));
  }

  @Mutation(() => RevokeWaiverResult, { description: "Takes a waiver back: the finding blocks again." })
  async revokeWaiver(@Arg("input", () => RevokeWaiverInput) input: RevokeWaiverInput, @Ctx() context: RequestContext) {
    return toUnion("RevokeWaiverSuccess", await revokeWaiver(context, input));
  }

  @Mutation(() => SetClosingRulesResult, { description: "Says how much may be left when a month is closed." })
  async setClosingRules(
    @Arg("input", () => SetClosingRulesInput) { unattributedUsageLimit, idempotencyKey }: SetClosingRulesInput,
    @Ctx() context: RequestContext,
  ) {
    const asked = { usageLimit: unattributedUsageLimit, idempotencyKey };
    return toUnion("SetClosingRulesSuccess", await setClosingRules(context, asked));
  }
}

@Resolver(() => CloseMonthSuccess)
export class CloseMonthSuccessResolver {
  @FieldResolver(() => MonthCloseType)
  close(@Root() success: CloseMonthSuccess, @Ctx() context: RequestContext) {
    return closeMade(context, success.monthCloseId);
  }
}

@Resolver(() => ReopenMonthSuccess)
export class ReopenMonthSuccessResolver {
  @FieldResolver(() => MonthCloseType)
  close(@Root() success: ReopenMonthSuccess, @Ctx() context: RequestContext) {
    return closeMade(context, success.monthCloseId);
  }
}

@Resolver(() => WaiveFindingSuccess)
export class WaiveFindingSuccessResolver {
  @FieldResolver(() => ClosingWaiverType)
  waiver(@Root() success: WaiveFindingSuccess, @Ctx() context: RequestContext) {
    return waiverMade(context, success.closingWaiverId);
  }
}

@Resolver(() => RevokeWaiverSuccess)
export class RevokeWaiverSuccessResolver {
  @FieldResolver(() => ClosingWaiverType)
  waiver(@Root() success: RevokeWaiverSuccess, @Ctx() context: RequestContext) {
    return waiverMade(context, success.closingWaiverId);
  }
}
