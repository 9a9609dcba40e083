import type { Price } from "./price";

/** The price as it holds in a free trial: nothing is due where nothing is used, neither a minimum nor a tier's fee. */
export function inFreeTrial(price: Price): Price {
  const { minimum: _, ...rest } = price;
  return withoutFeeAtZero(rest);
}

function withoutFeeAtZero<P extends Price>(price: P): P {
  switch (price.model) {
    case "graduated":
    case "volume":
    case "graduated_percentage":
      return { ...price, feeAtZero: false };
    case "seat":
      return { ...price, perSeat: withoutFeeAtZero(price.perSeat) };
    default:
      return price;
  }
}
