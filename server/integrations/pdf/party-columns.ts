import { body, type Desk, label, leftText, name, rightText, rule, type Style, small, stack } from "./desk";
import type { Mark } from "./paginate";

/** What stands beside a title; null: the title is not there either. */
export type TitledFact = readonly [title: string, value: string | null];

type Party = { x: number; width: number; title: string; legalName: string; addressLines: readonly string[] };

/** Who takes part, one under the other; answers where the column ends. */
export const partyColumn = (desk: Desk, marks: Mark[], at: Party, facts: readonly TitledFact[]): number => {
  const element = desk.element("Sect");
  let y = stack(marks, [desk.line(at.title, label)], label, { x: at.x, y: 0, element: desk.element("H2", element) });
  const put = (text: string, style: Style, lines: number) => {
    y = stack(marks, desk.clamped(text, style, at.width, lines), style, {
      x: at.x,
      y,
      element: desk.element("P", element),
    });
  };
  y += 3;
  put(at.legalName, name, 8);
  for (const line of at.addressLines.slice(0, 9)) put(line, body, 3);
  y += 4;
  for (const [title, value] of facts) if (value) put(title ? `${title} ${value}` : value, small, 3);
  return y;
};

/** The facts of the document, title on the left, value on the right; answers where the column ends. */
export const factColumn = (
  desk: Desk,
  marks: Mark[],
  at: { x: number; width: number },
  facts: readonly TitledFact[],
): number => {
  let y = 0;
  const element = desk.element("Sect");
  const valueStyle: Style = { ...body, size: 8.5, leading: 16 };
  for (const [title, value] of facts) {
    if (!value) continue;
    const paragraph = desk.element("P", element);
    const titleLine = desk.line(title, { ...small, leading: 16 });
    marks.push(leftText(titleLine, { ...small, leading: 16 }, at.x, y, paragraph));
    const lines = desk.clamped(value, valueStyle, at.width - titleLine.width - 12, 4);
    for (const [index, line] of lines.entries()) {
      marks.push(rightText(line, valueStyle, at.x + at.width, y + index * 12, paragraph));
    }
    y += Math.max(1, lines.length - 1) * 12 + (lines.length > 1 ? 16 : 4);
    marks.push(rule(at.x, y - 0.4, at.width));
  }
  return y;
};
