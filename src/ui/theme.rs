//! The design tokens: colours, type sizes, spacing, targets. **Screens never invent a number or a colour**; they take
//! both from here. **Every pair in [`Palette::pairs`] has a contrast of at least 7:1**, which a test computes.

use egui::{Color32, FontFamily, FontId, Stroke, TextStyle, Visuals};

use crate::domain::ThemeChoice;

/// Which of the three looks is worn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// Warm paper, near-black ink.
    #[default]
    Light,
    /// The same at night.
    Dark,
    /// Black and white with one yellow focus ring.
    HighContrast,
}

impl Look {
    /// Every look.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::HighContrast];

    /// The look that was chosen; the computer's own is light or dark, and light where it does not say.
    pub fn of(choice: ThemeChoice, context: &egui::Context) -> Self {
        match choice {
            ThemeChoice::Light => Self::Light,
            ThemeChoice::Dark => Self::Dark,
            ThemeChoice::HighContrast => Self::HighContrast,
            ThemeChoice::System => match context.system_theme() {
                Some(egui::Theme::Dark) => Self::Dark,
                Some(egui::Theme::Light) | None => Self::Light,
            },
        }
    }
}

/// A ground and what is written on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The ground.
    pub ground: Color32,
    /// The text.
    pub text: Color32,
}

/// The colours of one look, by role.
#[derive(Debug, Clone, PartialEq)]
pub struct Palette {
    /// The page.
    pub page: Color32,
    /// A card, the bars at the top and the bottom, a button that does nothing special.
    pub card: Color32,
    /// A hairline around a card.
    pub line: Color32,
    /// The outline of a button that is not the primary one.
    pub outline: Color32,
    /// Text.
    pub ink: Color32,
    /// Text of less weight: labels, times.
    pub quiet: Color32,
    /// The one primary action, the chosen thing, the current step.
    pub act: Pair,
    /// A key shown inside a primary button.
    pub act_key: Color32,
    /// Only the button that moves money.
    pub pay: Pair,
    /// It worked.
    pub good: Pair,
    /// Take care, or not known yet.
    pub ask: Pair,
    /// Refused.
    pub bad: Pair,
    /// Good to know.
    pub tell: Pair,
    /// The training band.
    pub training: Pair,
    /// Behind the camera's picture.
    pub camera: Pair,
    /// Around a code found in the picture.
    pub found: Color32,
    /// The focus ring.
    pub focus: Color32,
}

