import type { CodegenConfig } from "@graphql-codegen/cli";

/** Decimals, days and months stay the strings that they are on the wire; nothing is turned into a number by accident. */
const scalars = {
  Decimal: "string",
  Percent: "string",
  PlainDate: "string",
  PlainMonth: "string",
  DateTime: "string",
  JSON: "unknown",
  GridCell: "string | boolean",
};

/** Types and texts of the documents in schema/operations, for the add-in and the terminal; no graphql-js at run time. */
const config: CodegenConfig = {
  schema: "schema/schema.graphql",
  documents: "schema/operations/*.graphql",
  generates: {
    "schema/generated/operations.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: {
        documentMode: "string",
        enumType: "string-literal",
        defaultScalarType: "unknown",
        strictScalars: true,
        scalars,
        useTypeImports: true,
        skipTypename: true,
        immutableTypes: true,
        dedupeFragments: true,
      },
    },
  },
};

// biome-ignore lint/style/noDefaultExport: graphql-codegen reads the default export.
export default config;
