import { expect, it } from "vitest";
import { benches } from "../bench/benches";

it.each(Object.entries(benches))("the bench %s runs and measures its limit beside it", async (_name, bench) => {
  const measurements = await bench({ isSmoke: true });
  expect(measurements.length).toBeGreaterThan(0);
  for (const { value, limit, ratio } of measurements) {
    expect(value).toBeGreaterThan(0);
    expect(limit).toBeGreaterThan(0);
    expect(ratio).toBeCloseTo(value / limit);
  }
});
