import "reflect-metadata";
import { registerEnumType } from "type-graphql";

export const InvoiceLineKindEnum = {
  CHARGE: "charge",
  OVERAGE: "overage",
  DISCOUNT: "discount",
  TRUE_UP: "true_up",
  CAP: "cap",
  ADJUSTMENT: "adjustment",
  CREDIT: "credit",
} as const;
registerEnumType(InvoiceLineKindEnum, {
  name: "InvoiceLineKind",
  description: "What a line bills.",
  valuesConfig: {
    CHARGE: { description: "A price over an unbroken piece of service." },
    OVERAGE: { description: "Seats beyond those billed in advance." },
    DISCOUNT: { description: "A discount that comes off after the minimum." },
    TRUE_UP: { description: "What is missing to a minimum." },
    CAP: { description: "What is above a maximum, taken back." },
    ADJUSTMENT: { description: "The difference between what was billed for an earlier period and what it should be." },
    CREDIT: { description: "What prepaid credits pay of a line, below zero; what comes back to them, above zero." },
  },
});
