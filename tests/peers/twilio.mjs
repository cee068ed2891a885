// Twilio's library for Node, asked by a test: one JSON question a line on standard input, one JSON answer a line on
// standard output. See tests/tests/interop/peer.rs for the questions.

import { createInterface } from "node:readline";
import jsonwebtoken from "jsonwebtoken";
import twilio from "twilio";
import webhooks from "twilio/lib/webhooks/webhooks.js";

const { AccessToken } = twilio.jwt;

/** Pairs as the body parser of Express gives them: a name that comes several times has an array. */
function object(pairs) {
  const params = Object.create(null);
  for (const [name, value] of pairs) {
    if (!(name in params)) params[name] = value;
    else params[name] = [params[name], value].flat();
  }
  return params;
}

const answers = {
  sign: ({ token, url, params }) => webhooks.getExpectedTwilioSignature(token, url, object(params)),
  hash: ({ body }) => webhooks.getExpectedBodyHash(body),
  validate: ({ token, url, params, body, signature }) =>
    body === null
      ? webhooks.validateRequest(token, signature, url, object(params))
      : webhooks.validateRequestWithBody(token, signature, url, body),
  mint: ({ account, key, secret, identity, application, lifetime }) => {
    const token = new AccessToken(account, key, secret, { identity, ttl: lifetime });
    token.addGrant(new AccessToken.VoiceGrant({ incomingAllow: true, outgoingApplicationSid: application }));
    return token.toJwt();
  },
  read: ({ jwt, secret, key }) => {
    const { header, payload } = jsonwebtoken.verify(jwt, secret, { algorithms: ["HS256"], issuer: key, complete: true });
    return { header, claims: payload };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  let answer;
  try {
    answer = { answer: answers[question.op](question) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
