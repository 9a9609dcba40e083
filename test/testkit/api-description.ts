import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Ajv, { type ValidateFunction } from "ajv-draft-04";
import { parse } from "yaml";

/** A request as it came over the wire; the path without the server's own prefix. */
export type DescribedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string | null;
  readonly authorization: string | null;
  /** by their names in lower case; without them those that the description wants are not looked at */
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
};

/** The published description of an API, by which both sides of a conversation are checked. */
export type ApiDescription = {
  /** Which operation the request is, and everything in it that the description does not allow; none: it is right. */
  check(request: DescribedRequest): Promise<CheckedRequest>;
  /** Everything in an answer that the description does not promise. */
  checkAnswer(operationId: string, answer: { status: number; contentType: string; body: Buffer }): readonly string[];
};

export type CheckedRequest = {
  readonly problems: readonly string[];
  /** null: the description knows no such path and method. */
  readonly operationId: string | null;
};

type Json = { readonly [key: string]: unknown };
type Operation = Json & { readonly operationId: string; readonly parameters?: readonly Json[] };
type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Json };

const read = new Map<string, ApiDescription>();

/** A description beside the checkout; null where that folder is absent, as it is no part of it. */
export function readDescription(name: string): ApiDescription | null {
  const file = fileURLToPath(new URL(`../../../shared/contracts/${name}`, import.meta.url));
  if (!existsSync(file)) return null;
  const description = read.get(name) ?? describedBy(parse(readFileSync(file, "utf8")) as Json);
  read.set(name, description);
  return description;
}

