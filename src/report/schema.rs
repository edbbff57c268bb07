//! JSON Schema of the report file, from the type that reads it.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::wire;
use crate::digest::Digest;
use crate::grade::{Credibility, Reliability};
use crate::moment::Moment;

/// The JSON Schema (draft 2020-12) of the report file, as `docs/report.schema.json` has it.
///
/// It knows shapes, words and ranges; that a reference leads somewhere only reading the report
/// can tell.
///
/// ```
/// let schema = probative::report::schema();
/// assert!(schema.contains("\"probative/1\""));
/// ```
pub fn schema() -> String {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(without_null));
    let generator = settings.into_generator();
    let schema = generator.into_root_schema_for::<wire::Report>();
    // A schema has text keys and finite numbers only, so this cannot fail.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

/// What is not known is left out of a report; no key may be null.
fn without_null(schema: &mut Schema) {
    let null = Value::from("null");
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|one| *one != null);
        if let [only] = &types[..] {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(options)) = schema.get_mut("anyOf") {
        options.retain(|option| option.get("type") != Some(&null));
        if let [Value::Object(only)] = &options[..] {
            let only = only.clone();
            schema.remove("anyOf");
            for (key, value) in only {
                schema.insert(key, value);
            }
        }
    }
}

impl JsonSchema for Reliability {
    fn schema_name() -> Cow<'static, str> {
        "Reliability".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let letters: Vec<&str> = Self::ALL.iter().map(|letter| letter.as_str()).collect();
        json_schema!({
            "description": "Admiralty reliability letter; G, deliberately deceptive, is MISP's.",
            "enum": letters,
        })
    }
}

impl JsonSchema for Credibility {
    fn schema_name() -> Cow<'static, str> {
        "Credibility".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Admiralty credibility digit, as text or number.",
            "enum": ["1", "2", "3", "4", "5", "6", 1, 2, 3, 4, 5, 6],
        })
    }
}

impl JsonSchema for Digest {
    fn schema_name() -> Cow<'static, str> {
        "Digest".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "algorithm:hex",
            "type": "string",
            "pattern": "^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$",
        })
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A date, or an RFC 3339 time.",
            "type": "string",
            "anyOf": [{ "format": "date" }, { "format": "date-time" }],
        })
    }
}