const fn hex(rgb: u32) -> Color32 {
    let [_, red, green, blue] = rgb.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

const fn pair(ground: u32, text: u32) -> Pair {
    Pair { ground: hex(ground), text: hex(text) }
}

impl Palette {
    /// The colours of a look.
    pub const fn of(look: Look) -> Self {
        match look {
            Look::Light => Self::light(),
            Look::Dark => Self::dark(),
            Look::HighContrast => Self::high_contrast(),
        }
    }

    const fn light() -> Self {
        Self {
            page: hex(0xF7_F6_F3),
            card: hex(0xFF_FF_FF),
            line: hex(0xDD_DA_D2),
            outline: hex(0xB8_B4_A8),
            ink: hex(0x14_18_1F),
            quiet: hex(0x4A_51_60),
            act: pair(0x1B_4B_8F, 0xFF_FF_FF),
            act_key: hex(0xE8_EF_FA),
            pay: pair(0x0A_5C_43, 0xFF_FF_FF),
            good: pair(0xE6_F4_EE, 0x09_57_3F),
            ask: pair(0xFF_F1_D0, 0x6B_43_00),
            bad: pair(0xFD_EC_EA, 0x8C_1D_18),
            tell: pair(0xE8_EF_FA, 0x1B_4B_8F),
            training: pair(0x6B_43_00, 0xFF_F1_D0),
            camera: pair(0x14_18_1F, 0xF2_F3_F5),
            found: hex(0x7F_E0_B8),
            focus: hex(0x1B_4B_8F),
        }
    }

    const fn dark() -> Self {
        Self {
            page: hex(0x12_15_1B),
            card: hex(0x1B_20_29),
            line: hex(0x39_40_4D),
            outline: hex(0x6B_74_85),
            ink: hex(0xF2_F3_F5),
            quiet: hex(0xB4_BA_C6),
            act: pair(0xA9_C7_F7, 0x12_15_1B),
            act_key: hex(0x1B_20_29),
            pay: pair(0x7F_E0_B8, 0x12_15_1B),
            good: pair(0x14_2B_24, 0x7F_E0_B8),
            ask: pair(0x33_2A_14, 0xFF_D2_7A),
            bad: pair(0x35_1E_1C, 0xFF_B4_AB),
            tell: pair(0x1A_28_3F, 0xA9_C7_F7),
            training: pair(0xFF_D2_7A, 0x12_15_1B),
            camera: pair(0x00_00_00, 0xF2_F3_F5),
            found: hex(0x7F_E0_B8),
            focus: hex(0xA9_C7_F7),
        }
    }

    const fn high_contrast() -> Self {
        Self {
            page: hex(0x00_00_00),
            card: hex(0x00_00_00),
            line: hex(0xFF_FF_FF),
            outline: hex(0xFF_FF_FF),
            ink: hex(0xFF_FF_FF),
            quiet: hex(0xC8_C8_C8),
            act: pair(0xFF_FF_FF, 0x00_00_00),
            act_key: hex(0x00_00_00),
            pay: pair(0xFF_FF_FF, 0x00_00_00),
            good: pair(0x00_00_00, 0xFF_FF_FF),
            ask: pair(0x00_00_00, 0xFF_FF_FF),
            bad: pair(0x00_00_00, 0xFF_FF_FF),
            tell: pair(0x00_00_00, 0xFF_FF_FF),
            training: pair(0xFF_FF_FF, 0x00_00_00),
            camera: pair(0x00_00_00, 0xFF_FF_FF),
            found: hex(0xFF_FF_FF),
            focus: hex(0xFF_E6_00),
        }
    }

    /// Every text and ground that meet on a screen, with a name for the test that measures them.
    pub const fn pairs(&self) -> [(&'static str, Pair); 16] {
        const fn join(ground: Color32, text: Color32) -> Pair {
            Pair { ground, text }
        }
        [
            ("ink on page", join(self.page, self.ink)),
            ("ink on card", join(self.card, self.ink)),
            ("quiet on page", join(self.page, self.quiet)),
            ("quiet on card", join(self.card, self.quiet)),
            ("act", self.act),
            ("key in act", join(self.act.ground, self.act_key)),
            ("act as text on card", join(self.card, self.act.ground)),
            ("act as text on page", join(self.page, self.act.ground)),
            ("pay", self.pay),
            ("good", self.good),
            ("ask", self.ask),
            ("bad", self.bad),
            ("tell", self.tell),
            ("good on card", join(self.card, self.good.text)),
            ("ask on card", join(self.card, self.ask.text)),
            ("training", self.training),
        ]
    }
}

/// The type scale, in points.
pub mod size {
    /// What has to keep to its line, and nothing else.
    pub const FOOT: f32 = SMALL - 1.0;
    /// A sign at the beginning of a line of running text.
    pub const SIGN: f32 = 13.0;
    /// Small print: codes for support, keys inside buttons.
    pub const SMALL: f32 = 15.0;
    /// Running text.
    pub const BODY: f32 = 18.0;
    /// Buttons and headings of cards.
    pub const LARGE: f32 = 22.0;
    /// Headings.
    pub const HEADING: f32 = 32.0;
    /// Outcomes.
    pub const HUGE: f32 = 48.0;
    /// Amounts.
    pub const AMOUNT: f32 = 72.0;
    /// A page at least this wide has three columns of choices; a narrower one two.
    pub const WIDE: f32 = 620.0;
    /// The amount that is approved, sent or done.
    pub const AMOUNT_LARGE: f32 = 96.0;
}

/// Distances, in points. All but the two line widths are multiples of eight, or half of eight.
pub mod space {
    /// How far a finger may roll between touching a button and letting go.
    pub const TOUCH_ROLL: f32 = 24.0;
    /// Half a step.
    pub const HALF: f32 = 4.0;
    /// One step.
    pub const ONE: f32 = 8.0;
    /// Two steps.
    pub const TWO: f32 = 16.0;
    /// Three steps: the margin of the page and the padding of a card.
    pub const THREE: f32 = 24.0;
    /// Between the cells of a grid: a step and a half.
    pub const GRID: f32 = 12.0;
    /// Four steps.
    pub const FOUR: f32 = 32.0;
    /// Five steps: the padding of what stands alone.
    pub const FIVE: f32 = 40.0;
    /// The outline of a button.
    pub const LINE: f32 = 2.0;
    /// The focus ring, and how far off it stands.
    pub const FOCUS: (f32, f32) = (3.0, 2.0);
    /// What a list that scrolls leaves free around its content, so that its edge does not cut a ring.
    pub const RING: f32 = FOCUS.0 + FOCUS.1 + 1.0;
}

/// How much smaller a line is made that is too long for its place, step by step.
pub const SHRINK: [f32; 5] = [1.0, 0.86, 0.75, 0.65, 0.55];
/// Behind a code that is scanned from the screen, in every look: scanners read dark on light.
pub const CODE_GROUND: Color32 = Color32::WHITE;
/// The rounding of cards and buttons.
pub const RADIUS: u8 = 12;
/// A picture as it is, without a tint.
pub const UNTINTED: Color32 = Color32::WHITE;
/// No target is smaller, in either direction.
pub const TARGET_MIN: f32 = 48.0;
/// The primary button is never lower.
pub const PRIMARY_MIN: f32 = 72.0;

/// Sizes that give way on a small window, so that nothing is clipped at 800x600 and nothing is small at 1920x1080.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures {
    /// The margin of the page.
    pub margin: f32,
    /// Between neighbours.
    pub gap: f32,
    /// The height of the primary button and its companions.
    pub button: f32,
    /// The height of a button in a grid.
    pub grid_button: f32,
    /// The width of the button beside a field that opens the number pad.
    pub toggle: f32,
    /// The height of the bar at the top.
    pub bar: f32,
    /// The height of the band of training.
    pub band: f32,
    /// The height of the strip at the bottom.
    pub strip: f32,
    /// The amount as one of several things.
    pub amount: f32,
    /// The amount as the one thing.
    pub amount_large: f32,
    /// Headings.
    pub heading: f32,
    /// Outcomes.
    pub huge: f32,
    /// Running text.
    pub body: f32,
    /// Buttons.
    pub large: f32,
    /// Small print.
    pub small: f32,
}

impl Measures {
    /// The sizes for a window of this size, in points.
    pub fn of(window: egui::Vec2) -> Self {
        if window.y < 700.0 || window.x < 960.0 { Self::COMPACT } else { Self::FULL }
    }

    const FULL: Self = Self {
        margin: space::THREE,
        gap: space::TWO,
        button: PRIMARY_MIN,
        grid_button: 56.0,
        toggle: 72.0,
        bar: 56.0,
        band: space::FOUR,
        strip: 48.0,
        amount: size::AMOUNT,
        amount_large: size::AMOUNT_LARGE,
        heading: size::HEADING,
        huge: size::HUGE,
        body: size::BODY,
        large: size::LARGE,
        small: size::SMALL,
    };

    const COMPACT: Self = Self {
        margin: space::TWO,
        gap: space::ONE,
        button: PRIMARY_MIN,
        grid_button: 48.0,
        toggle: 72.0,
        bar: 48.0,
        band: space::THREE,
        strip: 40.0,
        amount: size::HUGE,
        amount_large: size::AMOUNT,
        heading: 26.0,
        huge: size::HEADING,
        body: 16.0,
        large: 20.0,
        small: size::SMALL,
    };
}

/// A look with its colours and the sizes for the present window: what every widget draws with.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Colours.
    pub color: Palette,
    /// Sizes.
    pub size: Measures,
}

