export { invoiceIdsOfView } from "./read-invoice-grid";
