//! The pages of the first start, in their order, by the names the settings file has for them.
//!
//! **Which page comes next stands in the settings file until the last one was left**, so that a start that broke off goes on
//! where it was.

/// A page of the first start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SetupPage {
    /// The language, and what store and till are called.
    Names,
    /// The first manager.
    Manager,
    /// The account at the gateway, and its token.
    Gateway,
    /// The camera is tried.
    Camera,
    /// The scanners are tried.
    Scanner,
    /// The printer is tried.
    Printer,
    /// The store's limits.
    Limits,
    /// What is there now, and what is not.
    Done,
}

impl SetupPage {
    /// All of them, in their order.
    pub const ALL: [Self; 8] = [
        Self::Names,
        Self::Manager,
        Self::Gateway,
        Self::Camera,
        Self::Scanner,
        Self::Printer,
        Self::Limits,
        Self::Done,
    ];

    /// Its name in the settings file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Manager => "manager",
            Self::Gateway => "gateway",
            Self::Camera => "camera",
            Self::Scanner => "scanner",
            Self::Printer => "printer",
            Self::Limits => "limits",
            Self::Done => "done",
        }
    }

    /// Where it stands among the others, from 0.
    #[must_use]
    pub fn place(self) -> usize {
        Self::ALL.iter().position(|page| *page == self).unwrap_or(0)
    }

    /// The page after it, if there is one.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.place() + 1).copied()
    }

    /// The page before it that a person may go back to. **Nobody goes back behind the first manager.**
    #[must_use]
    pub fn before(self) -> Option<Self> {
        match self {
            Self::Names | Self::Gateway => None,
            page => page.place().checked_sub(1).and_then(|at| Self::ALL.get(at)).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_leads_to_the_next_and_back_but_for_the_manager() {
        let mut page = SetupPage::Names;
        let mut seen = vec![page];
        while let Some(next) = page.next() {
            assert!(next.before() == Some(page) || next == SetupPage::Gateway, "{next:?}");
            page = next;
            seen.push(page);
        }
        assert_eq!(seen, SetupPage::ALL);
        assert_eq!((SetupPage::Names.before(), SetupPage::Gateway.before()), (None, None));
    }
}
