import { addDays } from "../../../server/domain/calendar/plain-date";
import { groupBy } from "../../../server/domain/group-by";
import { roundToMinorUnit } from "../../../server/domain/money/money";
import { slice } from "../../../server/domain/pricing/slice";
import * as amendments from "./amendment-laws";
import * as billing from "./billing-laws";
import * as charges from "./charge-laws";
import * as discounts from "./discount-laws";
import type { Law } from "./engine";
import * as lateUsage from "./late-usage-laws";
import { type Replacement, replace } from "./replace-part";

/** An engine of which one part is broken, and the laws that have to notice. */
export type Sabotage = {
  /** What the broken engine does. */
  readonly title: string;
  readonly replacement: Replacement;
  readonly breaks: readonly Law[];
};

export const SABOTAGES: readonly Sabotage[] = [
  {
    title: "rounds each segment on its own",
    replacement: replace("money/running-total", ({ roundRunning }) => ({
      roundRunning: (parts, currency) => parts.flatMap((part) => roundRunning([part], currency)),
    })),
    breaks: [charges.partsSumToTheWhole, charges.cutCostsNothing],
  },
  {
    title: "charges the whole for any part",
    replacement: replace("pricing/prorate", ({ WHOLE }) => ({ prorate: () => WHOLE })),
    breaks: [charges.cutCostsNothing],
  },
  {
    title: "drops the last segment of a lineage",
    replacement: replace("invoice/plan-segments", ({ planSegments }) => ({
      planSegments: (contract, window) => {
        const plan = planSegments(contract, window);
        const byLineage = groupBy(plan.segments, ({ charge }) => charge.lineageId);
        return { ...plan, segments: [...byLineage.values()].flatMap((segments) => segments.slice(0, -1)) };
      },
    })),
    breaks: [charges.periodsTileTheTerm, charges.everyUnitIsBilledOnce],
  },
  {
    title: "counts the day on which a phase ends for both phases",
    replacement: replace("calendar/period", ({ clip }) => ({
      clip: (inner, span) => {
        const clipped = clip(inner, span);
        if (clipped === null || clipped.endsBefore === inner.endsBefore) return clipped;
        return { ...clipped, endsBefore: addDays(clipped.endsBefore, 1) };
      },
    })),
    breaks: [charges.periodsTileTheTerm, charges.everyUnitIsBilledOnce],
  },
  {
    title: "lets parts of overage begin a day early",
    replacement: replace("invoice/plan-segments", ({ planSegments }) => ({
      planSegments: (contract, window) => {
        const plan = planSegments(contract, window);
        const segments = plan.segments.map((segment) => {
          const { role, servicePeriod, ratedPeriod } = segment;
          if (role === "charge" || servicePeriod.startsOn === ratedPeriod.startsOn) return segment;
          return { ...segment, servicePeriod: { ...servicePeriod, startsOn: addDays(servicePeriod.startsOn, -1) } };
        });
        return { ...plan, segments };
      },
    })),
    breaks: [charges.periodsTileTheTerm, charges.overageByPartsIsOverage],
  },
  {
    title: "keeps the last event of a row in the place of their sum",
    replacement: replace("pricing/rate-matrix", ({ rateMatrix }) => ({
      rateMatrix: (price, groups) =>
        rateMatrix(
          price,
          [...groupBy(groups, ({ values }) => JSON.stringify(values)).values()].flatMap((same) => same.slice(-1)),
        ),
    })),
    breaks: [charges.usageCountsInSum],
  },
  {
    title: "rates all units of graduated tiers at the price of the last one",
    replacement: replace("pricing/tiers", ({ rateVolume }) => ({ rateGraduated: rateVolume })),
    breaks: [charges.moreUsageNeverCostsLess],
  },
  {
    title: "sorts events by their amounts",
    replacement: replace("pricing/rate-percentage", ({ ratePercentage }) => ({
      ratePercentage: (price, { eventAmounts = [], ...usage }) =>
        ratePercentage(price, {
          ...usage,
          eventAmounts: eventAmounts.toSorted((a, b) => a.amount.comparedTo(b.amount)),
        }),
    })),
    breaks: [charges.eventsAreRatedInOrder],
  },
  {
    title: "lets the minimum of a price hold in its free trial",
    replacement: replace("pricing/free-trial", () => ({ inFreeTrial: (price) => price })),
    breaks: [charges.freeTrialsAreFree],
  },
  {
    title: "rounds to cents, whatever the currency",
    replacement: replace("money/money", () => ({
      roundToMinorUnit: ({ amount, currency }) => ({ amount: amount.toDecimalPlaces(2), currency }),
    })),
    breaks: [charges.amountsAreWholeUnits],
  },
  {
    title: "pays a percentage of corrections out",
    replacement: replace("pricing/rate-percentage", ({ ratePercentage }) => ({
      ratePercentage: (price, usage) =>
        usage.total.lt(0) ? [slice("percent", usage.total, price.percent.div(100))] : ratePercentage(price, usage),
    })),
    breaks: [charges.usageIsNeverPaidOut],
  },
  {
    title: "gives a fixed discount to each segment",
    replacement: replace("pricing/discount", ({ takeDiscounts }) => ({
      takeDiscounts: (amount, terms) => takeDiscounts(amount, terms),
    })),
    breaks: [discounts.fixedDiscountIsGivenOnce],
  },
  {
    title: "gives fixed discounts in full, whatever is left",
    replacement: replace("pricing/discount", ({ takeDiscounts }) => ({
      takeDiscounts: (amount, terms) =>
        takeDiscounts(amount, terms).map((taken) =>
          taken.discount.kind === "fixed" ? { ...taken, taken: taken.discount.amount } : taken,
        ),
    })),
    breaks: [discounts.discountsStopAtZero],
  },
  {
    title: "rounds each share of a discount on its own",
    replacement: replace("money/allocate", () => ({
      roundTogether: (amounts) => amounts.map((amount) => roundToMinorUnit(amount)),
    })),
    breaks: [discounts.sharesAddUp, discounts.invoiceDiscountIsOfTheInvoice],
  },
  {
    title: "takes a discount of the invoice from each line",
    replacement: replace("invoice/share-discounts", ({ shareDiscounts }) => ({
      shareDiscounts: (contract, position, items) =>
        items.flatMap((item) => shareDiscounts(contract, position, [item])),
    })),
    breaks: [discounts.sharesAddUp, discounts.invoiceDiscountIsOfTheInvoice],
  },
  {
    title: "compares bounds with charges before their discounts",
    replacement: replace("invoice/compare-with-bound", ({ compareWithBound }) => ({
      compareWithBound: (kind, bounds, covered, period, currency) => {
        const undiscounted = covered.map((line) => ({ ...line, net: line.charge }));
        return compareWithBound(kind, bounds, undiscounted, period, currency);
      },
    })),
    breaks: [discounts.boundsHold, discounts.priceLimitsHold],
  },
  {
    title: "forgets true-ups where it compares with a maximum",
    replacement: replace("invoice/bound-lines", ({ boundLines }) => ({
      boundLines: (periods, lines, currency) =>
        (["minimum", "maximum"] as const).flatMap((kind) =>
          boundLines(
            periods.filter((period) => period.kind === kind),
            lines,
            currency,
          ),
        ),
    })),
    breaks: [discounts.boundsHold],
  },
  {
    title: "leaves out a price's own minimum and maximum",
    replacement: replace("invoice/charge-lines", () => ({ limitLines: () => [] })),
    breaks: [discounts.priceLimitsHold],
  },
  {
    title: "does not look at what was billed",
    replacement: replace("invoice/reconcile", ({ reconcile }) => ({
      reconcile: (input) => reconcile({ ...input, billed: [] }),
    })),
    breaks: [billing.billingAgainProposesNothing, billing.stepsMakeTheWhole],
  },
  {
    title: "plans nothing that falls due outside the window",
    replacement: replace("invoice/plan-segments", ({ planSegments }) => ({
      planSegments: (contract, window) => {
        const plan = planSegments(contract, window);
        return { ...plan, segments: plan.segments.filter(({ isInWindow }) => isInWindow) };
      },
    })),
    breaks: [billing.windowsShowTheWhole],
  },
  {
    title: "never corrects what was billed",
    replacement: replace("invoice/reconcile", ({ reconcile }) => ({
      reconcile: (input) => ({ ...reconcile(input), adjustments: [] }),
    })),
    breaks: [
      billing.knowledgeOfTheDayIsEnough,
      lateUsage.lateUsageEndsInTime,
      amendments.amendingThePastIsTheDifference,
    ],
  },
  {
    title: "bills what another system has billed",
    replacement: replace("invoice/propose-invoices", ({ proposeInvoices }) => ({
      proposeInvoices: (input) => proposeInvoices({ ...input, contract: { ...input.contract, billedThrough: null } }),
    })),
    breaks: [billing.cutOverLeavesTheRest],
  },
  {
    title: "numbers its lines",
    replacement: replace("invoice/make-line", ({ makeLine }) => {
      let count = 0;
      return {
        makeLine: (of, amounts) => {
          count += 1;
          return makeLine(of, { ...amounts, description: `${amounts.description} (${count})` });
        },
      };
    }),
    breaks: [billing.sameInSameOut],
  },
  {
    title: "adds a cent to what it explains",
    replacement: replace("invoice/make-line", ({ makeLine }) => ({
      makeLine: (of, amounts) => {
        const line = makeLine(of, amounts);
        return { ...line, explanation: { ...line.explanation, result: line.net.amount.plus("0.01").toFixed() } };
      },
    })),
    breaks: [billing.explanationsRederive],
  },
  {
    title: "explains units as included that it has charged",
    replacement: replace("pricing/prorate", () => ({ applyRatio: (amount) => amount })),
    breaks: [billing.explanationsRederive],
  },
  {
    title: "explains with numbers in the place of text",
    replacement: replace("invoice/make-line", ({ makeLine }) => ({
      makeLine: (of, amounts) => {
        const line = makeLine(of, amounts);
        return { ...line, explanation: { ...line.explanation, precise: line.precise.amount as unknown as string } };
      },
    })),
    breaks: [billing.explanationsSurviveJson],
  },
  {
    title: "does not know the days it writes about",
    replacement: replace("calendar/format", () => ({ formatPeriod: () => `${undefined}` })),
    breaks: [billing.explanationsAreReadable],
  },
  {
    title: "proposes each adjustment twice",
    replacement: replace("invoice/reconcile", ({ reconcile }) => ({
      reconcile: (input) => {
        const { due, adjustments } = reconcile(input);
        return { due, adjustments: [...adjustments, ...adjustments] };
      },
    })),
    breaks: [lateUsage.lateUsageEndsInTime, amendments.amendingThePastIsTheDifference],
  },
  {
    title: "waits for a next invoice that never comes",
    replacement: replace("invoice/plan-segments", () => ({ nextDueDay: (_contract, after) => addDays(after, 1) })),
    breaks: [lateUsage.lateUsageEndsInTime],
  },
  {
    title: "forgets to bill documents again",
    replacement: replace("invoice/propose-invoices", ({ proposeInvoices }) => ({
      proposeInvoices: (input) => ({ ...proposeInvoices(input), rebills: [] }),
    })),
    breaks: [lateUsage.correctionsMakeTheDifference, lateUsage.lateUsageEndsInTime],
  },
  {
    title: "bills late usage that the contract ignores",
    replacement: replace("invoice/propose-invoices", ({ proposeInvoices }) => ({
      proposeInvoices: (input) =>
        proposeInvoices({ ...input, contract: { ...input.contract, lateUsage: "next_invoice" } }),
    })),
    breaks: [lateUsage.ignoredUsageTouchesNothing],
  },
  {
    title: "leaves the report of ignored usage empty",
    replacement: replace("invoice/propose-invoices", ({ proposeInvoices }) => ({
      proposeInvoices: (input) => ({ ...proposeInvoices(input), ignored: [] }),
    })),
    breaks: [lateUsage.ignoredUsageIsReported],
  },
  {
    title: "keeps what was billed for service that an amendment took away",
    replacement: replace("invoice/reconcile", ({ reconcile }) => ({
      reconcile: (input) => {
        const { due, adjustments } = reconcile(input);
        return { due, adjustments: adjustments.filter(({ expected }) => expected !== null) };
      },
    })),
    breaks: [amendments.amendingThePastIsTheDifference],
  },
  {
    title: "resumes a cancelled contract a day late",
    replacement: replace("contract/apply-amendments", ({ applyAmendments }) => ({
      applyAmendments: (base, list) =>
        applyAmendments(
          base,
          list.map((amendment) =>
            amendment.changes.some(({ kind }) => kind === "resume")
              ? { ...amendment, effectiveOn: addDays(amendment.effectiveOn, 1) }
              : amendment,
          ),
        ),
    })),
    breaks: [amendments.cancelAndResumeIsNothing],
  },
];
