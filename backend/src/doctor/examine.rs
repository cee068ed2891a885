use std::{collections::BTreeSet, path::Path, sync::Arc};

use reqwest::Client;
use shared::{Country, PhoneNumber};

use super::{
    account, application, caller_id, clock, edges, facts::AccountFacts, finding::Finding, key, lines, page,
    permissions, public_url, sign_in, signature, store, strays, token, web,
};
use crate::{
    clock::now_s,
    config::Settings,
    dialling::policy::Countries,
    store::Store,
    twilio::rest::{Hosts, Rest, RestError},
};

/// What is looked at.
pub struct Subject<'a> {
    pub settings: &'a Settings,
    /// The file that they are from, if they are from one.
    pub config: Option<&'a Path>,
    pub hosts: Hosts,
    /// Twilio is an emulator on this machine.
    pub emulated: bool,
}

/// Looks at everything. Changes nothing; works while the server runs.
pub async fn examine(subject: &Subject<'_>) -> Vec<Finding> {
    let settings = subject.settings;
    let mut findings = vec![Finding::fine("config", "the configuration is complete")];
    let (finding, store) = store::look_at(&settings.database).await;
    findings.push(finding);
    findings.extend(store::privacy(subject.config, &settings.database));
    let lines = lines_of(store, &mut findings).await;
    match Rest::new(subject.hosts.clone(), &settings.twilio.account_sid, settings.twilio.auth_token.clone()) {
        Ok(rest) => findings.extend(in_account(&rest, settings, lines.as_deref()).await),
        Err(error) => findings.push(Finding::failed("credentials", &error)),
    }
    findings.push(token::minted(&settings.twilio, now_s(), settings.token_lifetime_s));
    match web::client() {
        Ok(client) => findings.extend(through_the_web(&client, subject).await),
        Err(error) => findings.push(Finding::failed("public_url", &error)),
    }
    findings
}

async fn lines_of(store: Option<Arc<dyn Store>>, findings: &mut Vec<Finding>) -> Option<Vec<PhoneNumber>> {
    match store::lines(&*store?).await {
        Ok((lines, by_email)) => {
            findings.extend(sign_in::credentials(&lines, &by_email, now_s()));
            Some(lines.into_iter().map(|line| line.phone_number).collect())
        }
        Err(error) => {
            findings.push(Finding::failed("store", &error));
            None
        }
    }
}

async fn in_account(rest: &Rest, settings: &Settings, lines: Option<&[PhoneNumber]>) -> Vec<Finding> {
    let twilio = &settings.twilio;
    let with_key = rest.with_key(&twilio.api_key_sid, twilio.api_key_secret.clone());
    let facts = match AccountFacts::read(rest, &with_key).await {
        Ok(facts) => facts,
        Err(error) => return without_account(&error),
    };
    let mut findings = vec![
        account::credentials(&Ok(&facts.account)),
        account::trial(&facts.account, &facts.caller_ids),
        clock::skew(facts.account.date.as_deref(), now_s()),
        key::api_key(&twilio.api_key_sid, &facts),
        application::twiml_app(&twilio.application_sid, &settings.public_url, &facts.applications),
    ];
    let Some(lines) = lines else {
        findings.push(Finding::skipped("line", "the lines are not known without a database of this version"));
        return findings;
    };
    findings.extend(lines::numbers_of_lines(lines, &settings.public_url, &facts.numbers));
    findings.extend(caller_id::caller_ids(lines, &facts.numbers, &facts.caller_ids));
    findings.extend(strays::numbers_without_line(lines, &settings.public_url, &facts.numbers));
    findings.extend(permissions::check(rest, dialled(&settings.dial.countries, lines).as_deref()).await);
    findings
}

fn without_account(error: &RestError) -> Vec<Finding> {
    let mut findings = vec![account::credentials(&Err(error))];
    for check in ["trial", "clock", "api_key", "twiml_app", "line", "caller_id", "strays", "permissions"] {
        findings.push(Finding::skipped(check, "the account cannot be read"));
    }
    findings
}

/// The countries that lines may dial; `None` for all.
fn dialled(countries: &Countries, lines: &[PhoneNumber]) -> Option<Vec<String>> {
    let codes: BTreeSet<_> = match countries {
        Countries::All => return None,
        Countries::These(territories) => territories.iter().map(ToString::to_string).collect(),
        Countries::LinesOwn => {
            let own = lines.iter().filter_map(PhoneNumber::country);
            own.map(|country| Country::code(country).to_owned()).collect()
        }
    };
    Some(codes.into_iter().collect())
}

async fn through_the_web(client: &Client, subject: &Subject<'_>) -> Vec<Finding> {
    let settings = subject.settings;
    let visit = public_url::visit(client, &settings.public_url, now_s()).await;
    let mut findings = visit.findings;
    if visit.reached {
        let token = &settings.twilio.auth_token;
        findings.push(signature::round_trip(client, &settings.public_url, token).await);
    } else {
        findings.push(Finding::skipped("signature", "the public URL does not lead to the server"));
    }
    let server = visit.reached.then_some((client, &settings.public_url));
    findings.extend(page::check(&settings.page, server).await);
    let emulator = subject.emulated.then_some(&*subject.hosts.api);
    findings.extend(edges::check(client, &settings.edges, emulator).await);
    findings
}
