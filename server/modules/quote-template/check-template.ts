import { InputProblems } from "../../platform/input-problems";
import { conflict, type Problem } from "../../platform/refusal";
import type { QuoteTemplate } from "./quote-template";

export function checkTemplate({ name, description }: Pick<QuoteTemplate, "name" | "description">): readonly Problem[] {
  const problems = new InputProblems();
  problems.checkText(name, "The name", 200, "name");
  problems.checkOptionalText(description, "The description", 2_000, "description");
  return problems.found;
}

export const nameTaken = (name: string) =>
  conflict("NAME_TAKEN", `There is another template with the name "${name}".`, ["name"]);