impl Theme {
    /// The theme for a window of this size.
    pub fn new(look: Look, window: egui::Vec2) -> Self {
        Self { color: Palette::of(look), size: Measures::of(window) }
    }

    /// The same below the band of training, which on a small window takes its room from the bars and margins around what is
    /// worked with.
    pub fn below_band(mut self) -> Self {
        if self.size == Measures::COMPACT {
            (self.size.bar, self.size.strip, self.size.margin) = (40.0, space::FOUR, 12.0);
        }
        self
    }
}

/// The family of headings, buttons and whatever stands out.
pub fn strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("strong".into()))
}

/// The family of amounts and headings of 32 points and more, drawn for large sizes.
pub fn display(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("display".into()))
}

/// Running text.
pub fn plain(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Numbers that are read aloud.
pub fn mono(size: f32) -> FontId {
    FontId::new(size, FontFamily::Monospace)
}

/// Dresses egui itself: what its own text fields, scroll bars and labels look like. Fonts are another matter
/// ([`super::fonts::speak`]).
pub fn wear(context: &egui::Context, look: Look) {
    let color = Palette::of(look);
    let theme = if look == Look::Light { egui::Theme::Light } else { egui::Theme::Dark };
    context.set_theme(theme);
    context.all_styles_mut(|style| {
        style.text_styles = [
            (TextStyle::Small, plain(size::SMALL)),
            (TextStyle::Body, plain(size::BODY)),
            (TextStyle::Button, strong(size::LARGE)),
            (TextStyle::Heading, display(size::HEADING)),
            (TextStyle::Monospace, mono(size::BODY)),
        ]
        .into();
        style.interaction.selectable_labels = false;
        style.animation_time = 0.0;
        style.scroll_animation = egui::style::ScrollAnimation::none();
        style.spacing.item_spacing = egui::vec2(space::ONE, space::ONE);
        style.visuals = if look == Look::Light { Visuals::light() } else { Visuals::dark() };
        style.visuals.override_text_color = Some(color.ink);
        // What stands in an empty field: egui's own is too faint to be read in a bright shop.
        style.visuals.weak_text_color = Some(color.quiet);
        style.visuals.panel_fill = color.page;
        style.visuals.extreme_bg_color = color.card;
        style.visuals.text_cursor.blink = false;
        style.visuals.selection.bg_fill = color.tell.ground;
        style.visuals.selection.stroke = Stroke::new(space::LINE, color.focus);
    });
    context.options_mut(|options| {
        // A finger in a glove is slow and rolls, and a weak till may be late with a frame: egui's 0.8 s and 6 points
        // would drop such a press. Nothing here is dragged, and no long press means anything else.
        options.input_options.max_click_duration = f64::INFINITY;
        options.input_options.max_click_dist = space::TOUCH_ROLL;
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Color32) -> f64 {
        let part = |byte: u8| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(color.r()) + 0.7152 * part(color.g()) + 0.0722 * part(color.b())
    }

    /// WCAG 2.2, "contrast ratio".
    fn contrast(pair: Pair) -> f64 {
        let (a, b) = (luminance(pair.ground), luminance(pair.text));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_stands_out_seven_to_one_in_every_look() {
        for look in [Look::Light, Look::Dark, Look::HighContrast] {
            for (name, pair) in Palette::of(look).pairs() {
                let ratio = contrast(pair);
                assert!(ratio >= 7.0, "{look:?}: {name} is {ratio:.2}:1");
            }
        }
    }

    #[test]
    fn a_focus_ring_stands_out_from_the_page_and_from_a_card() {
        for look in [Look::Light, Look::Dark, Look::HighContrast] {
            let color = Palette::of(look);
            for ground in [color.page, color.card] {
                assert!(contrast(Pair { ground, text: color.focus }) >= 3.0, "{look:?}");
            }
        }
    }
}
