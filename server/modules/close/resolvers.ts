import {
  CloseChecklistResolver,
  CloseMonthSuccessResolver,
  CloseResolver,
  ClosingCheckResolver,
  MonthCloseResolver,
  ReopenMonthSuccessResolver,
  RevokeWaiverSuccessResolver,
  WaiveFindingSuccessResolver,
} from "./close.resolver";
import {
  LeakageReportResolver,
  PastDiscountResolver,
  TermEndingResolver,
  UnbilledUsageResolver,
} from "./leakage.resolver";

export const resolvers = [
  CloseChecklistResolver,
  ClosingCheckResolver,
  CloseResolver,
  MonthCloseResolver,
  CloseMonthSuccessResolver,
  ReopenMonthSuccessResolver,
  WaiveFindingSuccessResolver,
  RevokeWaiverSuccessResolver,
  LeakageReportResolver,
  UnbilledUsageResolver,
  PastDiscountResolver,
  TermEndingResolver,
] as const;
