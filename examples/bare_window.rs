//! A window of eframe with a word in it and nothing else: what any window of this kind takes before a program begins.
//! `./scripts/report --bare` measures it beside Tillback.
#![allow(missing_docs)]

struct Bare;

impl eframe::App for Bare {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        egui::CentralPanel::default().show(ui, |ui| ui.heading("Nothing"));
    }
}

fn main() -> eframe::Result {
    let options = eframe::NativeOptions { renderer: eframe::Renderer::Glow, ..Default::default() };
    eframe::run_native("bare", options, Box::new(|_| Ok(Box::new(Bare))))
}
