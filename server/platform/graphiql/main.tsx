import { createGraphiQLFetcher } from "@graphiql/toolkit";
import "graphiql/setup-workers/vite";
import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import { createRoot } from "react-dom/client";

/** GraphiQL of this server, from this server: nothing is loaded from elsewhere. Send the API key as a header. */
const fetcher = createGraphiQLFetcher({ url: "/graphql" });

const WELCOME = `# Billgrid's API. Say who you are in the Headers tab below:
#   { "Authorization": "Bearer <API key or session token>" }

query Start {
  viewer { name role organization { legalName today } }
  savedViews { id name }
}
`;

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <GraphiQL
      fetcher={fetcher}
      defaultQuery={WELCOME}
      defaultHeaders={'{ "Authorization": "Bearer " }'}
      shouldPersistHeaders={false}
    />,
  );
