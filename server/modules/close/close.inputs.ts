import { Field, ID, InputType } from "type-graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import type { CheckKind } from "../../domain/close/checklist";
import type { Decimal } from "../../domain/money/decimal";
import { IDEMPOTENCY_KEY } from "../../platform/graphql/idempotency-key";
import { DecimalScalar, PlainMonthScalar } from "../../platform/graphql/scalars";
import { ClosingCheckKindEnum } from "./close.types";

@InputType({ description: "A month whose books are to be closed." })
export class CloseMonthInput {
  @Field(() => PlainMonthScalar, { description: "The month after the last one that is closed; it has to be over." })
  month!: PlainMonth;
  @Field(() => String, { nullable: true, description: "For whoever looks at it later." }) note?: string | null;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A month whose books are to be worked on again." })
export class ReopenMonthInput {
  @Field(() => PlainMonthScalar, { description: "The last month that is closed." }) month!: PlainMonth;
  @Field(() => String, { description: "Why; it stays with the month." }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A finding to let pass." })
export class WaiveFindingInput {
  @Field(() => PlainMonthScalar, { description: "The month that is to be closed." }) month!: PlainMonth;
  @Field(() => ClosingCheckKindEnum, {
    description:
      "Drafts not issued, usage of nobody, failed mails, failed syncs and missing numbers can be let pass; the others have a remedy.",
  })
  check!: CheckKind;
  @Field(() => ID, { description: "Of the finding." }) subjectId!: string;
  @Field(() => String, { description: "Why, up to 1,000 characters." }) reason!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "A waiver to take back." })
export class RevokeWaiverInput {
  @Field(() => ID, { description: "Of a month that is not closed." }) waiverId!: string;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}

@InputType({ description: "What may be left when a month is closed." })
export class SetClosingRulesInput {
  @Field(() => DecimalScalar, {
    description: "Usage of nobody may come to so much in the base currency; 0: any of it holds up the close.",
  })
  unattributedUsageLimit!: Decimal;
  @Field(() => String, { description: IDEMPOTENCY_KEY }) idempotencyKey!: string;
}
