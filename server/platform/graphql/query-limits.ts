import {
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
} from "graphql";

export const DEPTH_LIMIT = 12;
export const COST_LIMIT = 50_000;

/** A variable may hold any page size; counted as a small page, so that reusable queries are not refused for what they could ask. */
const ASSUMED_ROWS = 10;

type Size = { readonly depth: number; readonly cost: number };
const NOTHING: Size = { depth: 0, cost: 0 };

function rowsOf(field: FieldNode): number {
  const first = field.arguments?.find(({ name }) => name.value === "first")?.value;
  if (!first) return 1;
  return first.kind === Kind.INT ? Math.max(1, Number(first.value)) : ASSUMED_ROWS;
}

/**
 * Refuses queries that are too deep or could answer too many fields, before anything runs. The cost of a field is one;
 * what lies below a connection counts once for each row that `first` asks for.
 */
export function queryLimits(context: ValidationContext): ASTVisitor {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of context.getDocument().definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const refuse = (message: string): void => context.reportError(new GraphQLError(message));

  const measured = new Map<string, Size>();
  const measureFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, NOTHING); // a cycle ends here; another rule refuses it
    const fragment = fragments.get(name);
    const size = fragment ? measure(fragment.selectionSet) : NOTHING;
    measured.set(name, size);
    return size;
  };
  const measureSelection = (selection: SelectionNode): Size => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return measureFragment(selection.name.value);
    if (selection.kind === Kind.INLINE_FRAGMENT) return measure(selection.selectionSet);
    if (selection.name.value.startsWith("__")) return NOTHING;
    if (!selection.selectionSet) return { depth: 1, cost: 1 };
    const below = measure(selection.selectionSet);
    return { depth: below.depth + 1, cost: 1 + below.cost * rowsOf(selection) };
  };
  const measure = ({ selections }: SelectionSetNode): Size =>
    selections
      .map(measureSelection)
      .reduce((a, b) => ({ depth: Math.max(a.depth, b.depth), cost: a.cost + b.cost }), NOTHING);

  return {
    OperationDefinition(operation) {
      const { depth, cost } = measure(operation.selectionSet);
      if (depth > DEPTH_LIMIT)
        refuse(
          `The query is ${depth} levels deep; the limit is ${DEPTH_LIMIT}. Ask for nested records in a second query.`,
        );
      if (cost > COST_LIMIT)
        refuse(
          `The query may answer ${cost} fields; the limit is ${COST_LIMIT}. Ask for fewer rows with first, or for fewer fields.`,
        );
      return false;
    },
  };
}
