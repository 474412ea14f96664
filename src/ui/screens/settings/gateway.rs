//! The gateway page: whose account it is, where the token is kept and what that is worth, and a trial on the spot.
//!
//! **The token is typed blind and never shown again**; it is wiped here as soon as it is given on.

use egui::{Rect, Ui};
use zeroize::Zeroize;

use crate::domain::{GatewayAccount, GatewayTest, SettingChange, TokenFault, TokenPlace, TypedToken};
use crate::flow::{OnSettings, Settings, What};
use crate::ui::desk::Desk;
use crate::ui::i18n::text;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Column, Field, Kind, Notice, Press, Tone, field as write_into, press, quiet, secret, side_by_side, write, write_in,
};

/// The gateways that have a name, and the words for each.
const ENVIRONMENTS: [(&str, &str); 3] =
    [("production", "gateway-production"), ("sandbox", "gateway-sandbox"), ("sandbox-old", "gateway-sandbox-old")];
/// The most characters of an account's numbers.
const MAX_NUMBER: usize = 32;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, settings: &Settings) {
    let size = desk.theme.size;
    let (left, right) = super::beside(area, area.width() * 0.5, size.gap);
    account(ui, desk, left, settings);
    token(ui, desk, right, settings);
}

/// The account as it stands in the settings file: it may have been changed since the start.
fn in_file<'a>(desk: &'a Desk<'_>, settings: &'a Settings) -> &'a GatewayAccount {
    settings.gateway.account.as_ref().unwrap_or(&desk.view.account)
}

fn typed(desk: &Desk<'_>, settings: &Settings) -> GatewayAccount {
    desk.local.account.clone().unwrap_or_else(|| in_file(desk, settings).clone())
}

fn account(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, settings: &Settings) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let mut wanted = typed(desk, settings);
    let may = desk.view.account_may_change;
    let keep_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    write(ui, &mut column, &super::rules::heading(desk), &desk.say("gateway-which"));
    column.gap(space::ONE);
    for (name, words) in ENVIRONMENTS {
        let button = Press::new(words, Kind::Choice(wanted.environment == name), desk.say(words));
        if press(ui, desk, column.take(size.grid_button), &button.text_size(size.body).enabled(may)) {
            name.clone_into(&mut wanted.environment);
        }
        column.gap(space::ONE);
    }
    let labels = [desk.say("gateway-merchant"), desk.say("gateway-store")];
    let fields = [("gateway-merchant", &mut wanted.merchant_no), ("gateway-store", &mut wanted.store_no)];
    if may {
        for ((id, number), name) in fields.into_iter().zip(&labels) {
            let line = column.take(size.grid_button);
            let (label, field) = super::beside(line, line.width() * 0.45, space::ONE);
            write_in(ui, label, &quiet(desk.theme), name);
            let how = Field { id, name, font: theme::plain(size.body), limit: MAX_NUMBER, eager: false };
            write_into(ui, desk.theme, field, &how, number);
            column.gap(space::ONE);
        }
        if !ENVIRONMENTS.iter().any(|(name, _)| *name == wanted.environment) {
            let other = [("address", text(wanted.environment.as_str()))];
            write(ui, &mut column, &quiet(desk.theme), &desk.words.with("gateway-other", &other));
        }
    } else {
        write(ui, &mut column, &quiet(desk.theme), &desk.say("gateway-fixed"));
    }
    told(ui, desk, &mut column, settings);
    let changed = wanted != *in_file(desk, settings);
    let keep = Press::new("account-keep", Kind::Second, desk.say("gateway-keep")).enabled(may && changed);
    if press(ui, desk, keep_at, &keep.text_size(size.body)) {
        desk.tell(What::SettingChosen(SettingChange::Account(wanted.clone())));
    }
    desk.local.account = changed.then_some(wanted);
}

/// What became of a changed account.
fn told(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, settings: &Settings) {
    match &settings.kept {
        Some(Ok(())) => {
            let strong = desk.say("gateway-kept");
            let notice = Notice::new(ui, desk.theme, column.width(), Tone::Good, &strong, "", None);
            let at = column.take_bottom(notice.height());
            notice.draw(ui, desk.theme, at);
        }
        Some(Err(_)) => super::rules::told(ui, desk, column, settings),
        None => {}
    }
}

