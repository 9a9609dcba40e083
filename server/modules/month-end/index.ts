export { invoiceIdsOfView } from "./read-invoice-grid";
export { rowsOfMonth } from "./rows-of-month";
export { type UnsignedVariance, unsignedVariances } from "./unsigned-variances";
