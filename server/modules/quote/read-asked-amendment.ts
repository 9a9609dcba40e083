import type { PlainDate } from "../../domain/calendar/plain-date";
import type { UnusedTime } from "../../domain/contract/amendment";
import type { AmendmentTerms, ChangedLine, LineDiscount, QuoteChange } from "../../domain/quote/quote-terms";
import { fail, ok, type Result } from "../../domain/result";
import { isId, newId } from "../../platform/ids";
import type { Problem } from "../../platform/refusal";
import type { AmendedCharge, NewChange, NewDiscount } from "../contract";
import { TermsReading } from "./read-asked-terms";

/** The terms of an amendment as they are asked for: without ids, nothing looked up. */
export type AskedAmendment = {
  /** null: the name of the contract */
  readonly name: string | null;
  readonly effectiveOn: PlainDate;
  readonly unusedTime: UnusedTime;
  readonly reason: string;
  readonly notes: string | null;
  readonly changes: readonly AskedChange[];
};

export type AskedChange = Exclude<NewChange, { readonly kind: "cancel" | "resume" }>;

/** What the terms take from the contract that they amend. */
export type OfContract = Pick<AmendmentTerms, "name" | "currency" | "contractRevision">;

type Path = readonly string[];

/**
 * Gives the changes their ids, and writes them as terms of a quote. What cannot be written so is refused with its place;
 * what it names is checked elsewhere.
 */
export function readAskedAmendment(asked: AskedAmendment, contract: OfContract): Result<AmendmentTerms, Problem[]> {
  const reading = new ChangesReading(contract.currency);
  const changes = asked.changes.flatMap((change, index) => reading.change(change, ["changes", String(index)]));
  const { found } = reading.problems;
  if (found.length > 0) return fail(found);
  const { effectiveOn, unusedTime, reason, notes } = asked;
  return ok({
    ...contract,
    kind: "amendment",
    name: asked.name ?? contract.name,
    effectiveOn,
    unusedTime,
    reason,
    notes,
    changes,
  });
}

class ChangesReading extends TermsReading {
  /** None where nobody knows which change is meant. */
  change(asked: AskedChange, path: Path): QuoteChange[] {
    const read = this.read(asked, path);
    return read === null ? [] : [{ ...read, id: newId() }];
  }

  private read(asked: AskedChange, path: Path): WithoutId<QuoteChange> | null {
    switch (asked.kind) {
      case "add_charge": {
        const line = this.changedLine(asked.charge, [...path, "addLine", "line"]);
        return { kind: "add_line", line, endsBefore: asked.endsBefore };
      }
      case "remove_charge":
        return { kind: "remove_line", lineageId: asked.lineageId };
      case "replace_charge": {
        const line = this.changedLine(asked.charge, [...path, "replaceLine", "line"]);
        return { kind: "replace_line", lineageId: asked.lineageId, line };
      }
      case "change_quantity":
        return { ...asked, quantity: asked.quantity.toFixed() };
      case "change_price": {
        const { kind, lineageId, priceId, customTerms, endsBefore } = asked;
        const customPrice = this.customPrice(customTerms, [...path, "changePrice"]);
        return { kind, lineageId, priceId, customPrice, endsBefore };
      }
      case "change_discounts": {
        const place = [...path, "changeDiscounts", "discounts"];
        return { ...asked, discounts: this.keptDiscounts(asked.discounts, place) };
      }
      case "add_bound": {
        const [kind, name] =
          asked.bound === "minimum"
            ? (["add_minimum", "addMinimum"] as const)
            : (["add_maximum", "addMaximum"] as const);
        return { kind, bound: this.bound(asked.terms, [...path, name]) };
      }
      case "add_discount":
        return { kind: "add_discount", discount: this.discount(asked.discount, [...path, "addDiscount"]) };
      case "renew":
        return { ...asked, upliftPercent: asked.upliftPercent && asked.upliftPercent.toFixed() };
      case "unclear": {
        const found = asked.given.length === 0 ? "none" : asked.given.join(" and ");
        const message = `A change is exactly one of those that there are; here is ${found}.`;
        this.problems.report("NOT_EXACTLY_ONE_CHANGE", message, ...path);
        return null;
      }
      default:
        return asked;
    }
  }

  private changedLine(charge: AmendedCharge, path: Path): ChangedLine {
    const { priceId, customPrice, quantity, description } = this.line({ ...charge, trial: null, ramp: [] }, path);
    return {
      priceId,
      customPrice,
      quantity,
      description,
      discounts: this.keptDiscounts(charge.discounts, [...path, "discounts"]),
    };
  }

  /** A discount that goes on is named by its id: a fixed one is then not given twice. */
  private keptDiscounts(discounts: readonly NewDiscount[], path: Path): LineDiscount[] {
    return discounts.map((discount, index) => {
      const read = this.lineDiscount(discount, [...path, String(index)]);
      return discount.key !== null && isId(discount.key) ? { ...read, id: discount.key } : read;
    });
  }
}

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;
