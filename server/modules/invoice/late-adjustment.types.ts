import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { PageInfo } from "../../platform/graphql/paging";
import { DateTimeScalar, MoneyType } from "../../platform/graphql/scalars";
import type { LateAdjustmentState } from "./late-adjustment";

export const LateAdjustmentStateEnum = { WAITING: "waiting", IGNORED: "ignored" } as const;
registerEnumType(LateAdjustmentStateEnum, {
  name: "LateAdjustmentState",
  description: "What becomes of an adjustment that stands on no draft.",
  valuesConfig: {
    WAITING: { description: "The next invoice of the contract will carry it." },
    IGNORED: {
      description: "The contract agrees to leave it: reported with what it would have brought, never billed.",
    },
  },
});

@ObjectType("LateAdjustment", {
  description: "A difference to what was billed that came too late for the invoice of its period, and is on no draft.",
})
export class LateAdjustmentType {
  @Field(() => ID, { simple: true }) id!: string;
  @Field(() => LateAdjustmentStateEnum, { simple: true }) state!: LateAdjustmentState;
  @Field(() => String, { simple: true, description: "Of the line that bills it, or would have." })
  description!: string;
  @Field(() => DateTimeScalar, { simple: true, description: "When a calculation met it first." }) noticedAt!: Date;
}

@ObjectType("LateAdjustmentTotal", {
  description: "Late adjustments of one state and currency in sum.",
  simpleResolvers: true,
})
export class LateAdjustmentTotal {
  @Field(() => LateAdjustmentStateEnum) state!: LateAdjustmentState;
  @Field(() => Int) count!: number;
  @Field(() => MoneyType, { description: "Before tax; with it where prices include it." }) amount!: MoneyType;
}

@ObjectType("LateAdjustmentEdge", { description: "A LateAdjustment and its place in the list.", simpleResolvers: true })
export class LateAdjustmentEdge {
  @Field(() => String) cursor!: string;
  @Field(() => LateAdjustmentType) node!: LateAdjustmentType;
}

@ObjectType("LateAdjustmentConnection", {
  description: "A page of LateAdjustment records, with totals over all pages.",
  simpleResolvers: true,
})
export class LateAdjustmentConnection {
  @Field(() => [LateAdjustmentEdge]) edges!: LateAdjustmentEdge[];
  @Field(() => [LateAdjustmentType], { description: "The nodes without their cursors." })
  nodes!: LateAdjustmentType[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
  @Field(() => [LateAdjustmentTotal], { description: "Of all that the arguments select, by currency." })
  totals!: LateAdjustmentTotal[];
}
