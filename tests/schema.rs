//! The JSON Schema in `docs/` is the one that the wire type gives, and the examples fit it.
#![cfg(feature = "schema")]

use std::path::Path;

use serde_json::{Value, json};

#[test]
fn the_schema_in_the_docs_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/report.schema.json");
    let current = probative::report::schema();
    if std::env::var_os("PROBATIVE_UPDATE").is_some() {
        std::fs::write(&path, &current).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(written, current, "run the test with PROBATIVE_UPDATE=1 and review the change");
}

#[test]
fn every_key_and_word_of_the_examples_is_in_the_schema() {
    let schema: Value = serde_json::from_str(&probative::report::schema()).unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reports");
    for entry in std::fs::read_dir(examples).unwrap() {
        let report = probative::report::Report::load(entry.unwrap().path()).unwrap();
        let value: Value = serde_json::from_str(&report.to_json()).unwrap();
        fits(&schema, &schema, &value, "").unwrap();
    }
    for wrong in [
        json!({ "format": "probative/2" }),
        json!({ "format": "probative/1", "titel": "x" }),
        json!({ "format": "probative/1", "title": null }),
        json!({ "format": "probative/1", "sources": [{ "id": "s", "kind": "alien" }] }),
        json!({ "format": "probative/1", "items": [{ "id": "i" }] }),
    ] {
        assert!(fits(&schema, &schema, &wrong, "").is_err(), "{wrong}");
    }
}

/// As much of JSON Schema as the generated schema uses.
fn fits(root: &Value, schema: &Value, value: &Value, path: &str) -> Result<(), String> {
    let say = |what: &str| Err(format!("{path}: {value} {what}"));
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(reference.trim_start_matches('#')).unwrap();
        fits(root, target, value, path)?;
    }
    for several in ["anyOf", "oneOf"] {
        let options = schema.get(several).and_then(Value::as_array);
        if options.is_some_and(|all| all.iter().all(|one| fits(root, one, value, path).is_err())) {
            return say("fits no option");
        }
    }
    if schema.get("const").is_some_and(|constant| constant != value) {
        return say("is not the constant");
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array)
        && !words.contains(value)
    {
        return say("is not in the list");
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    match schema.get("type").and_then(Value::as_str) {
        Some("number") if kind == "integer" => {}
        Some(expected) if expected != kind => return say(&format!("is no {expected}")),
        _ => {}
    }
    for key in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
        if value.get(key.as_str().unwrap()).is_none() {
            return say(&format!("lacks {key}"));
        }
    }
    if let (Some(object), Some(properties)) = (value.as_object(), schema.get("properties")) {
        for (key, value) in object {
            let Some(property) = properties.get(key) else {
                return say(&format!("has an unknown key {key}"));
            };
            fits(root, property, value, &format!("{path}/{key}"))?;
        }
    }
    if let (Some(list), Some(items)) = (value.as_array(), schema.get("items")) {
        for (at, value) in list.iter().enumerate() {
            fits(root, items, value, &format!("{path}/{at}"))?;
        }
    }
    Ok(())
}
