use x509_parser::parse_x509_certificate;

use super::{finding::Finding, web};

/// Renewal should have happened by then.
const FEW_DAYS: i64 = 14;

/// How long a certificate that was accepted is still valid. DER.
pub(super) fn check(der: Option<&[u8]>, now_s: i64) -> Finding {
    match der.and_then(validity) {
        None => Finding::skipped("certificate", "it cannot be read"),
        Some((_, until)) => match (until - now_s).div_euclid(86_400) {
            days if days < FEW_DAYS => Finding::warning(
                "certificate",
                format!("the certificate ends in {days} days"),
                "Renew it, and see why it is not renewed by itself.",
            ),
            days => Finding::fine("certificate", format!("the certificate is valid for {days} days")),
        },
    }
}

/// Why a server that does not answer was not believed, if that is the reason.
pub(super) async fn of_unreachable(url: &str, now_s: i64) -> Option<Finding> {
    let response = web::credulous_client().ok()?.get(url).send().await.ok()?;
    // It answers whoever does not look at the certificate: so that is what is wrong.
    Some(refused(web::certificate(&response).as_deref(), now_s))
}

fn refused(der: Option<&[u8]>, now_s: i64) -> Finding {
    let says = match der.and_then(validity) {
        Some((_, until)) if until < now_s => {
            format!("the certificate ended {} days ago: browsers and Twilio refuse it", (now_s - until) / 86_400)
        }
        Some((from, _)) if from > now_s => "the certificate is not valid yet: is the clock right?".to_owned(),
        _ => "the certificate is not for this name, or nobody known has signed it: browsers and Twilio refuse it"
            .to_owned(),
    };
    Finding::wrong(
        "certificate",
        says,
        "Let the proxy get a certificate for the name in public_url (Let's Encrypt is free), and serve it with the \
         whole chain.",
    )
}

/// From and until, seconds since the Unix epoch.
fn validity(der: &[u8]) -> Option<(i64, i64)> {
    let (_, certificate) = parse_x509_certificate(der).ok()?;
    let validity = certificate.validity();
    Some((validity.not_before.timestamp(), validity.not_after.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Verdict;

    #[test]
    fn days_are_counted() {
        let mut params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(2026, 1, 1);
        params.not_after = rcgen::date_time_ymd(2026, 3, 1);
        let key = rcgen::KeyPair::generate().unwrap();
        let der = params.self_signed(&key).unwrap().der().to_vec();
        let day = |n: i64| 1_767_225_600 + n * 86_400;
        assert_eq!(check(Some(&der), day(0)).verdict, Verdict::Fine);
        assert!(check(Some(&der), day(0)).says.contains("59 days"));
        assert_eq!(check(Some(&der), day(50)).verdict, Verdict::Warning);
        assert!(refused(Some(&der), day(62)).says.contains("ended 3 days ago"));
        assert!(refused(Some(&der), day(-1)).says.contains("not valid yet"));
        assert!(refused(Some(&der), day(1)).says.contains("not for this name"));
        assert_eq!(check(Some(b"nonsense"), 0).verdict, Verdict::Skipped);
    }
}
