use super::*;
use serde_json::json;

fn layer(values: &[(&str, Value)], origin: Origin) -> Layer {
    let mut layer = Layer::default();
    for (name, value) in values {
        layer.say(name, value.clone(), origin.clone()).unwrap();
    }
    layer
}

#[test]
fn names_are_of_one_key_each() {
    let mut names: Vec<&str> = KEYS.iter().flat_map(Key::names).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    for key in KEYS {
        assert!(Key::of(key.about).is_some_and(|about| about.about == key.about), "{}", key.name);
    }
}

#[test]
fn the_later_layer_wins_key_by_key() {
    let project = Origin::Project { file: "bindery.toml".into(), line: 3 };
    let weak = layer(&[("title", json!("A")), ("cover", json!("a.png")), ("paper", json!("a4"))], project.clone());
    let strong = layer(&[("title", json!("B")), ("no-cover", json!(true))], Origin::Flag);
    let resolved = resolve(&[&weak, &strong]);
    assert_eq!(resolved.settings.title.as_deref(), Some("B"));
    assert_eq!(resolved.settings.cover, Some(CoverSetting::Without));
    assert_eq!(resolved.settings.pages.paper, Some(crate::style::Paper::A4));
    let origin = |about: &str| resolved.given.get(about).map(|given| (given.key.name, given.origin.clone()));
    assert_eq!(origin("cover"), Some(("no-cover", Origin::Flag)));
    assert_eq!(origin("paper"), Some(("paper", project)));
    assert_eq!(origin("theme"), None);
}

#[test]
fn people_have_parts_and_names_to_sort_by() {
    let said = layer(
        &[
            ("author", json!(["Jane Doe|Doe, Jane", {"name": "B. Drawer", "role": "illustrator"}])),
            ("contributor", json!("John Roe: narrator")),
            ("contributor", json!(["Ann Lee: trl", "A House"])),
        ],
        Origin::Flag,
    );
    let mut meta = Metadata::default();
    meta.push_author("Found In Text");
    meta.contributors.push(Contributor { name: "Ed".into(), role: ContributorRole::Editor, file_as: None });
    said.settings().describe(&mut meta);
    let people: Vec<(&str, &str, Option<&str>)> =
        meta.contributors.iter().map(|one| (one.name.as_str(), one.role.marc(), one.file_as.as_deref())).collect();
    assert_eq!(
        people,
        [
            ("Jane Doe", "aut", Some("Doe, Jane")),
            ("B. Drawer", "ill", None),
            ("Ann Lee", "trl", None),
            ("A House", "ctb", None),
            ("Ed", "edt", None),
        ]
    );
    let before = meta.clone();
    said.settings().describe(&mut meta);
    assert_eq!(meta, before, "said twice is said once");
}

#[test]
fn a_series_has_a_place_in_either_form() {
    for value in [json!("Owls#2.5"), json!({"name": "Owls", "position": 2.5})] {
        let mut meta = Metadata::default();
        layer(&[("series", value)], Origin::Flag).settings().describe(&mut meta);
        assert_eq!(meta.series, Some(Series { name: "Owls".into(), position: Some("2.5".into()) }));
    }
}

#[test]
fn what_cannot_be_said_says_why() {
    let refused = |name: &str, value: Value| Layer::default().say(name, value, Origin::Flag).unwrap_err().to_string();
    assert_eq!(refused("titel", json!("A")), "“titel” is no key: did you mean “title”?");
    assert_eq!(refused("weather", json!("A")), "“weather” is no key");
    assert_eq!(refused("title", json!(["A"])), "“title” is of a wrong kind: give a text");
    assert!(refused("identifier", json!("978-3-16-148410-1")).contains("wrong check digit"));
    assert!(refused("language", json!("english")).contains("BCP 47"));
    assert!(refused("paper", json!("a99")).contains("a4"));
    assert!(refused("role", json!("king")).contains("preface"));
    assert!(refused("toc-depth", json!(0)).contains("1 to 9"));
    assert!(refused("series-position", json!("II")).contains("number"));
}
