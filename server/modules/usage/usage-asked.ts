import type { Period } from "../../domain/calendar/period";
import { earlierOf, laterOf } from "../../domain/calendar/plain-date";

/** What an owner used of a metric on the days of a period. */
export type UsageAsked = {
  readonly metricId: string;
  readonly period: Period;
  /** a customer's id; where nobody's usage is asked for, an alias */
  readonly owner: string;
  /** told apart by the properties that the metric groups by */
  readonly isGrouped: boolean;
  /** when the period begins, for what is weighed by time */
  readonly startsAt?: Date;
};

/** Whose usage is asked for, in SQL: the type of an owner, and `mapped`, an owner's aliases with their days. */
export type Owners = { readonly kind: "customers" | "nobody"; readonly type: string; readonly mapped: string };

/** On the days of its mapping an alias is the customer's. */
export const CUSTOMERS: Owners = {
  kind: "customers",
  type: "uuid",
  mapped: "customer_alias AS mapped ON mapped.customer_id = asked.owner",
};

/** On the days between its mappings an alias is nobody's. */
export const NOBODY: Owners = {
  kind: "nobody",
  type: "text",
  mapped: `LATERAL (
             SELECT asked.owner AS alias, lower(gap) AS starts_on, upper(gap) AS ends_before
             FROM (SELECT coalesce(range_agg(daterange(starts_on, ends_before)), '{}') AS days
                   FROM customer_alias WHERE alias = asked.owner) AS claimed,
                  unnest(datemultirange(daterange(NULL, NULL)) - claimed.days) AS gap) AS mapped ON true`,
};

/** The questions as rows: FROM askedOf(…) with the values of `askedValues`. */
export const askedOf = ({ type }: Owners): string =>
  `unnest($1::${type}[], $2::uuid[], $3::date[], $4::date[], $5::bool[], $6::timestamptz[]) WITH ORDINALITY
             AS asked (owner, metric_id, starts_on, ends_before, is_grouped, starts_at, ordinal)`;

export const askedValues = (asked: readonly UsageAsked[]): unknown[] => [
  asked.map(({ owner }) => owner),
  asked.map(({ metricId }) => metricId),
  asked.map(({ period }) => period.startsOn),
  asked.map(({ period }) => period.endsBefore),
  asked.map(({ isGrouped }) => isGrouped),
  asked.map(({ startsAt }) => startsAt ?? null),
];

/** The aliases that were the owner's on some of the days asked for. */
export const aliasesOf = ({ mapped }: Owners): string => `${mapped}
                 AND (mapped.starts_on IS NULL OR mapped.starts_on < asked.ends_before)
                 AND (mapped.ends_before IS NULL OR mapped.ends_before > asked.starts_on)`;

/** The days asked for on which the alias was the owner's; an open end of `greatest` and `least` is null. */
export const isOnDaysOf = (row: string): string =>
  `${row}.occurred_on >= greatest(asked.starts_on, mapped.starts_on) AND ${row}.occurred_on < least(asked.ends_before, mapped.ends_before)`;

/** The events asked for, from `FROM` to `ON`, with the values of `eventValues`: $7 and $8 spare it other months. */
export const eventsOf = (owners: Owners): string => `FROM ${askedOf(owners)}
           JOIN usage_metric AS metric ON metric.id = asked.metric_id
           JOIN ${aliasesOf(owners)}
           JOIN usage_event AS event ON event.alias = mapped.alias AND event.event_type = metric.event_type
                AND ${isOnDaysOf("event")} AND event.occurred_on >= $7 AND event.occurred_on < $8`;

export const eventValues = (asked: readonly UsageAsked[]): unknown[] => [
  ...askedValues(asked),
  asked.map(({ period }) => period.startsOn).reduce(earlierOf),
  asked.map(({ period }) => period.endsBefore).reduce(laterOf),
];
