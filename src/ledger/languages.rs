//! The language each person reads the window in, where it is not the store's.
//!
//! **A language that the program does not speak any more counts as none**: whoever has it reads the store's.

use rusqlite::params;

use super::error::{LedgerError, OperatorError, PinRefusal};
use super::notes::Writing;
use super::operators::active;
use super::people::may_manage;
use super::{Ledger, audit};
use crate::domain::{Language, OperatorId, Timestamp};

impl Ledger {
    /// Who reads the window in a language of their own.
    pub fn languages(&self) -> Result<Vec<(OperatorId, Language)>, LedgerError> {
        let sql = "SELECT operator, language FROM operator_languages ORDER BY operator";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let mut known = vec![];
        for row in rows {
            let (operator, language) = row?;
            known.extend(OperatorId::parse(&operator).ok().zip(Language::parse(&language)));
        }
        Ok(known)
    }

    /// Gives a person a language, or the store's again.
    pub fn set_language(
        &mut self,
        id: &OperatorId,
        language: Option<Language>,
        by: Option<&OperatorId>,
        now: Timestamp,
    ) -> Result<(), OperatorError> {
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let who = may_manage(&transaction, by)?;
        let name = active(&transaction, id)?.ok_or(PinRefusal::NoSuchOperator)?.operator.name;
        match language {
            Some(language) => transaction.execute(
                "INSERT INTO operator_languages (operator, language) VALUES (?1, ?2)
                 ON CONFLICT (operator) DO UPDATE SET language = excluded.language",
                params![id.as_str(), language.tag()],
            )?,
            None => transaction.execute("DELETE FROM operator_languages WHERE operator = ?1", [id.as_str()])?,
        };
        let detail = [("name", name.as_str()), ("to", language.map_or("the store's", Language::tag))];
        audit::append(&transaction, now, who, "operator_language", id.as_str(), &detail)?;
        Ok(transaction.commit()?)
    }
}