fn token(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, settings: &Settings) {
    let size = desk.theme.size;
    let trial = &settings.gateway;
    let mut column = Column::new(rect);
    let test_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    write(ui, &mut column, &super::rules::heading(desk), &desk.say("gateway-token"));
    column.gap(space::ONE);
    let waiting = trial.waiting.is_some();
    let may = desk.view.account_may_change;
    if may {
        let name = desk.say("gateway-token-field");
        let line = column.take(size.grid_button);
        column.gap(space::ONE);
        let how = Field {
            id: "gateway-token",
            name: &name,
            font: theme::mono(size.body),
            limit: TypedToken::MAX_CHARS,
            eager: false,
        };
        secret(ui, desk.theme, line, &how, &mut desk.local.token);
        let buttons = side_by_side(column.take(size.grid_button), 1, size.gap);
        column.gap(space::ONE);
        let given = !desk.local.token.is_empty();
        let keep = Press::new("token-keep", Kind::Second, desk.say("gateway-token-keep")).enabled(given && !waiting);
        if let Some(at) = buttons.first()
            && press(ui, desk, *at, &keep.text_size(size.body))
        {
            let token = TypedToken::new(&desk.local.token);
            desk.local.token.zeroize();
            desk.tell(What::OnSettings(OnSettings::TokenGiven(token)));
        }
    }
    // There is no room for both in every language; how a trial ended matters more.
    match &trial.test {
        Some(test) => result(ui, desk, &mut column, test),
        None => place(ui, desk, &mut column, trial.token.as_ref(), trial.token_kept),
    }
    let label = desk.say(if waiting { "gateway-testing" } else { "gateway-test" });
    if press(ui, desk, test_at, &Press::new("gateway-test", Kind::Primary, label).enabled(!waiting)) {
        let token = (!desk.local.token.is_empty()).then(|| TypedToken::new(&desk.local.token));
        desk.tell(What::OnSettings(OnSettings::TestAsked { account: typed(desk, settings), token }));
    }
}

/// Where the token is kept, and what that is worth.
fn place(
    ui: &mut Ui,
    desk: &Desk<'_>,
    column: &mut Column,
    token: Option<&Result<TokenPlace, TokenFault>>,
    just_kept: bool,
) {
    let Some(token) = token else { return };
    let tone = if just_kept { Tone::Good } else { Tone::Tell };
    let (tone, key, more) = match token {
        Ok(TokenPlace::Keyring) => (tone, "token-in-keyring", None),
        Ok(TokenPlace::SealedByPassphrase) => (tone, "token-by-passphrase", None),
        Ok(TokenPlace::Sample) => (tone, "token-sample", None),
        Ok(TokenPlace::Variable) => (Tone::Ask, "token-in-variable", None),
        Ok(TokenPlace::SealedToMachine) => (Tone::Ask, "token-to-machine", None),
        Err(TokenFault::Missing) => (Tone::Bad, "token-missing", None),
        Err(TokenFault::NotAToken) => (Tone::Bad, "token-none", None),
        Err(TokenFault::NotAllowed) => (Tone::Bad, "token-not-allowed", None),
        Err(TokenFault::NotKept(why)) => (Tone::Bad, "token-not-kept", Some(why.clone())),
    };
    let notice = Notice::new(ui, desk.theme, column.width(), tone, &desk.say(key), &super::part(desk, key, "do"), more);
    if notice.height() <= column.height() {
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
        column.gap(desk.theme.size.gap);
    }
}

/// What the gateway said.
fn result(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, test: &GatewayTest) {
    let (tone, key, code) = match test {
        GatewayTest::Accepted => (Tone::Good, "gateway-accepted", None),
        GatewayTest::Refused => (Tone::Bad, "gateway-refused", None),
        GatewayTest::NameNotFound => (Tone::Bad, "gateway-name-not-found", None),
        GatewayTest::Unreachable => (Tone::Bad, "gateway-unreachable", None),
        GatewayTest::NotTrusted => (Tone::Bad, "gateway-not-trusted", None),
        GatewayTest::NoAnswer => (Tone::Bad, "gateway-no-answer", None),
        GatewayTest::Unclear(code) => (Tone::Ask, "gateway-unclear", Some(code.clone())),
        GatewayTest::NoToken(_) => (Tone::Bad, "gateway-no-token", None),
        GatewayTest::WrongAccount(why) => (Tone::Bad, "gateway-wrong-account", Some(why.clone())),
    };
    let code = code.filter(|code| !code.is_empty());
    let code = code.map(|code| desk.words.with("support-code", &[("code", text(code))]));
    let notice = Notice::new(ui, desk.theme, column.width(), tone, &desk.say(key), &super::part(desk, key, "do"), code);
    let at = column.take_bottom(notice.height());
    notice.draw(ui, desk.theme, at);
}
