//! The forms in which a program may write a secret without meaning to.

use md5::{Digest, Md5};

/// Bytes that must not be found.
pub struct Needle {
    pub secret: &'static str,
    pub form: &'static str,
    pub bytes: Vec<u8>,
}

/// Every form of every secret. The token's MD5 counts as the token: whoever has it can sign.
pub fn needles(secrets: &[(&'static str, String)]) -> Vec<Needle> {
    let mut all = vec![];
    for (secret, text) in secrets {
        for (form, bytes) in forms(text) {
            all.push(Needle { secret, form, bytes });
        }
        if secret.contains("token") {
            let digest = Md5::digest(text.as_bytes());
            all.push(Needle { secret, form: "MD5", bytes: digest.to_vec() });
            all.push(Needle { secret, form: "MD5 in hex", bytes: hex::encode(digest).into_bytes() });
        }
    }
    all
}

fn forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let bytes = text.as_bytes();
    let url = reqwest::Url::parse_with_params("http://x/", [("q", text)]).expect("a URL");
    let coded = url.query().and_then(|query| query.strip_prefix("q=")).expect("a query").to_owned();
    let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
    let characters: Vec<String> = text.chars().map(|character| format!("{character:?}")).collect();
    let json = serde_json::to_string(text).expect("JSON");
    let mut forms = vec![
        ("as it is", bytes.to_vec()),
        ("backwards", text.chars().rev().collect::<String>().into_bytes()),
        ("hex", hex::encode(bytes).into_bytes()),
        ("HEX", hex::encode_upper(bytes).into_bytes()),
        ("UTF-16, little end first", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16, big end first", text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("in a URL", coded.into_bytes()),
        ("in JSON", json.trim_matches('"').as_bytes().to_vec()),
        ("as a list of bytes", numbers.join(", ").into_bytes()),
        ("as a list of bytes, tight", numbers.join(",").into_bytes()),
        ("as a list of characters", characters.join(", ").into_bytes()),
    ];
    // In base64 a text looks different at each of three offsets; what the neighbours decide is cut off.
    for offset in 0..3 {
        let padded = [vec![b'x'; offset], bytes.to_vec()].concat();
        let whole = base64(&padded);
        let middle = whole.trim_end_matches('=');
        let (skip, keep) = (if offset == 0 { 0 } else { offset + 1 }, padded.len() / 3 * 4);
        let middle = middle.get(skip..keep.min(middle.len())).unwrap_or_default().to_owned();
        forms.push(("base64, URL-safe", middle.replace('+', "-").replace('/', "_").into_bytes()));
        forms.push(("base64", middle.into_bytes()));
    }
    forms
}

pub fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