function describedBy(document: Json): ApiDescription {
  const ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS });
  ajv.addSchema(closed(document) as object, "api");
  const validators = new Map<string, ValidateFunction>();
  const validate = (pointer: string, value: unknown, where: string): string[] => {
    const validator = validators.get(pointer) ?? ajv.compile({ $ref: `api#${pointer}` });
    validators.set(pointer, validator);
    if (validator(value)) return [];
    return (validator.errors ?? []).map(
      ({ instancePath, message, params }) => `${where}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
  const resolve = (value: Json): Json => {
    const ref = value["$ref"];
    if (typeof ref !== "string") return value;
    const steps = ref.slice("#/".length).split("/");
    return resolve(steps.reduce((at, step) => at[step] as Json, document));
  };
  const operations = Object.entries(document["paths"] as Record<string, Record<string, Operation>>).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const pointerOf = (...steps: readonly string[]) =>
    steps.map((step) => `/${encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("");

  return {
    async check({ method, path, query, contentType, authorization, headers, body }) {
      const found = operations
        .filter((one) => one.method === method.toLowerCase())
        .flatMap((one) => {
          const pathParameters = matchPath(one.path, path);
          return pathParameters ? [{ ...one, pathParameters }] : [];
        })
        // "/signature_request/list" is itself, and not the request whose id is "list".
        .sort((a, b) => Object.keys(a.pathParameters).length - Object.keys(b.pathParameters).length)[0];
      if (!found) return { problems: [`no operation ${method} ${path}`], operationId: null };
      const { operation, pathParameters } = found;
      const { operationId } = operation;
      const at = ["paths", found.path, found.method];
      const problems: string[] = [];
      if (!/^Basic .+|^Bearer .+/.test(authorization ?? "")) problems.push("no authorization");

      const ofPath = document["paths"] as Record<string, { parameters?: readonly Json[] }>;
      const declared = [
        ...(ofPath[found.path]?.parameters ?? []).map((given, index) => ({ given, at: ["paths", found.path], index })),
        ...(operation.parameters ?? []).map((given, index) => ({ given, at, index })),
      ].map(({ given, at: owner, index }) => ({
        parameter: resolve(given) as Parameter,
        pointer:
          typeof given["$ref"] === "string" ? given["$ref"].slice(1) : pointerOf(...owner, "parameters", String(index)),
      }));
      for (const { parameter, pointer } of declared) {
        if (parameter.in === "header" && !headers) continue;
        const given =
          parameter.in === "path"
            ? pathParameters[parameter.name]
            : parameter.in === "header"
              ? headers?.[parameter.name.toLowerCase()]?.toString()
              : query.get(parameter.name);
        if (given === null || given === undefined) {
          if (parameter.required) problems.push(`${parameter.in} ${parameter.name} is missing`);
        } else {
          const schema = resolve(parameter.schema);
          const isList = parameter.in === "query" && schema["type"] === "array" && !given.startsWith("[");
          const value = isList ? given.split(",") : fromText(given, schema);
          problems.push(...validate(`${pointer}/schema`, value, parameter.name));
        }
      }
      for (const name of query.keys()) {
        if (!declared.some(({ parameter }) => parameter.in === "query" && parameter.name === name)) {
          problems.push(`unknown query parameter ${name}`);
        }
      }

      const described = operation["requestBody"] as { required?: boolean; content: Record<string, Json> } | undefined;
      if (!described || body.length === 0) {
        if (described?.required) problems.push("the body is missing");
        if (!described && body.length > 0) problems.push("a body that nobody expects");
        return { problems, operationId };
      }
      const type = contentType?.split(";")[0]?.trim() ?? "";
      const media = described.content[type];
      if (!media) return { problems: [...problems, `content type ${type}`], operationId };
      const schema = resolve(media["schema"] as Json);
      const data =
        type === "multipart/form-data"
          ? await unfold(body, contentType ?? "", (schema["properties"] ?? {}) as Record<string, Json>, resolve)
          : (JSON.parse(body.toString("utf8")) as Json);
      problems.push(...validate(pointerOf(...at, "requestBody", "content", type, "schema"), data, "body"));
      return { problems, operationId };
    },

    checkAnswer(operationId, { status, contentType, body }) {
      const found = operations.find(({ operation }) => operation.operationId === operationId);
      if (!found) return [`no operation ${operationId}`];
      const responses = found.operation["responses"] as Record<string, { content?: Record<string, Json> }>;
      const key = [String(status), `${String(status)[0]}XX`].find((one) => responses[one]);
      if (!key) return [`no answer ${status}`];
      const type = contentType.split(";")[0]?.trim() ?? "";
      const content = (resolve(responses[key] as Json) as { content?: Record<string, Json> }).content ?? {};
      if (body.length === 0) return [];
      if (!content[type]) return [`no answer of ${type}`];
      if (!content[type]["schema"] || type !== "application/json") return [];
      const ref = (responses[key] as Json)["$ref"];
      const answerAt =
        typeof ref === "string" ? ref.slice(1) : pointerOf("paths", found.path, found.method, "responses", key);
      const pointer = answerAt + pointerOf("content", type, "schema");
      return validate(pointer, JSON.parse(body.toString("utf8")), "answer");
    },
  };
}

const FORMATS = {
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  binary: true,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  double: true,
  int32: true,
  int64: true,
  float: true,
  uri: true,
  "date-time": true,
} as const;

/** What a description does not name is not there: a misspelt property would pass for an unknown one. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, closed(inner)] as const);
  const schema = Object.fromEntries(entries) as Record<string, unknown>;
  const isPlainObject =
    typeof schema["properties"] === "object" &&
    !("additionalProperties" in schema) &&
    !["allOf", "oneOf", "anyOf", "discriminator"].some((key) => key in schema);
  return isPlainObject && (schema["type"] === "object" || "required" in schema)
    ? { ...schema, additionalProperties: false }
    : schema;
}

function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== given.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, step] of wanted.entries()) {
    const value = decodeURIComponent(given[index] ?? "");
    const name = /^\{(.+)\}$/.exec(step)?.[1];
    if (name === undefined) {
      if (step !== value) return null;
    } else if (value === "") return null;
    else parameters[name] = value;
  }
  return parameters;
}

/** A form's fields as the data they stand for: nested ones as JSON, files[0], files[1] as one list. */
async function unfold(
  body: Buffer,
  contentType: string,
  properties: Readonly<Record<string, Json>>,
  resolve: (schema: Json) => Json,
): Promise<Json> {
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": contentType } }).formData();
  const data: Record<string, unknown> = {};
  for (const [field, value] of form) {
    const name = field.replace(/\[\d*\]$/, "");
    if (typeof value !== "string") {
      data[name] = [...((data[name] as unknown[]) ?? []), "the bytes of a file"];
    } else {
      data[name] = properties[name] ? fromText(value, resolve(properties[name])) : value;
    }
  }
  return data;
}

function fromText(text: string, { type }: Json): unknown {
  if (type === "array" || type === "object") return JSON.parse(text);
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (type === "integer" || type === "number" || (type === undefined && /^\d+$/.test(text))) return Number(text);
  return text;
}
