export type { GuardRailViolation } from "../../domain/quote/guard-rails";
export { checkGuardRails, findPriceBook, violationsOf } from "./check-guard-rails";
export { toGuardRailProblem } from "./guard-rail-problems";
export type { PriceBook } from "./price-book";
export { entriesByPriceBook, priceBooksById } from "./price-book.store";
export { GuardRailViolationType, PriceBookType } from "./price-book.types";
