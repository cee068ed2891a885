// A server in the manner of Twilio's quickstart for Node: the token, and the TwiML of an outgoing call. It signs nobody in, checks
// no signature and keeps no log. `node quickstart.mjs PORT`
import express from "express";
import twilio from "twilio";

const { AccessToken } = twilio.jwt;
const [port] = process.argv.slice(2);
const app = express();
app.use(express.urlencoded({ extended: false }));

app.post("/token", (_request, response) => {
  const token = new AccessToken("AC" + "0".repeat(32), "SK" + "0".repeat(32), "s".repeat(32), { identity: "user", ttl: 900 });
  token.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: "AP" + "0".repeat(32), incomingAllow: true }));
  response.json({ identity: "user", token: token.toJwt() });
});

app.post("/voice", (request, response) => {
  const voice = new twilio.twiml.VoiceResponse();
  voice.dial({ callerId: "+815031234567" }).number(request.body.To);
  response.type("text/xml").send(voice.toString());
});

app.listen(Number(port), "127.0.0.1");
