import { describe, expect, test } from "vitest";
import { makeLine } from "../../server/domain/invoice/make-line";
import { charge, contract, day, decimal, EUR, linesDue } from "./billing-world";

describe("a line is explained when its explanation is read", () => {
  const period = { startsOn: day("2026-01-01"), endsBefore: day("2026-02-01") };
  const lineCounting = () => {
    let count = 0;
    const line = makeLine(
      {
        key: "key",
        kind: "charge",
        adjusts: null,
        lineageId: "fee",
        boundId: null,
        fullPeriod: period,
        servicePeriod: period,
        timing: "in_arrears",
        chargeId: "charge",
        productId: "product",
        isOneTime: false,
        isMetered: false,
      },
      {
        currency: EUR,
        description: "Fee",
        precise: decimal(100),
        charge: decimal(100),
        explain: () => {
          count += 1;
          return { fullPeriodAmount: "100" };
        },
      },
    );
    return { line, count: () => count };
  };

  test("not before, and once", () => {
    const { line, count } = lineCounting();
    expect(line.net.amount.toFixed()).toBe("100");
    expect(count()).toBe(0);
    expect(line.explanation).toMatchObject({ fullPeriodAmount: "100", result: "100" });
    expect(line.explanation).toBe(line.explanation);
    expect(count()).toBe(1);
  });

  test("and is copied, compared and written with it", () => {
    const [{ line }, other] = [lineCounting(), lineCounting()];
    expect({ ...line }.explanation).toEqual(other.line.explanation);
    expect(line).toEqual(other.line);
    expect(JSON.parse(JSON.stringify(line)).explanation.result).toBe("100");
    expect(line).not.toEqual({ ...other.line, explanation: { ...other.line.explanation, result: "101" } });
  });
});

test("whole periods of a charge come to the same, each explained by its own days", () => {
  const seats = charge("seats", {
    price: { model: "seat", perSeat: { model: "per_unit", unitPrice: decimal(10) }, strategy: "prorate_all_changes" },
    quantity: decimal(3),
    timing: "in_advance",
  });
  const lines = linesDue(contract([seats]), { from: day("2026-01-01"), through: day("2026-03-31") });
  expect(lines.map(({ net, explanation }) => [net.amount.toFixed(), explanation.slices[0]?.days])).toEqual([
    ["30", 31],
    ["30", 28],
    ["30", 31],
  ]);
});
