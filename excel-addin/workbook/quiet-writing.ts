import { send } from "./excel-errors";

/**
 * Runs a big write without calculation and events in between, and puts both back as they were, whatever happens. The screen
 * and the calculation are held back once more for every single request, which is all that Excel offers for those.
 */
export async function writeQuietly<Result>(
  context: Excel.RequestContext,
  write: () => Promise<Result>,
): Promise<Result> {
  const { application } = context.workbook;
  await send(context, () => application.load("calculationMode"));
  const mode = application.calculationMode;
  await send(context, () => {
    if (mode !== Excel.CalculationMode.manual) application.calculationMode = Excel.CalculationMode.manual;
    context.runtime.enableEvents = false;
  });
  try {
    return await write();
  } finally {
    await send(context, () => {
      application.calculationMode = mode;
      context.runtime.enableEvents = true;
    });
  }
}

export function holdBack(context: Excel.RequestContext): void {
  context.application.suspendApiCalculationUntilNextSync();
  context.application.suspendScreenUpdatingUntilNextSync();
}

/** One value for all cells of a range: Excel takes it, and it spares sending the same thing ten thousand times. */
export function setAll(range: Excel.Range, property: "numberFormat" | "formulas" | "values", value: string): void {
  (range as unknown as Record<typeof property, string>)[property] = value;
}
