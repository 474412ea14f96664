//! The first start after the first manager: the pages of Settings one after another, each with what it is for.
//!
//! **The pages are Settings' own**; what is new here is the right side, which leads from one to the next. Nothing has to be done on
//! any of them, and what it means to leave one as it is stands beside it.

use egui::{Key, Rect, Ui, vec2};

use super::{forget, left_first, show_page, sides};
use crate::domain::{GatewayTest, SetupPage, TokenFault};
use crate::flow::{Guide, OnSetup, Settings, What};
use crate::terminal::Light;
use crate::ui::desk::Desk;
use crate::ui::i18n::text;
use crate::ui::theme;
use crate::ui::widgets::{Column, Kind, Notice, Press, Style, Tone, press, quiet, write};

/// The words for a page: what it is about, below its name in the steps.
const fn about(page: SetupPage) -> &'static str {
    match page {
        // Before anybody works here those two have screens of their own.
        SetupPage::Names | SetupPage::Manager | SetupPage::Gateway => "setup-gateway-about",
        SetupPage::Camera => "setup-camera-about",
        SetupPage::Scanner => "setup-scanner-about",
        SetupPage::Printer => "setup-printer-about",
        SetupPage::Limits => "setup-limits-about",
        SetupPage::Done => "setup-done-about",
    }
}

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, settings: &Settings, guide: Guide) {
    let size = desk.theme.size;
    let (side, page) = sides(desk, area);
    // What comes next stands in the same corner as on every screen.
    let page = page.translate(vec2(area.min.x - page.min.x, 0.0));
    let side = side.translate(vec2(area.max.x - side.max.x, 0.0));
    let mut column = Column::new(side);
    let next_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let back_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let heading = Style::new(theme::strong(size.large), desk.theme.color.ink).heading();
    write(ui, &mut column, &heading, &desk.say(crate::ui::frame::setup_step(guide.page)));
    column.gap(size.gap);
    write(ui, &mut column, &quiet(desk.theme), &desk.say(about(guide.page)));
    if guide.page == SetupPage::Gateway && !is_tried(settings) {
        column.gap(size.gap);
        write(ui, &mut column, &quiet(desk.theme), &desk.say("setup-gateway-without"));
    }
    let back = Press::new("setup-back", Kind::Quiet, desk.say("button-back")).key(Key::Escape, desk.say("key-escape"));
    let inside = desk.local.rule.is_some() || desk.local.printer_address.is_some();
    let goes_back = guide.page.before().is_some() || inside;
    if press(ui, desk, back_at, &back.enabled(goes_back && !guide.finishing)) && !left_first(desk, settings) {
        forget(desk);
        desk.tell(What::OnSetup(OnSetup::BackPressed));
    }
    if guide.page == SetupPage::Done {
        done(ui, desk, page, settings);
    } else {
        show_page(ui, desk, page, settings);
    }
    next(ui, desk, next_at, settings, guide);
}

/// The gateway has said yes, or its token lies in the vault from before.
fn is_tried(settings: &Settings) -> bool {
    settings.gateway.test == Some(GatewayTest::Accepted)
}

fn next(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, settings: &Settings, guide: Guide) {
    let skips = guide.page == SetupPage::Gateway && !is_tried(settings);
    let label = match guide.page {
        SetupPage::Done => "setup-finish",
        SetupPage::Gateway if skips => "setup-skip",
        _ => "setup-next",
    };
    // What was typed on a page and not kept would be lost without a word.
    let typed = desk.local.account.is_some() || !desk.local.token.is_empty() || desk.local.printer_address.is_some();
    let free = !guide.finishing && !typed && desk.local.rule.is_none() && settings.gateway.waiting.is_none();
    let kind = if skips { Kind::Second } else { Kind::Primary };
    let button = Press::new("setup-next", kind, desk.say(label)).key(Key::F2, "F2").enabled(free);
    if press(ui, desk, rect, &button) {
        forget(desk);
        desk.tell(What::OnSetup(OnSetup::NextPressed));
    }
}

/// What is there now, and what is not yet.
fn done(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, settings: &Settings) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    super::kept(ui, desk, &mut column, settings);
    let heading = Style::new(theme::display(size.heading), desk.theme.color.ink).heading();
    write(ui, &mut column, &heading, &desk.say("setup-done-title"));
    column.gap(size.gap);
    for (tone, strong, plain) in findings(desk, settings) {
        let notice = Notice::new(ui, desk.theme, column.width(), tone, &strong, &plain, None);
        if notice.height() > column.height() {
            return;
        }
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
        column.gap(size.gap);
    }
}

fn findings(desk: &Desk<'_>, settings: &Settings) -> Vec<(Tone, String, String)> {
    let said = |tone, key: &str| (tone, desk.say(key), super::part(desk, key, "do"));
    let manager = desk.view.operator.as_ref().map(|who| who.name.to_string()).unwrap_or_default();
    let made = desk.words.with("setup-has-manager", &[("name", text(manager))]);
    let token = match &settings.gateway.token {
        Some(Ok(_)) => said(Tone::Good, "setup-has-token"),
        Some(Err(TokenFault::Missing | TokenFault::NotAToken | TokenFault::NotAllowed | TokenFault::NotKept(_)))
        | None => said(Tone::Ask, "setup-no-token"),
    };
    let camera = match desk.view.devices.camera {
        Light::Bad | Light::Off => said(Tone::Tell, "setup-no-camera"),
        Light::Good | Light::Waiting => said(Tone::Good, "setup-has-camera"),
    };
    let printer = match desk.view.equipment.printer.light {
        Light::Good | Light::Waiting if desk.view.equipment.printer.name.is_some() => {
            said(Tone::Good, "setup-has-printer")
        }
        _ => said(Tone::Tell, "setup-no-printer"),
    };
    vec![(Tone::Good, made, super::part(desk, "setup-has-manager", "do")), token, camera, printer]
}
