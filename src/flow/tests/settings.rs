//! The rules, gateway and training pages: a rule holds after the record has it, a trial answers its own question alone,
//! and whoever goes into training is signed out.

use super::*;

fn on(what: OnSettings) -> What {
    What::OnSettings(what)
}

fn in_settings(page: SettingsPage) -> Talk {
    let mut talk = manager_in();
    talk.say(What::SettingsPressed).say(What::SettingsPageChosen(page)).on("settings");
    talk
}

fn account() -> GatewayAccount {
    GatewayAccount { environment: "sandbox".into(), merchant_no: "1".into(), store_no: "2".into() }
}

#[test]
fn a_rule_holds_once_it_is_in_the_file_and_in_the_record_and_not_before() {
    let mut talk = in_settings(SettingsPage::Rules);
    let change = SettingChange::Rule { key: RuleKey::OwnApproval, to: Some("true".into()) };
    talk.say(What::SettingChosen(change.clone()));
    let [Effect::KeepSetting { by, .. }] = talk.asked.as_slice() else { panic!("{:?}", talk.asked) };
    let policy = Policy { own_approval: true, ..Policy::default() };
    let rules = Box::new(StoreRules { policy, reasons: vec![] });
    let kept = KeptSetting { by: by.clone(), change, seen: SettingsSeen::default(), rules: rules.clone() };
    // Also where the manager has left the page meanwhile.
    talk.say(What::CancelPressed).say(What::SettingKept(Ok(Box::new(kept))));
    assert!(matches!(talk.asked.as_slice(), [Effect::AdoptSettings { kept }] if kept.rules == rules));
    assert!(!talk.flow.policy().own_approval, "not before the record has it");
    talk.say(on(OnSettings::NotAdopted));
    assert!(!talk.flow.policy().own_approval);
    talk.say(on(OnSettings::Adopted { rules }));
    assert!(talk.flow.policy().own_approval);
}

#[test]
fn an_answer_to_another_trial_is_none_and_there_is_one_trial_at_a_time() {
    let mut talk = in_settings(SettingsPage::Gateway);
    let found = match talk.asked.as_slice() {
        [Effect::FindToken { turn }] => *turn,
        other => panic!("{other:?}"),
    };
    let ask = || on(OnSettings::TestAsked { account: account(), token: None });
    assert!(talk.say(ask()).asked.is_empty(), "the token is being looked for");
    talk.say(on(OnSettings::TokenFound { turn: found, place: Ok(TokenPlace::Keyring) }));
    talk.say(ask());
    let [Effect::TestGateway { turn, .. }] = talk.asked.as_slice() else { panic!("{:?}", talk.asked) };
    let turn = *turn;
    assert!(talk.say(on(OnSettings::TokenGiven(TypedToken::new("x")))).asked.is_empty());
    talk.say(on(OnSettings::Tested { turn: found, test: GatewayTest::Accepted }));
    let shown = |talk: &Talk| match talk.flow.state() {
        State::Settings(settings) => settings.gateway.test.clone(),
        other => panic!("{}", other.name()),
    };
    assert_eq!(shown(&talk), None, "another question's answer");
    talk.say(on(OnSettings::Tested { turn, test: GatewayTest::Refused }));
    assert_eq!(shown(&talk), Some(GatewayTest::Refused));
}

#[test]
fn whoever_goes_into_training_or_out_of_it_is_signed_out() {
    let mut talk = in_settings(SettingsPage::Training);
    talk.noted();
    talk.say(on(OnSettings::TrainingPressed)).on("locked");
    assert!(matches!(talk.asked.as_slice(), [Effect::Leave(Leaving::Training)]));
    assert_eq!(talk.noted(), ["mode_changed"]);
    assert_eq!(talk.flow.operator(), None);
}

#[test]
fn whoever_closes_a_window_that_nobody_else_may_is_noted() {
    let mut talk = in_settings(SettingsPage::Display);
    talk.noted();
    talk.say(on(OnSettings::ClosePressed)).on("locked");
    assert!(matches!(talk.asked.as_slice(), [Effect::Leave(Leaving::Closed)]));
    assert_eq!(talk.noted(), ["window_closed"]);
}

#[test]
fn before_the_door_and_away_from_settings_nothing_of_it_does_anything() {
    let mut cashier = Talk::new(true);
    cashier.say(What::SettingsPressed).on("settings");
    let mut away = manager_in();
    for talk in [&mut cashier, &mut away] {
        for what in [
            OnSettings::TestAsked { account: account(), token: None },
            OnSettings::TokenGiven(TypedToken::new("abc")),
            OnSettings::TrainingPressed,
        ] {
            assert!(talk.say(on(what)).asked.is_empty());
        }
        let change = SettingChange::Rule { key: RuleKey::OwnApproval, to: Some("true".into()) };
        assert!(talk.say(What::SettingChosen(change)).asked.is_empty());
    }
}

#[test]
fn a_printer_is_a_managers_to_choose_and_holds_at_once() {
    let open_on = vec![RefundState::Refunded];
    let choice = PrinterChoice { place: PrinterPlace::Usb(None), open_on, ..PrinterChoice::default() };
    let change = SettingChange::Printer(choice.clone());
    let mut outside = manager_in();
    assert!(outside.say(What::SettingChosen(change.clone())).asked.is_empty(), "not in Settings");
    let mut talk = in_settings(SettingsPage::Printer);
    assert!(is(&talk.asked, |effect| matches!(effect, Effect::LookAtPrinter)));
    talk.say(What::SettingChosen(change));
    assert!(is(&talk.asked, |effect| matches!(effect, Effect::KeepSetting { by: Some(_), .. })));
    assert_eq!(talk.flow.setting.after_refund, choice.after_refund());
    assert!(talk.flow.setting.after_refund.print);
}
