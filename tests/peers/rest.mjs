// Drives the REST API of the emulator with Twilio's own library, and prints what the library read as JSON.
// Arguments: base URL, account SID, auth token.
import twilio from "twilio";

const [base, accountSid, authToken] = process.argv.slice(2);

/** The library knows the real hosts only; the way there is changed and nothing else. */
class Local extends twilio.RequestClient {
  request(options) {
    const { pathname, search } = new URL(options.uri);
    return super.request({ ...options, uri: `${base}${pathname}${search}` });
  }
}

const client = (user, password) => twilio(user, password, { accountSid, httpClient: new Local() });

/** What an error of the library says. */
const failure = async (promise) => {
  try {
    await promise;
  } catch ({ name, status, code, message, moreInfo }) {
    return { name, status, code, message, moreInfo };
  }
  return null;
};

async function main() {
  const owner = client(accountSid, authToken);
  const account = await owner.api.v2010.accounts(accountSid).fetch();
  const key = await owner.newKeys.create({ friendlyName: "interop" });
  const keys = await owner.keys.list();
  const application = await owner.applications.create({
    friendlyName: "interop",
    voiceUrl: "https://phone.example.com/out",
    voiceMethod: "POST",
  });
  const renamed = await owner.applications(application.sid).update({ friendlyName: "renamed" });
  const named = await owner.applications.list({ friendlyName: "renamed" });
  for (let count = 0; count < 5; count++) await owner.applications.create({ friendlyName: `page ${count}` });
  const paged = await owner.applications.list({ pageSize: 2 });
  const [number] = await owner.incomingPhoneNumbers.list({ phoneNumber: "+815031234567" });
  const changed = await owner.incomingPhoneNumbers(number.sid).update({
    voiceApplicationSid: application.sid,
    statusCallback: "https://phone.example.com/status",
  });
  const callers = await owner.outgoingCallerIds.list();
  const balance = await owner.balance.fetch();
  const japan = await owner.voice.v1.dialingPermissions.countries("JP").fetch();
  const countries = await owner.voice.v1.dialingPermissions.countries.list({ pageSize: 100 });
  const standard = client(key.sid, key.secret);
  const report = {
    account: { sid: account.sid, status: account.status, type: account.type, born: account.dateCreated },
    key: { sid: key.sid, secret: key.secret.length, listed: keys.some(({ sid }) => sid === key.sid) },
    application: { voiceUrl: renamed.voiceUrl, voiceMethod: renamed.voiceMethod, named: named.length },
    paged: paged.length,
    number: {
      phoneNumber: number.phoneNumber,
      voice: number.capabilities.voice,
      before: number.voiceApplicationSid,
      after: changed.voiceApplicationSid === application.sid,
      statusCallback: changed.statusCallback,
    },
    callers: callers.map(({ phoneNumber }) => phoneNumber),
    balance: balance.currency,
    japan: { name: japan.name, codes: japan.countryCodes, low: japan.lowRiskNumbersEnabled },
    countries: countries.length,
    allowed: (await standard.applications.list({ limit: 1 })).length,
    forbidden: await failure(standard.keys.list()),
    badUrl: await failure(owner.applications(application.sid).update({ voiceUrl: "phone.example.com" })),
    missing: await failure(owner.applications("AP99999999999999999999999999999999").fetch()),
    wrongToken: await failure(client(accountSid, "wrong").balance.fetch()),
    removed: [await owner.applications(application.sid).remove(), await owner.keys(key.sid).remove()],
  };
  console.log(JSON.stringify(report));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
