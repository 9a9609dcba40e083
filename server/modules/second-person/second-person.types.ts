import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { resultUnion } from "../../platform/graphql/errors";
import { connectionOf } from "../../platform/graphql/paging";
import { DateTimeScalar } from "../../platform/graphql/scalars";
import type { ControlledKind, RequestState } from "./second-person";

export const ControlledKindEnum = {
  MANUAL_CHANGE: "manual_change",
  CREDIT_NOTE: "credit_note",
  REFUND: "refund",
  WRITE_OFF: "write_off",
} as const satisfies Record<Uppercase<ControlledKind>, ControlledKind>;
registerEnumType(ControlledKindEnum, {
  name: "ControlledKind",
  description: "What may need a second person.",
  valuesConfig: {
    MANUAL_CHANGE: {
      description: "Overrides and manual lines of one scheduled draft together, net, counted without their signs.",
    },
    CREDIT_NOTE: { description: "A credit note, with tax; not one whose invoice is billed again." },
    REFUND: { description: "Money that is given back." },
    WRITE_OFF: { description: "What is no longer asked for." },
  },
});

export const SecondPersonStateEnum = {
  PENDING: "pending",
  APPROVED: "approved",
  REJECTED: "rejected",
  WITHDRAWN: "withdrawn",
} as const satisfies Record<Uppercase<RequestState>, RequestState>;
registerEnumType(SecondPersonStateEnum, {
  name: "SecondPersonState",
  description: "Where a request stands.",
  valuesConfig: {
    PENDING: { description: "Nobody has decided." },
    APPROVED: { description: "It may be done, up to the amount; a refund or write-off once." },
  },
});

@ObjectType("ControlLimit", { description: "Above so much a second person decides." })
export class ControlLimitType {
  @Field(() => ControlledKindEnum, { simple: true }) kind!: ControlledKind;
}

@ObjectType("SecondPersonRequest", { description: "What somebody asks a second person to let them do." })
export class SecondPersonRequestType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => ControlledKindEnum, { simple: true }) kind!: ControlledKind;
  @Field(() => ID, {
    simple: true,
    description:
      "The draft, the credit note, the invoice that is written off; of a refund the credit note or customer.",
  })
  subjectId!: string;
  @Field(() => String, { simple: true, description: "Why, by whoever asks." }) reason!: string;
  @Field(() => SecondPersonStateEnum, { simple: true }) state!: RequestState;
  @Field(() => String, { simple: true }) requestedBy!: string;
  @Field(() => DateTimeScalar, { simple: true }) requestedAt!: Date;
  @Field(() => String, { simple: true, nullable: true }) decidedBy!: string | null;
  @Field(() => DateTimeScalar, { simple: true, nullable: true }) decidedAt!: Date | null;
  @Field(() => String, { simple: true, nullable: true }) decisionNote!: string | null;
  @Field(() => DateTimeScalar, {
    simple: true,
    nullable: true,
    description: "When it was made use of, where it holds for one act.",
  })
  usedAt!: Date | null;
}
export const SecondPersonRequestConnection = connectionOf("SecondPersonRequest", () => SecondPersonRequestType);

@ObjectType({ description: "The limits hold from now on.", simpleResolvers: true })
export class SetControlLimitsSuccess {
  @Field(() => Int, { description: "How many limits there are now." }) count!: number;
}
export const SetControlLimitsResult = resultUnion("SetControlLimitsResult", () => SetControlLimitsSuccess);

@ObjectType({ description: "A second person is asked." })
export class RequestSecondPersonSuccess {
  requestId!: string;
}
export const RequestSecondPersonResult = resultUnion("RequestSecondPersonResult", () => RequestSecondPersonSuccess);

@ObjectType({ description: "The second person has decided." })
export class DecideSecondPersonSuccess {
  requestId!: string;
}
export const DecideSecondPersonResult = resultUnion("DecideSecondPersonResult", () => DecideSecondPersonSuccess);

@ObjectType({ description: "Nobody is asked any more." })
export class WithdrawSecondPersonRequestSuccess {
  requestId!: string;
}
export const WithdrawSecondPersonRequestResult = resultUnion(
  "WithdrawSecondPersonRequestResult",
  () => WithdrawSecondPersonRequestSuccess,
);
