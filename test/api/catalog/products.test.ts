import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../../server/platform/ids";
import { type Answer, type Client, startTestApi, type TestApi } from "../../testkit/api";

let api: TestApi;
let admin: Client;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  admin = (await api.organization()).admin;
});
afterAll(() => api.stop());

const ALL = "id code name description unit taxCode ledgerAccount version";
const create = (input: object = {}) =>
  admin.command("createProduct", `product { ${ALL} }`, {
    code: "API",
    name: "API calls",
    taxCode: "standard",
    ...input,
  });
const update = (input: object) => admin.command("updateProduct", `product { ${ALL} }`, input);

describe("a product", () => {
  test("is added with its code", async () => {
    const { product } = await create({ unit: "API call" });
    expect(product).toMatchObject({
      code: "API",
      name: "API calls",
      description: null,
      unit: "API call",
      taxCode: "standard",
      ledgerAccount: null,
      version: 1,
    });
    expect((await admin.data(`query ($id: ID!) { product(id: $id) { ${ALL} } }`, { id: product.id })).product).toEqual(
      product,
    );
  });

  test("is refused with a code that another one has", async () => {
    await create();
    expect(await create({ name: "Other" })).toMatchObject({
      __typename: "Conflict",
      code: "CODE_TAKEN",
      path: ["code"],
    });
    const { product } = await create({ code: "SEAT" });
    expect(await update({ id: product.id, version: 1, code: "API" })).toMatchObject({ code: "CODE_TAKEN" });
  });

  test("is refused with empty text", async () => {
    const { problems } = await create({ code: "", name: " ", unit: "" });
    expect(problems.map(({ path }: Answer) => path)).toEqual([["code"], ["name"], ["unit"]]);
  });

  test("changes by version; what is left out stays, null takes away", async () => {
    const { product } = await create({ unit: "call", ledgerAccount: "4000" });
    expect((await update({ id: product.id, version: 1, unit: null, name: "Calls" })).product).toEqual({
      ...product,
      unit: null,
      name: "Calls",
      version: 2,
    });
    expect(await update({ id: product.id, version: 1, name: "Late" })).toMatchObject({
      __typename: "StaleVersion",
      currentVersion: 2,
    });
    expect(await update({ id: product.id, version: 2, taxCode: null })).toMatchObject({
      code: "NULL_NOT_ALLOWED",
      path: ["taxCode"],
    });
    expect(await update({ id: newId(), version: 1, name: "Nobody" })).toMatchObject({ code: "PRODUCT_NOT_FOUND" });
  });

  test("is listed by name, page by page", async () => {
    for (const code of ["C", "A", "B"]) await create({ code, name: `Name ${code}` });
    const page = async (after: string | null) =>
      (
        await admin.data(
          "query ($after: String) { products(first: 2, after: $after) { nodes { code } pageInfo { endCursor hasNextPage } } }",
          { after },
        )
      ).products;
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    expect([first, second].map(({ nodes }) => nodes.map(({ code }: Answer) => code))).toEqual([["A", "B"], ["C"]]);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  test("of another organization does not exist", async () => {
    const theirs = await api.organization();
    const { product } = await theirs.admin.done("createProduct", "product { id }", {
      code: "API",
      name: "Theirs",
      taxCode: "standard",
    });
    expect((await admin.data("query ($id: ID!) { product(id: $id) { id } }", { id: product.id })).product).toBeNull();
    expect(await update({ id: product.id, version: 1, name: "Mine" })).toMatchObject({ __typename: "NotFound" });
    expect((await create()).__typename).toBe("CreateProductSuccess");
  });
});
