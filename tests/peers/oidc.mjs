// A real OpenID provider on a free loopback port. Prints its issuer; reads our redirect address, one line; prints "ready".
// Its sign-in form is a query: ?login=<account>. Argument: where it tells the e-mail address, "id_token" or "userinfo".
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import Provider from "oidc-provider";

const accounts = {
  ann: { email: "Ann@example.com", email_verified: true },
  eve: { email: "eve@example.com", email_verified: true },
  mallory: { email: "ann@example.com", email_verified: false },
  nobody: {},
};

const server = createServer();
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const issuer = `http://127.0.0.1:${server.address().port}`;
console.log(issuer);

// What the provider itself has to say is not for us.
console.info = console.warn = console.error;

const lines = createInterface({ input: process.stdin });
const [redirectUri] = await new Promise((read) => lines.once("line", (line) => read([line])));

const provider = new Provider(issuer, {
  clients: [{ client_id: "sidetone", client_secret: "secret of sidetone", redirect_uris: [redirectUri] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  conformIdTokenClaims: process.argv[2] !== "id_token",
  cookies: { keys: ["of the tests"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts[sub] }) }),
  // Everybody agrees.
  loadExistingGrant: async (context) => {
    const { client, session } = context.oidc;
    const grant = new context.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid email");
    await grant.save();
    return grant;
  },
});

const answer = provider.callback();
server.on("request", (request, response) => {
  const url = new URL(request.url, issuer);
  if (!url.pathname.startsWith("/interaction/")) return answer(request, response);
  const login = url.searchParams.get("login");
  const result = login ? { login: { accountId: login } } : { error: "access_denied" };
  provider.interactionFinished(request, response, result).catch((error) => {
    response.statusCode = 500;
    response.end(String(error));
  });
});
console.log("ready");
// Ends with the test.
lines.on("close", () => process.exit(0));
