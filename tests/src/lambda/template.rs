//! The template in `deploy/aws`, as far as requests are concerned.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

/// Where requests for some paths go, and what is done to them.
#[derive(Clone, Debug)]
pub struct Behaviour {
    /// With `*` for anything; empty for all that no other one is for.
    pub pattern: String,
    /// `page` or `api`.
    pub origin: String,
    pub methods: Vec<String>,
    /// Code of the function that sees requests.
    pub on_request: Option<String>,
    /// Code of the function that sees answers.
    pub on_response: Option<String>,
    /// Headers that answers get.
    pub headers: Vec<(String, String)>,
}

/// The first one that fits counts.
pub struct Template(Vec<Behaviour>);

impl Template {
    /// # Errors
    /// cfn-lint is missing, or the template has another form.
    pub fn read() -> Result<Self> {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        let output = Command::new(tests.join(".venv/bin/python"))
            .arg(tests.join("peers/template.py"))
            .arg(tests.join("../deploy/aws/template.yaml"))
            .output()
            .context("Python's packages are missing: `make e2e` fetches them")?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let template: Value = serde_json::from_slice(&output.stdout)?;
        let resources = &template["Resources"];
        let distribution = &resources["Distribution"]["Properties"]["DistributionConfig"];
        let several = distribution["CacheBehaviors"].as_array().context("no behaviours")?;
        let all = several.iter().chain([&distribution["DefaultCacheBehavior"]]);
        Ok(Self(all.map(|behaviour| Behaviour::read(resources, behaviour)).collect::<Result<_>>()?))
    }

    /// Which one is for this path.
    pub fn behaviour(&self, path: &str) -> Result<&Behaviour> {
        let path = path.trim_start_matches('/');
        let found = self.0.iter().find(|behaviour| fits(&behaviour.pattern, path));
        found.context("the default is for all paths")
    }
}

impl Behaviour {
    fn read(resources: &Value, behaviour: &Value) -> Result<Self> {
        let function = |event: &str| -> Result<Option<String>> {
            let functions = behaviour["FunctionAssociations"].as_array().into_iter().flatten();
            let Some(function) = functions.into_iter().find(|function| function["EventType"] == event) else {
                return Ok(None);
            };
            let name = function["FunctionARN"]["Fn::GetAtt"][0].as_str().context("a function's name")?;
            let code = resources[name]["Properties"]["FunctionCode"].as_str().context("a function's code")?;
            Ok(Some(code.to_owned()))
        };
        let text = |key: &str| behaviour[key].as_str().unwrap_or_default().to_owned();
        let methods = behaviour["AllowedMethods"].as_array().context("no methods")?;
        let headers = match behaviour["ResponseHeadersPolicyId"]["Ref"].as_str() {
            Some(name) => headers(&resources[name]["Properties"]["ResponseHeadersPolicyConfig"])?,
            None => Vec::new(),
        };
        Ok(Self {
            pattern: text("PathPattern"),
            origin: text("TargetOriginId"),
            methods: methods.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            on_request: function("viewer-request")?,
            on_response: function("viewer-response")?,
            headers,
        })
    }
}

fn headers(policy: &Value) -> Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    for (kind, said) in policy["SecurityHeadersConfig"].as_object().context("no security headers")? {
        let (name, value) = match kind.as_str() {
            "ContentTypeOptions" => ("x-content-type-options", "nosniff".to_owned()),
            "ReferrerPolicy" => ("referrer-policy", plain(&said["ReferrerPolicy"])),
            "StrictTransportSecurity" => {
                ("strict-transport-security", format!("max-age={}", plain(&said["AccessControlMaxAgeSec"])))
            }
            other => bail!("what CloudFront makes of {other} is not known here"),
        };
        headers.push((name.to_owned(), value));
    }
    for item in policy["CustomHeadersConfig"]["Items"].as_array().context("no other headers")? {
        headers.push((plain(&item["Header"]), plain(&item["Value"])));
    }
    Ok(headers)
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn fits(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern.is_empty() || pattern == path,
        Some((before, after)) => path.starts_with(before) && path.ends_with(after),
    }
}
