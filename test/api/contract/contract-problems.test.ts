import { expect, test } from "vitest";
import { toInputProblem, whereOf } from "../../../server/modules/contract/contract-problems";

test("a problem says in words where it is, counting from one", () => {
  expect(whereOf(["phases", 1, "charges", 0, "quantity"])).toBe("Phase 2, charge 1");
  expect(whereOf(["phases", 0, "charges", 2, "discounts", 1, "amount"])).toBe("Phase 1, charge 3, discount 2");
  expect(whereOf(["minimums", 0, "lineageIds", 3])).toBe("Minimum 1");
  expect(whereOf(["endsBefore"])).toBe("The contract");
});

test("a problem keeps its place where the input has the same field", () => {
  expect(
    toInputProblem({ code: "QUANTITY_NEGATIVE", path: ["phases", 1, "charges", 0, "quantity"], given: "-3" }),
  ).toEqual({
    code: "QUANTITY_NEGATIVE",
    message: "Phase 2, charge 1: a quantity of -3 cannot be billed. Send 0 or more.",
    path: ["phases", "1", "charges", "0", "quantity"],
  });
});

test("what is wrong with a price is said at the id under which the input names it", () => {
  const path = ["phases", 0, "charges", 4];
  const priceId = ["phases", "0", "charges", "4", "priceId"];
  expect(toInputProblem({ code: "METERED_IN_ADVANCE", path: [...path, "timing"] }).path).toEqual(priceId);
  expect(toInputProblem({ code: "LINEAGE_TWICE_IN_PHASE", path: [...path, "lineageId"] }).path).toEqual(priceId);
  expect(
    toInputProblem({ code: "NEGATIVE", path: [...path, "price", "tiers", 0, "unitPrice"], given: "-1" }).path,
  ).toEqual(priceId);
});

test("the identity of a discount is its key in the input", () => {
  expect(
    toInputProblem({ code: "DISCOUNT_TWICE", path: ["phases", 0, "charges", 0, "discounts", 1, "id"] }).path,
  ).toEqual(["phases", "0", "charges", "0", "discounts", "1", "key"]);
});
