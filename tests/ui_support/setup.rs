//! The first start, page by page.

use tillback::domain::{KeepFault, OperatorName, Pin, SetupPage, TillName, TokenFault};
use tillback::flow::{OnPeople, OnSetup, What};
use tillback::terminal::{Light, Till};

use super::scenes::{Make, Scene};
use super::{FakeTill, World, settings};

/// A till at which nobody works yet.
pub fn fresh() -> World {
    World {
        signed_in: None,
        operators: vec![],
        setup: Some(SetupPage::Names),
        token: Err(TokenFault::Missing),
        ..settings::world()
    }
}

pub fn name(till: &FakeTill) {
    let till_name = TillName::parse("T3").unwrap();
    till.tell(What::OnSetup(OnSetup::NamesGiven { store: "Harbor View".to_owned(), till: till_name }));
}

pub fn make_manager(till: &FakeTill) {
    name(till);
    let (name, pin) = (OperatorName::parse("Ana Reyes").unwrap(), Pin::parse("482913").unwrap());
    till.tell(What::OnPeople(OnPeople::FirstManagerGiven { name, pin }));
}

fn to(till: &FakeTill, page: SetupPage) {
    make_manager(till);
    for _ in SetupPage::Gateway.place()..page.place() {
        till.tell(What::OnSetup(OnSetup::NextPressed));
    }
}

pub fn scenes(scene: Make<'_>) -> Vec<Scene> {
    let bare = || {
        let mut world = fresh();
        world.devices.camera = Light::Bad;
        world
    };
    vec![
        scene("setup, names", fresh(), |_| ()),
        scene("setup, names not kept", World { keeps: Err(KeepFault::ReadOnly), ..fresh() }, name),
        scene("setup, manager", fresh(), name),
        scene("setup, gateway", fresh(), |till| to(till, SetupPage::Gateway)),
        scene("setup, camera", fresh(), |till| to(till, SetupPage::Camera)),
        scene("setup, scanner", fresh(), |till| to(till, SetupPage::Scanner)),
        scene("setup, printer", fresh(), |till| to(till, SetupPage::Printer)),
        scene("setup, limits", fresh(), |till| to(till, SetupPage::Limits)),
        scene("setup, done", bare(), |till| to(till, SetupPage::Done)),
    ]
}
