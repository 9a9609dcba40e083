import { writeFileSync } from "node:fs";

/** A vitest reporter that leaves the counts of the run in a file for the launcher. */
// biome-ignore lint/style/noDefaultExport: vitest asks for it
export default class TestCount {
  onTestRunEnd(modules, unhandledErrors) {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      const before = count.failed;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") count.passed += 1;
        else if (state === "failed") count.failed += 1;
        else count.skipped += 1;
      }
      // A file that does not load, or a hook that throws, fails without a test.
      if (!module.ok() && count.failed === before) count.failed += 1;
    }
    writeFileSync(process.env.BILLGRID_TEST_COUNT, JSON.stringify(count));
  }
}
