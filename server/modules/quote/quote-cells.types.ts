import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Cell, CellKind } from "../../domain/quote/cells";
import { LOCKED } from "./quote-cell-problems";

export const QuoteCellKindEnum = {
  TEXT: "text",
  DAY: "day",
  WHOLE_NUMBER: "whole",
  DECIMAL: "decimal",
  PERCENT: "percent",
  MONEY: "money",
  CHOICE: "choice",
  CADENCE: "cadence",
} as const;
registerEnumType(QuoteCellKindEnum, {
  name: "QuoteCellKind",
  description: "How the text of a cell is written.",
  valuesConfig: {
    TEXT: { description: "As it stands." },
    DAY: { description: "A calendar day such as 2027-01-31." },
    WHOLE_NUMBER: { description: "Between the least and the most." },
    DECIMAL: { description: "A plain decimal number, with up to 12 decimals." },
    PERCENT: { description: '"7.5" means 7.5 %; from 0 to 100, unless it is a rate.' },
    MONEY: { description: "An amount in the currency of the quote." },
    CHOICE: { description: "One of the choices." },
    CADENCE: { description: "One of the choices, or every_2_months and so on." },
  },
});

@ObjectType("QuoteCell", {
  description: "One value of the terms of a quote, under a path that stays the same as lines come and go.",
  simpleResolvers: true,
})
export class QuoteCellType {
  @Field(() => String, { description: "Made of ids, such as phases.….lines.….quantity." }) path!: string;
  @Field(() => [String], { description: "What it belongs to, outermost first; empty: the whole quote." })
  where!: readonly string[];
  @Field(() => String, { description: "What it is, such as Unit price." }) title!: string;
  @Field(() => QuoteCellKindEnum, { description: "How its text is written." }) kind!: CellKind;
  @Field(() => String, { nullable: true, description: "Canonical: the same value has the same text. null: none." })
  value!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "What holds where nothing else is agreed, such as the listed amount.",
  })
  standard!: string | null;
  @Field(() => Boolean, { description: "Whether updateQuoteTerms takes it, as long as the version may be edited." })
  isEditable!: boolean;
  @Field(() => String, { nullable: true, description: "Why it is not editable." }) lockedBecause!: string | null;
  @Field(() => Boolean, { description: "Whether null may stand in it. A price that is emptied is the listed one." })
  isOptional!: boolean;
  @Field(() => [String], { description: "Of a choice." }) choices!: readonly string[];
  @Field(() => Int, { nullable: true, description: "Of a whole number." }) least!: number | null;
  @Field(() => Int, { nullable: true, description: "Of a whole number." }) most!: number | null;
  @Field(() => Boolean, {
    description:
      "What usage is rated by: an amount per unit, which may be finer than the currency, or a percentage, which may be above 100.",
  })
  isRate!: boolean;
  @Field(() => [String], {
    description:
      "Paths of cells that mean something else once this one changes: an edit of it is sent with edits of them, even where they stay the same.",
  })
  givenWith!: readonly string[];
}

export const toCell = ({ path, where, title, format, value, standard, lock, givenWith }: Cell): QuoteCellType => ({
  path,
  where,
  title,
  kind: format.kind,
  value,
  standard,
  isEditable: lock === null,
  lockedBecause: lock && LOCKED[lock],
  isOptional: format.isOptional,
  choices: format.choices,
  least: format.range?.least ?? null,
  most: format.range?.most ?? null,
  isRate: format.isRate,
  givenWith,
});

@ObjectType("ChangedQuoteCell", {
  description: "A cell that became another, or a discount that came or went as a whole.",
  simpleResolvers: true,
})
export class ChangedQuoteCellType {
  @Field(() => String, { description: "The cell." }) path!: string;
  @Field(() => [String], { description: "What it belongs to, outermost first." }) where!: readonly string[];
  @Field(() => String, { description: "What it is." }) title!: string;
  @Field(() => String, { nullable: true, description: "As it was." }) before!: string | null;
  @Field(() => String, { nullable: true, description: "As it is now." }) after!: string | null;
}

@ObjectType("QuoteCellEdit", { description: "An edit of a cell, as updateQuoteTerms takes it.", simpleResolvers: true })
export class QuoteCellEditType {
  @Field(() => String, { description: "The cell." }) path!: string;
  @Field(() => String, { nullable: true, description: "What it shows when the edit is made." }) base!: string | null;
  @Field(() => String, { nullable: true, description: "What it is to be." }) value!: string | null;
}
