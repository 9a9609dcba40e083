import "reflect-metadata";
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { Field, ObjectType } from "type-graphql";
import { type PlainDate, parsePlainDate } from "../../domain/calendar/plain-date";
import { type PlainMonth, parsePlainMonth } from "../../domain/calendar/plain-month";
import { type CurrencyCode, currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import type { Result } from "../../domain/result";

const refuse = (message: string): never => {
  throw new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
};

const valueOf = <T>(result: Result<T, unknown>): T | null => (result.ok ? result.value : null);

/** A scalar that travels as a JSON string in both directions and refuses everything else by name. */
function textScalar<T>(definition: {
  readonly name: string;
  readonly description: string;
  readonly example: string;
  readonly parse: (text: string) => T | null;
  readonly print: (value: T) => string;
}): GraphQLScalarType<T, string> {
  const { name, description, example, parse, print } = definition;
  const read = (value: unknown): T => {
    if (typeof value === "number") {
      return refuse(
        `${name} must be sent as a string such as "${example}", not as the JSON number ${value}, which may have lost digits.`,
      );
    }
    const parsed = typeof value === "string" ? parse(value) : null;
    return parsed ?? refuse(`${JSON.stringify(value)} is not a ${name}. Send a string such as "${example}".`);
  };
  return new GraphQLScalarType<T, string>({
    name,
    description,
    serialize: (value) => print(value as T),
    parseValue: read,
    parseLiteral: (node: ValueNode) => {
      if (node.kind === Kind.STRING) return read(node.value);
      if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return read(Number(node.value));
      return refuse(`${name} must be a string such as "${example}".`);
    },
  });
}

const DECIMAL_TEXT = /^-?\d{1,28}(\.\d{1,12})?$/;
const readDecimal = (text: string): Decimal | null => (DECIMAL_TEXT.test(text) ? new Decimal(text) : null);

/** Text is printed as it stands: money arrives with its minor units, and "10.50" must not become "10.5". */
const printDecimal = (value: Decimal | string): string => (typeof value === "string" ? value : value.toFixed());

export const DecimalScalar = textScalar<Decimal>({
  name: "Decimal",
  description:
    'An exact decimal number as a string, such as "1250.00": up to 28 digits before and 12 after the point. JSON numbers are refused.',
  example: "1250.00",
  parse: readDecimal,
  print: printDecimal,
});

export const PercentScalar = textScalar<Decimal>({
  name: "Percent",
  description:
    'A percentage as a string: "7.5" means 7.5 %. A value between 0 and 1 is accepted, with the warning PERCENT_BELOW_ONE.',
  example: "7.5",
  parse: readDecimal,
  print: printDecimal,
});

export const PlainDateScalar = textScalar<PlainDate>({
  name: "PlainDate",
  description: 'A calendar day without time and zone, such as "2026-10-31".',
  example: "2026-10-31",
  parse: (text) => valueOf(parsePlainDate(text)),
  print: (value) => value,
});

export const PlainMonthScalar = textScalar<PlainMonth>({
  name: "PlainMonth",
  description: 'A calendar month, such as "2026-10".',
  example: "2026-10",
  parse: (text) => valueOf(parsePlainMonth(text)),
  print: (value) => value,
});

const INSTANT_TEXT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Date.parse would read 30 February as 2 March. */
function readInstant(text: string): Date | null {
  const isInstant = INSTANT_TEXT.test(text) && parsePlainDate(text.slice(0, 10)).ok && !Number.isNaN(Date.parse(text));
  return isInstant ? new Date(text) : null;
}

export const DateTimeScalar = textScalar<Date>({
  name: "DateTime",
  description: 'An instant in ISO 8601 with an offset, such as "2026-10-31T23:59:00+01:00".',
  example: "2026-10-31T23:59:00Z",
  parse: readInstant,
  print: (value) => value.toISOString(),
});

/** Structured data that integrators own (custom fields, usage properties) or that is read as a whole (explanations). */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "Any JSON value.",
});

@ObjectType("Money", { description: "An amount of one currency.", simpleResolvers: true })
export class MoneyType {
  @Field(() => DecimalScalar, {
    description: 'With the minor units of the currency: "10.50" EUR, "1050" JPY, "10.500" KWD.',
  })
  amount!: string;

  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;
}

/** Money as the API gives it; `amount` may be anything Decimal reads, from the database or the domain. */
export const toMoney = (amount: Decimal | string, code: CurrencyCode): { amount: string; currency: string } => ({
  amount: new Decimal(amount).toFixed(currency(code).minorUnits),
  currency: code,
});
